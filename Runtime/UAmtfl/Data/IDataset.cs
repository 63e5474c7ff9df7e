using System.Globalization;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>A data set that an experiment can name with <see cref="DatasetAttribute{T}"/>.</summary>
public interface IDataset
{
    /// <summary>The names of the options that <see cref="Load"/> understands; they are configured under
    /// <c>experiment:Dataset</c>.</summary>
    IReadOnlyList<string> Options => [];

    /// <summary>The catalogue's entry for the files that <see cref="Load"/> reads; null if the data needs no files, or files that are not
    /// for others. A run fetches the files before it calls <see cref="Load"/>, which finds them with
    /// <see cref="DataFolder.Locate"/>.</summary>
    CatalogueEntry? Entry => null;

    /// <summary>Loads the whole data set into memory.</summary>
    /// <param name="request">Where from, and which draw.</param>
    /// <exception cref="DataException">A file is missing or damaged, or an option's value is none.</exception>
    Splits Load(DataRequest request);
}

/// <summary>A data set in which each row is of one task, such as pupils of schools or patients of hospitals. <see cref="IDataset.Load"/>
/// returns samples with <see cref="Samples.Owner"/>.</summary>
public interface IPerTaskDataset : IDataset;

/// <summary>What a run asks of a data set: the folder, the seed and the options.</summary>
/// <param name="Folder">The folder given with <c>--data</c>, or null for the data that ships with the experiment.</param>
/// <param name="Seed">The seed of the run; the same seed must give the same splits.</param>
/// <param name="Options">The configured ones of <see cref="IDataset.Options"/>; null for none.</param>
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

    /// <summary>True if the data set has looked at <see cref="Folder"/>, because one that has not would pass over <c>--data</c> in
    /// silence.</summary>
    internal bool FolderWasRead { get; private set; }

    /// <summary>Reads an option that is one of an enum's names.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="name">The option.</param>
    /// <param name="fallback">The value where it is not configured.</param>
    /// <exception cref="DataException">The value is none of the names.</exception>
    public T Choice<T>(string name, T fallback)
        where T : struct, Enum =>
        Options?.FirstOrDefault(o => o.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is not { } text ? fallback
        : Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } value ? Enum.Parse<T>(value)
        : throw new DataException($"the data set's option {name} is '{text}'; it must be {string.Join(" or ", Enum.GetNames<T>())}");

    /// <summary>Reads an option that is a whole number.</summary>
    /// <param name="name">The option.</param>
    /// <param name="fallback">The value where it is not configured.</param>
    /// <param name="least">The smallest value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    /// <exception cref="DataException">The value is no whole number, or out of range.</exception>
    public int Integer(string name, int fallback, int least, int most) =>
        Options?.FirstOrDefault(o => o.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
        : throw new DataException($"the data set's option {name} is '{text}'; it must be a whole number from {least} to {most}");
}

/// <summary>Rows of a data set, held in memory: inputs, labels and, if each row is of one task, that task.</summary>
/// <param name="Inputs">[N, …], float32.</param>
/// <param name="Labels">[N, T], float32, one column a task in the order of the task enum; NaN where a label is missing;
/// class indices 0, 1, … for classification tasks. With an owner [N], one label a row, none missing.</param>
/// <param name="Owner">[N], int64, the column (0, 1, …) of the task that each row belongs to; for an <see cref="IPerTaskDataset"/>, else
/// null.</param>
public sealed record Samples(Tensor Inputs, Tensor Labels, Tensor? Owner = null) : IDisposable
{
    /// <summary>N, the number of rows.</summary>
    public int Count => (int)Inputs.shape[0];

    /// <summary>[N], an identifier of what each row is about, such as the molecule, the patient or the line of the file; null, the
    /// default, for none. A run refuses an identifier in two splits (<see cref="SampleChecks.RequireDisjoint"/>); within a split it may
    /// repeat.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
        Owner?.Dispose();
    }
}

/// <summary>The splits of a data set, with the transforms that they need.</summary>
/// <param name="Train">What is fitted.</param>
/// <param name="Validation">What may be looked at while training, to choose; it may have no rows where no variant searches a
/// <see cref="GridAttribute"/>.</param>
/// <param name="Test">What the report is about.</param>
/// <param name="SharedTest">True if every seed has the same test rows, in the same order: the report then resamples them once for all
/// seeds.</param>
public sealed record Splits(Samples Train, Samples Validation, Samples Test, bool SharedTest) : IDisposable
{
    /// <summary>The transforms of the inputs of every split, in the order in which they are applied; none by default. Each is fitted on
    /// the training rows alone, so a data set returns raw inputs.</summary>
    public IReadOnlyList<ITransform> InputTransforms { get; init; } = [];

    /// <summary>The transforms of the labels of regression tasks, in the order in which they are applied; none by default. Errors are
    /// reported in the unit of the transformed labels.</summary>
    public IReadOnlyList<ITransform> LabelTransforms { get; init; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test.Dispose();
    }
}
