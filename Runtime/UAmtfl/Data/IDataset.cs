using System.Globalization;
using UAmtfl.Data.Tables;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>A data set that an experiment can name with <see cref="DatasetAttribute{T}"/>.</summary>
public interface IDataset
{
    /// <summary>The names of the options that <see cref="Load"/> understands; they are configured under
    /// <c>experiment:Dataset</c>.</summary>
    IReadOnlyList<string> Options => [];

    /// <summary>The options that the declaration of the experiment states, by name, such as the columns of a table and how its rows are
    /// split; empty by default. A run records them, because two runs whose data are declared otherwise are not the same.</summary>
    IReadOnlyDictionary<string, string> Declared => new Dictionary<string, string>();

    /// <summary>The catalogue's entry for the files that <see cref="Load"/> reads; null if the data needs no files, or only private ones.
    /// A run fetches the files before it calls <see cref="Load"/>, which finds them with <see cref="DataFolder.Locate"/>.</summary>
    CatalogueEntry? Entry => null;

    /// <summary>Loads the whole data set into memory.</summary>
    /// <param name="request">The folder of the files, the seed and the options.</param>
    /// <exception cref="DataException">A file is missing or damaged, or an option has a value that is not allowed.</exception>
    Splits Load(DataRequest request);
}

/// <summary>A data set in which each row belongs to one task, such as pupils of schools or patients of hospitals.
/// <see cref="IDataset.Load"/> returns samples with <see cref="Samples.Owner"/>.</summary>
public interface IPerTaskDataset : IDataset;

/// <summary>A data set whose rows have records that labelling functions read (<see cref="LabellingFunctionAttribute"/>).
/// <see cref="IDataset.Load"/> returns training samples with <see cref="Samples.Records"/>.</summary>
/// <typeparam name="T">The type of a record.</typeparam>
public interface IRecordDataset<out T> : IDataset
    where T : class;

/// <summary>The request of a run to a data set: the folder, the seed and the options.</summary>
/// <param name="Folder">The folder given with <c>--data</c>, or null for the data that ships with the experiment.</param>
/// <param name="Seed">The seed of the run; the same seed must give the same splits.</param>
/// <param name="Options">The configured options of <see cref="IDataset.Options"/>, by name; null for none.</param>
public sealed record DataRequest(string? Folder, int Seed, IReadOnlyDictionary<string, string>? Options = null)
{
    private readonly string? folder = Folder;

    /// <summary>The folder given with <c>--data</c>, or null for the data that ships with the experiment.</summary>
    public string? Folder
    {
        get
        {
            FolderWasRead = true;
            return folder;
        }

        init => folder = value;
    }

    /// <summary>True if the data set has read <see cref="Folder"/>. A data set that has not would ignore <c>--data</c> silently.</summary>
    internal bool FolderWasRead { get; private set; }

