using UAmtfl.Cells;
using UAmtfl.Descriptors;
using UAmtfl.Messages;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>A variant with everything fixed that its training depends on, but for the seed.</summary>
/// <param name="Descriptor">The variant.</param>
/// <param name="Bound">Its hyper-parameters.</param>
/// <param name="Plan">Its training.</param>
/// <param name="Settings">What the configuration says of its hyper-parameters, for a worker to bind again.</param>
internal sealed record ResolvedVariant(
    VariantDescriptor Descriptor,
    BoundVariant Bound,
    TrainingPlan Plan,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The points of the grid search that is left where the configuration names a parameter's value; empty for no search.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Points { get; } =
        GridSearch.Points([.. Descriptor.Grid.Where(d => !d.Parameters.Any(p => Settings.Keys.Contains(p, StringComparer.OrdinalIgnoreCase)))]);

    /// <summary>How many epochs a cell has, the whole search counted; an exact solver is one.</summary>
    public int Epochs => Math.Max(1, Points.Count) * (Descriptor.Fitted ? 1 : Plan.Epochs);

    /// <summary>What variants ask of the data.</summary>
    /// <param name="variants">The variants that are trained.</param>
    public static DataTerms Terms(params IReadOnlyList<ResolvedVariant> variants) => new()
    {
        Variants = [.. variants.Select(v => v.Descriptor)],
        Chooser = variants.FirstOrDefault(v => v.Points.Count > 0)?.Descriptor.Name,
    };

    /// <summary>The variant at a point of the grid.</summary>
    /// <param name="point">Of <see cref="Points"/>.</param>
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

/// <summary>An experiment with all of its configuration read and checked.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Variants">The variants to train, as declared.</param>
/// <param name="Seeds">The seeds: 1, 2, …</param>
/// <param name="DatasetOptions">What the configuration says of the data set.</param>
internal sealed record ResolvedRun(ExperimentDescriptor Experiment, IReadOnlyList<ResolvedVariant> Variants, IReadOnlyList<int> Seeds, IReadOnlyDictionary<string, string> DatasetOptions)
{
    /// <summary>A variant by its name.</summary>
    public ResolvedVariant this[string variant] => Variants.First(v => v.Descriptor.Name == variant);

    /// <summary>An experiment by its name.</summary>
    /// <exception cref="UAmtflException">There is none; the message has the nearest.</exception>
    public static ExperimentDescriptor Find(IReadOnlyList<ExperimentDescriptor> experiments, string name) =>
        experiments.FirstOrDefault(e => e.Name == name)
        ?? throw new UAmtflException(experiments.Count == 0
            ? "the program has no experiments; annotate a class with [Experiment(\"name\")]"
            : $"unknown experiment '{name}'; {Nearest.Hint(name, experiments.Select(e => e.Name))}");
}
