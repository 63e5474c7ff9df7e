using System.Text.Json.Nodes;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary><c>run.json</c>: everything a run was started with. A worker and a later reader need nothing else.</summary>
internal sealed record RunManifest
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>One line about it.</summary>
    public required string Title { get; init; }

    /// <summary>The variants to train, as declared.</summary>
    public required IReadOnlyList<VariantManifest> Variants { get; init; }

    /// <summary>The seeds.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>How many worker processes; 0 when trained inside the program.</summary>
    public required int Parallel { get; init; }

    /// <summary>How many threads libtorch has in each; it changes the last digits of results.</summary>
    public required int Threads { get; init; }

    /// <summary>Where the data was taken from; null where it ships, or the data set has its own.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The data files that were read with the first seed, before the run began. A cell that finds another content ends the
    /// run; what only another seed reads is in the results of its cells.</summary>
    public IReadOnlyList<ReadFile> DataFiles { get; init; } = [];

    /// <summary>What the configuration says of the data set.</summary>
    public required IReadOnlyDictionary<string, string> DatasetOptions { get; init; }

    /// <summary>The environment whose settings were read; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The command line.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>The machine.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>The versions of what computes, by name.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The variables by which native libraries chose how to compute, by name; empty in older files.</summary>
    public IReadOnlyDictionary<string, string> NativeVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>The source's state; null where the program does not lie in a git repository.</summary>
    public GitState? Git { get; init; }

    /// <summary>When the run was started, UTC.</summary>
    public required DateTime Started { get; init; }

    /// <summary>Records a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">What it was asked with.</param>
    /// <param name="parallel">How many worker processes it will have.</param>
    /// <param name="started">When, UTC.</param>
    public static RunManifest Of(ResolvedRun run, RunOptions options, int parallel, DateTime started) => new()
    {
        Experiment = run.Experiment.Name,
        Title = run.Experiment.Title,
        Variants = [.. run.Variants.Select(v => VariantManifest.Of(v, options.Networks.GetValueOrDefault(v.Descriptor.Name)))],
        Seeds = run.Seeds,
        Device = options.Device,
        Parallel = parallel,
        Threads = options.Threads,
        DataFolder = options.Data is null ? null : Path.GetFullPath(options.Data),
        DataFiles = options.DataFiles,
        DatasetOptions = run.DatasetOptions,
        Environment = options.Environment,
        CommandLine = [.. options.CommandLine.Select(PlainText.WithoutSecrets)],
        Machine = MachineFacts.Read(),
        Versions = Hosting.Versions.Read(),
        NativeVariables = Hosting.NativeVariables.Read(),
        Git = GitState.Read(AppContext.BaseDirectory),
        Started = started,
    };

    /// <summary>Refuses an experiment that has lost a variant of the run.</summary>
    /// <exception cref="UAmtflException">It has.</exception>
    public void RequireVariants(ExperimentDescriptor experiment)
    {
        foreach (var variant in Variants)
        {
            variant.Find(experiment);
        }
    }

    /// <summary>The run again, in another process of the same program.</summary>
    /// <param name="experiments">The program's experiments.</param>
    /// <exception cref="UAmtflException">The program is not the one that started the run.</exception>
    public ResolvedRun Resolve(IReadOnlyList<ExperimentDescriptor> experiments)
    {
        var experiment = ResolvedRun.Find(experiments, Experiment);
        return new(experiment, [.. Variants.Select(v => v.Resolve(experiment))], Seeds, DatasetOptions);
    }
}

/// <summary>A variant in <c>run.json</c>.</summary>
internal sealed record VariantManifest
{
    /// <summary>The variant's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is composed of.</summary>
    public required string Composition { get; init; }

    /// <summary>What is minimised, as its generated file says it; empty in runs that did not record it.</summary>
    public string Objective { get; init; } = "";

    /// <summary>What its weighting compares, sums to, and gives the heads.</summary>
    public string? Weighting { get; init; }

    /// <summary>What it is to the report.</summary>
    public required VariantRole Role { get; init; }

    /// <summary>Its hyper-parameters.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>What of them came from configuration, as written there.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Its training.</summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>Its network: layers, shapes and numbers of parameters; null where a solver fits it, and in older files.</summary>
    public NetworkRecord? Network { get; init; }

    /// <summary>Records a variant.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="network">Its network; null where it has none.</param>
    public static VariantManifest Of(ResolvedVariant variant, NetworkRecord? network) => new()
    {
        Name = variant.Descriptor.Name,
        Composition = variant.Descriptor.Composition,
        Objective = variant.Descriptor.Objective,
        Weighting = variant.Descriptor.Weighting,
        Role = variant.Descriptor.Role,
        Values = ToJson(variant.Bound.Values),
        Settings = variant.Settings,
        Plan = variant.Plan,
        Network = network,
    };

    /// <summary>The variant again, bound to the same hyper-parameters.</summary>
    /// <exception cref="UAmtflException">The experiment has no such variant, or its attributes have changed since.</exception>
    public ResolvedVariant Resolve(ExperimentDescriptor experiment)
    {
        var descriptor = Find(experiment);
        var bound = RunResolver.Bind(descriptor, $"{experiment.Name}:{Name}", Settings);
        return JsonNode.DeepEquals(ToJson(bound.Values), Values)
            ? new(descriptor, bound, Plan, Settings)
            : throw new UAmtflException($"variant {Name} of {experiment.Name} has other hyper-parameters than in run.json; the program was changed since the run was started");
    }

    /// <summary>The variant that the program has under this name.</summary>
    /// <exception cref="UAmtflException">It has none.</exception>
    public VariantDescriptor Find(ExperimentDescriptor experiment) => experiment.Variants.FirstOrDefault(v => v.Name == Name)
        ?? throw new UAmtflException($"variant {Name} of {experiment.Name} is in run.json but not in the program; the program was changed since the run was started");

    private static JsonObject ToJson(IReadOnlyDictionary<string, object> values) =>
        new(values.Select(v => KeyValuePair.Create(v.Key, ToJson(v.Value))));

    private static JsonNode? ToJson(object value) => value switch
    {
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        float number => float.IsFinite(number) ? JsonValue.Create(number) : null,
        _ => JsonValue.Create(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
