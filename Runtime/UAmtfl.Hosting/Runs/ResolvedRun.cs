using UAmtfl.Cells;
using UAmtfl.Descriptors;
using UAmtfl.Messages;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>A variant with its hyper-parameters and its training plan, on which its training depends together with the seed.</summary>
/// <param name="Descriptor">The descriptor of the variant.</param>
/// <param name="Bound">The variant with its hyper-parameters.</param>
/// <param name="Plan">The training plan.</param>
/// <param name="Settings">The hyper-parameters that the configuration sets, which a worker binds again.</param>
internal sealed record ResolvedVariant(
    VariantDescriptor Descriptor,
    BoundVariant Bound,
    TrainingPlan Plan,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The points of the grid search over the parameters that the configuration does not set; empty if there is no
    /// search.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Points { get; } =
        GridSearch.Points(
            [.. Descriptor.Grid.Where(d => !d.Parameters.Any(p => Settings.Keys.Contains(p, StringComparer.OrdinalIgnoreCase)))]);

    /// <summary>The number of epochs of a cell, summed over the whole search; an exact solver counts as one epoch.</summary>
    public int Epochs => Math.Max(1, Points.Count) * (Descriptor.Fitted ? 1 : Plan.Epochs);

    /// <summary>The file of weights that the variant starts from in one cell; null if it starts from none.</summary>
    public string? StartFile { get; init; }

    /// <summary>Returns the requirements of variants on the data.</summary>
    /// <param name="variants">The variants that are trained.</param>
    public static DataTerms Terms(params IReadOnlyList<ResolvedVariant> variants) => new()
    {
        Variants = [.. variants.Select(v => v.Descriptor)],
        Chooser = variants.FirstOrDefault(v => v.Points.Count > 0)?.Descriptor.Name,
        Scheduled = variants.FirstOrDefault(v => v.Plan.Schedule == ScheduleKind.Plateau && !v.Descriptor.Fitted)?.Descriptor.Name,
        Stopper = variants.FirstOrDefault(v => v.Plan.Patience > 0)?.Descriptor.Name,
    };

    /// <summary>Returns the variant with the hyper-parameters of a point of the grid.</summary>
    /// <param name="point">One of <see cref="Points"/>.</param>
    /// <exception cref="UAmtflException">A value is out of range.</exception>
    public BoundVariant At(IReadOnlyDictionary<string, double> point)
    {
        var settings = new Dictionary<string, string>(Settings, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in point)
        {
            settings[name] = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        }

        return RunResolver.Bind(Descriptor, Descriptor.Name, settings);
    }
}

/// <summary>An experiment whose whole configuration has been read and checked.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Variants">The variants to train, as declared.</param>
/// <param name="Seeds">The seeds: 1, 2, …</param>
/// <param name="DatasetOptions">The options of the data set in the configuration.</param>
internal sealed record ResolvedRun(
    ExperimentDescriptor Experiment,
    IReadOnlyList<ResolvedVariant> Variants,
    IReadOnlyList<int> Seeds,
    IReadOnlyDictionary<string, string> DatasetOptions)
{
    /// <summary>Returns a variant by its name.</summary>
    public ResolvedVariant this[string variant] => Variants.First(v => v.Descriptor.Name == variant);

    /// <summary>The folders of the runs of other experiments that variants start from, by the experiment's name.</summary>
    public IReadOnlyDictionary<string, string> StartRuns { get; init; } = new Dictionary<string, string>();

    /// <summary>Returns the cell from whose model a cell starts, which must be finished before; null for none.</summary>
    /// <param name="cell">The cell.</param>
    public Cell? Parent(Cell cell) => this[cell.Variant].Descriptor.Start?.Variant is { } parent ? cell with { Variant = parent } : null;

    /// <summary>Finds an experiment by its name.</summary>
    /// <exception cref="UAmtflException">There is no such experiment; the message has the nearest name.</exception>
    public static ExperimentDescriptor Find(IReadOnlyList<ExperimentDescriptor> experiments, string name) =>
        experiments.FirstOrDefault(e => e.Name == name)
        ?? throw new UAmtflException(experiments.Count == 0
            ? "the program has no experiments; annotate a class with [Experiment(\"name\")]"
            : $"unknown experiment '{name}'; {Nearest.Hint(name, experiments.Select(e => e.Name))}");
}
