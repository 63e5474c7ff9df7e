using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>The contents of <c>run.json</c>: everything with which a run was started, so that a worker or a later reader needs nothing
/// else.</summary>
internal sealed record RunManifest
{
    /// <summary>The name of the experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>A line that describes the experiment.</summary>
    public required string Title { get; init; }

    /// <summary>The variants to train, in the order of declaration.</summary>
    public required IReadOnlyList<VariantManifest> Variants { get; init; }

    /// <summary>The seeds with which each variant is trained.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The device, <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The number of worker processes; 0 if the run is trained inside the program.</summary>
    public required int Parallel { get; init; }

    /// <summary>The number of libtorch's threads in each worker, which affects the last digits of results.</summary>
    public required int Threads { get; init; }

    /// <summary>The number of epochs from one checkpoint to the next; 0 for none, null for as many as cost little.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>The folder of the data; null if the data ships with the program, or the data set has its own.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The data files that were read with the first seed, before the run began, and those that networks start from. A cell that
    /// finds another content ends the run. Files that only another seed reads are recorded in the results of its cells.</summary>
    public IReadOnlyList<ReadFile> DataFiles { get; init; } = [];

    /// <summary>The class of the data set and the options that the experiment declares; empty in older files.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    /// <summary>The options of the data set in the configuration.</summary>
    public required IReadOnlyDictionary<string, string> DatasetOptions { get; init; }

    /// <summary>The folders of the runs of other experiments that variants start from, by the experiment's name.</summary>
    public IReadOnlyDictionary<string, string> StartRuns { get; init; } = new Dictionary<string, string>();

    /// <summary>The environment whose settings were read; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The command line as typed.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>The machine on which the run was started.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>The versions of the program and of the libraries that compute, by name.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The builds of the program's own assemblies, by name: identifiers that change with the source.</summary>
    public IReadOnlyDictionary<string, string> Builds { get; init; } = new Dictionary<string, string>();

    /// <summary>The variables by which native libraries chose how to compute, by name; empty in older files.</summary>
    public IReadOnlyDictionary<string, string> NativeVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>The state of the source; null if the program is not in a git repository.</summary>
    public GitState? Git { get; init; }

    /// <summary>The time at which the run was started, in UTC.</summary>
    public required DateTime Started { get; init; }

    /// <summary>Creates the record of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="parallel">The number of worker processes.</param>
    /// <param name="started">The time at which the run is started, in UTC.</param>
    public static RunManifest Of(ResolvedRun run, RunOptions options, int parallel, DateTime started) => new()
    {
        Experiment = run.Experiment.Name,
        Title = run.Experiment.Title,
        Variants = [.. run.Variants.Select(v => VariantManifest.Of(v, options.Networks.GetValueOrDefault(v.Descriptor.Name)))],
        Seeds = run.Seeds,
        Device = options.Device,
        Parallel = parallel,
        Threads = options.Threads,
        CheckpointEvery = options.CheckpointEvery,
        DataFolder = options.Data is null ? null : Path.GetFullPath(options.Data),
        DataFiles = options.DataFiles,
        Data = run.Experiment.DeclaredData,
        DatasetOptions = run.DatasetOptions,
        StartRuns = run.StartRuns,
        Environment = options.Environment,
        CommandLine = [.. options.CommandLine.Select(PlainText.WithoutSecrets)],
        Machine = MachineFacts.Read(),
        Versions = Hosting.Versions.Read(),
        Builds = Hosting.Versions.Builds(run.Experiment),
        NativeVariables = Hosting.NativeVariables.Read(),
        Git = GitState.Read(AppContext.BaseDirectory),
        Started = started,
    };

    /// <summary>The number of cells of the run.</summary>
    [JsonIgnore]
    public int Cells => Variants.Count * Seeds.Count;

    /// <summary>Throws if an experiment lacks a variant of the run.</summary>
    /// <exception cref="UAmtflException">The experiment lacks a variant.</exception>
    public void RequireVariants(ExperimentDescriptor experiment)
    {
        foreach (var variant in Variants)
        {
            variant.Find(experiment);
        }
    }

    /// <summary>Restores the run in another process of the same program.</summary>
    /// <param name="experiments">The program's experiments.</param>
    /// <exception cref="UAmtflException">The program is not the one that started the run.</exception>
    public ResolvedRun Resolve(IReadOnlyList<ExperimentDescriptor> experiments)
    {
        var experiment = ResolvedRun.Find(experiments, Experiment);
        return new(experiment, [.. Variants.Select(v => v.Resolve(experiment))], Seeds, DatasetOptions)
        {
            StartRuns = StartRuns,
        };
    }
}

/// <summary>The record of a variant in <c>run.json</c>.</summary>
internal sealed record VariantManifest
{
    /// <summary>The name of the variant.</summary>
    public required string Name { get; init; }

    /// <summary>The methods that the variant is composed of.</summary>
    public required string Composition { get; init; }

    /// <summary>The formula of the objective, as in the generated file; empty in runs that did not record it.</summary>
    public string Objective { get; init; } = "";

    /// <summary>A description of the weighting: which gradients it compares, what its weights sum to, and what the heads get.</summary>
    public string? Weighting { get; init; }

    /// <summary>The role of the variant in the report.</summary>
    public required VariantRole Role { get; init; }

    /// <summary>The names of the tasks that the variant is trained and tested on; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? TrainedOn { get; init; }

    /// <summary>The setting of transfer learning that the variant states; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TransferKind? Setting { get; init; }

    /// <summary>The hyper-parameters of the variant.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>The hyper-parameters that the configuration set, as written there.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The training plan of the variant.</summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>The layers, shapes and numbers of parameters of the network; null if a solver fits the variant, and in older
    /// files.</summary>
    public NetworkRecord? Network { get; init; }

    /// <summary>Creates the record of a variant.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="network">The network; null if the variant has none.</param>
    public static VariantManifest Of(ResolvedVariant variant, NetworkRecord? network) => new()
    {
        Name = variant.Descriptor.Name,
        Composition = variant.Descriptor.Composition,
        Objective = variant.Descriptor.Objective,
        Weighting = variant.Descriptor.Weighting,
        Role = variant.Descriptor.Role,
        TrainedOn = variant.Descriptor.TrainedOn,
        Setting = variant.Descriptor.Setting,
        Values = ToJson(variant.Bound.Values),
        Settings = variant.Settings,
        Plan = variant.Plan,
        Network = network,
    };

    /// <summary>Restores the variant, bound to the same hyper-parameters.</summary>
    /// <exception cref="UAmtflException">The experiment has no such variant, or its attributes have changed since.</exception>
    public ResolvedVariant Resolve(ExperimentDescriptor experiment)
    {
        var descriptor = Find(experiment);
        var bound = RunResolver.Bind(descriptor, $"{experiment.Name}:{Name}", Settings);
        return JsonNode.DeepEquals(ToJson(bound.Values), Values)
            ? new(descriptor, bound, Plan, Settings)
            : throw new UAmtflException(
                $"variant {Name} of {experiment.Name} has other hyper-parameters than in run.json; "
                + "the program was changed since the run was started");
    }

    /// <summary>Returns the variant of the program with this name.</summary>
    /// <exception cref="UAmtflException">The program has no such variant.</exception>
    public VariantDescriptor Find(ExperimentDescriptor experiment) => experiment.Variants.FirstOrDefault(v => v.Name == Name)
        ?? throw new UAmtflException(
            $"variant {Name} of {experiment.Name} is in run.json but not in the program; "
            + "the program was changed since the run was started");

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