    /// <summary>Reads an option whose value is the name of an enum's member.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="name">The name of the option.</param>
    /// <param name="fallback">The value of an option that is not configured.</param>
    /// <exception cref="DataException">The value is not one of the names.</exception>
    public T Choice<T>(string name, T fallback)
        where T : struct, Enum =>
        Configured(name) is not { } text ? fallback
        : Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } value ? Enum.Parse<T>(value)
        : throw new DataException($"the data set's option {name} is '{text}'; it must be {string.Join(" or ", Enum.GetNames<T>())}");

    /// <summary>Reads an option that is a text.</summary>
    /// <param name="name">The name of the option.</param>
    /// <param name="fallback">The value of an option that is not configured.</param>
    internal string Text(string name, string fallback) => Configured(name) ?? fallback;

    /// <summary>Reads an option that is true or false; case does not matter.</summary>
    /// <param name="name">The name of the option.</param>
    /// <param name="fallback">The value of an option that is not configured.</param>
    /// <exception cref="DataException">The value is neither.</exception>
    internal bool Flag(string name, bool fallback) => Configured(name) is not { } text ? fallback
        : bool.TryParse(text, out var value) ? value
        : throw new DataException($"the data set's option {name} is '{text}'; it must be true or false");

    /// <summary>Reads an option that is a number, in the range that an attribute states for it.</summary>
    /// <typeparam name="TAttribute">The attribute, which has a property with the name of the option.</typeparam>
    /// <param name="name">The name of the option.</param>
    /// <param name="fallback">The value of an option that is not configured.</param>
    /// <exception cref="DataException">The value is not a number, or is out of range.</exception>
    internal double Number<TAttribute>(string name, double fallback)
        where TAttribute : Attribute
    {
        var range = NumberAttribute.Of<TAttribute>(name);
        return Configured(name) is not { } text ? fallback
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && range.Contains(value) ? value
            : throw new DataException($"the data set's option {name} is '{text}'; it must be a number, {range}");
    }

    /// <summary>Reads an option that is a whole number.</summary>
    /// <param name="name">The name of the option.</param>
    /// <param name="fallback">The value of an option that is not configured.</param>
    /// <param name="least">The smallest value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    /// <exception cref="DataException">The value is not a whole number, or is out of range.</exception>
    public int Integer(string name, int fallback, int least, int most) =>
        Configured(name) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
        : throw new DataException($"the data set's option {name} is '{text}'; it must be a whole number from {least} to {most}");

    private string? Configured(string name) =>
        Options?.FirstOrDefault(o => o.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>Rows of a data set in memory: inputs, labels and, if each row belongs to one task, that task.</summary>
/// <param name="Inputs">The inputs [N, …], float32.</param>
/// <param name="Labels">The labels [N, T], float32, with one column for each task in the order of the task enum; NaN for a missing label,
/// class indices 0, 1, … for classification tasks. With an owner they are [N], one label for each row, and none is missing.</param>
/// <param name="Owner">The column 0, 1, … of the task to which each row belongs, [N], int64, for an <see cref="IPerTaskDataset"/>; null
/// for others.</param>
public sealed record Samples(Tensor Inputs, Tensor Labels, Tensor? Owner = null) : IDisposable
{
    /// <summary>The number of rows N.</summary>
    public int Count => (int)Inputs.shape[0];

    /// <summary>An identifier [N] of the subject of each row, such as the molecule, the patient or the line of the file; null, the
    /// default, for none. A run refuses an identifier in two splits (<see cref="SampleChecks.RequireDisjoint"/>); within a split it may
    /// repeat.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The votes of the declared sources (<see cref="SourceAttribute"/>) on each row, [N, sources, T], float32, with classes as
    /// in the labels and NaN where a source abstains; null, the default, for none. Only those of the training set are read.</summary>
    public Tensor? Votes { get; init; }

    /// <summary>The records [N] that labelling functions read (<see cref="IRecordDataset{T}"/>); null, the default, for none. Only those
    /// of the training set are read.</summary>
    public IReadOnlyList<object>? Records { get; init; }

    /// <summary>Where the rows are in the files of a table; null for other data.</summary>
    internal SampleOrigin? Origin { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
        Owner?.Dispose();
        Votes?.Dispose();
    }
}

/// <summary>The splits of a data set, with the transforms that they need.</summary>
/// <param name="Train">The rows to which variants are fitted.</param>
/// <param name="Validation">The rows by which choices are made during training; it may be empty if no variant searches a
/// <see cref="GridAttribute"/>.</param>
/// <param name="Test">The rows on which the report measures.</param>
/// <param name="SharedTest">True if every seed has the same test rows in the same order, so that the report resamples them once for all
/// seeds.</param>
public sealed record Splits(Samples Train, Samples Validation, Samples Test, bool SharedTest) : IDisposable
{
    /// <summary>The transforms of the inputs of every split, in the order in which they are applied; none by default. A data set returns
    /// raw inputs, because each transform is fitted only on the training rows.</summary>
    public IReadOnlyList<ITransform> InputTransforms { get; init; } = [];

    /// <summary>The transforms of the labels of regression tasks, in the order in which they are applied; none by default. Errors are
    /// reported in the unit of the transformed labels.</summary>
    public IReadOnlyList<ITransform> LabelTransforms { get; init; } = [];

    /// <summary>The columns of the table that the inputs are from, which a model reads by name when it predicts; null for other
    /// data.</summary>
    internal TableInputs? Table { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test.Dispose();
    }
}
