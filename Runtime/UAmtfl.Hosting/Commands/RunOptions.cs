using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>The options of <c>run</c>.</summary>
internal sealed record RunOptions
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>How many seeds, over the experiment's own number.</summary>
    public int? Seeds { get; init; }

    /// <summary>How many epochs, over every plan's own number.</summary>
    public int? Epochs { get; init; }

    /// <summary>The variants to train; empty for all that are not trained on request only.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Where the data lies, if not where the data set has it.</summary>
    public string? Data { get; init; }

    /// <summary>What was read there, once the data is prepared.</summary>
    public IReadOnlyList<ReadFile> DataFiles { get; init; } = [];

    /// <summary>A folder or an address to fetch missing data from, before the public source.</summary>
    public string? Mirror { get; init; }

    /// <summary>How many worker processes; 0 to train inside this process, null for as many as <see cref="WorkerCount"/> decides.</summary>
    public int? Parallel { get; init; }

    /// <summary>How many threads of libtorch a worker has.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The folder of the run folders.</summary>
    public string Output { get; init; } = "runs";

    /// <summary>Which <c>appsettings.{environment}.json</c> to read; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>What each variant's network is, by the variant's name; known once the data is.</summary>
    public IReadOnlyDictionary<string, NetworkRecord> Networks { get; init; } = new Dictionary<string, NetworkRecord>();

    /// <summary>The command line as typed, for the record.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];
}
