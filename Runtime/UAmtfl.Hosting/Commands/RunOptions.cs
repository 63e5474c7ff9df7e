using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>The options of the verb <c>run</c>.</summary>
internal sealed record RunOptions
{
    /// <summary>The name of the experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>The number of seeds; null for the experiment's own.</summary>
    public int? Seeds { get; init; }

    /// <summary>The number of epochs of every variant; null for each variant's own.</summary>
    public int? Epochs { get; init; }

    /// <summary>The variants to train; empty for all but those that are trained only on request.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>The folders of runs of other experiments that variants start from.</summary>
    public IReadOnlyList<string> StartRuns { get; init; } = [];

    /// <summary>The device, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The folder of the data; null for the data set's own place.</summary>
    public string? Data { get; init; }

    /// <summary>The data files that were read; empty until the data is prepared.</summary>
    public IReadOnlyList<ReadFile> DataFiles { get; init; } = [];

    /// <summary>A folder or an address from which missing data is fetched before the public source; null for none.</summary>
    public string? Mirror { get; init; }

    /// <summary>The number of worker processes; 0 to train inside this process, null for as many as <see cref="WorkerCount"/>
    /// decides.</summary>
    public int? Parallel { get; init; }

    /// <summary>The number of libtorch's threads in each worker.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The number of epochs from one checkpoint to the next; 0 for none, null for as many as cost little.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>The check that takes the place of the run.</summary>
    public BatchCheckKind Check { get; init; }

    /// <summary>The time at which the run stops.</summary>
    public TimeLimit Limit { get; init; } = TimeLimit.None;

    /// <summary>The folder of the run that is continued; null for a new run.</summary>
    public string? Resume { get; init; }

    /// <summary>The folder in which run folders are made.</summary>
    public string Output { get; init; } = DefaultOutput;

    /// <summary>The folder in which run folders are made if none is given.</summary>
    public const string DefaultOutput = "runs";

    /// <summary>The environment whose <c>appsettings.{environment}.json</c> is read; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The network of each variant, by the variant's name; empty until the data is prepared.</summary>
    public IReadOnlyDictionary<string, NetworkRecord> Networks { get; init; } = new Dictionary<string, NetworkRecord>();

    /// <summary>The command line as typed, which the run's record keeps.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];
}
