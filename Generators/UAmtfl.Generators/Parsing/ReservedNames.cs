using System.Text.RegularExpressions;

namespace UAmtfl.Generators.Parsing;

/// <summary>Names that generated code uses, and that a declaration therefore must not.</summary>
internal static class ReservedNames
{
    /// <summary>Of the typed outputs, targets and losses: a task cannot have them.</summary>
    public static readonly IReadOnlyCollection<string> Members =
    [
        "Outputs", "Targets", "Losses", "Features", "Values", "Labels", "Present", "Equals", "GetHashCode", "GetType", "ToString", "Deconstruct", "MemberwiseClone", "Finalize", "ReferenceEquals", "PrintMembers",
    ];

    /// <summary>Of a trunk's and a variant's generated part: their own members cannot have them, nor can the class itself.</summary>
    public static readonly IReadOnlyCollection<string> NestedMembers =
    [
        "Hyper", "Model", "Network", "Groups", "Prepare", "PreparedSize", "Objective", "TaskLosses", "Predict", "Project", "Traces", "Transfer", "EpochEnded", "Descriptor",
        "Features", "Module", "forward", "hyper", "floor", "columnsOfTask", "halves", "trunkWeights", "rowWeights", "ramp", "EpochStarted", "Batches", "SolverBytes", "Accumulate", "StepEnded", "TaskTerms", "SharedTerms", "Gradients", "columns", "Solve", "Fit", "taskGraph", "groupLasso", "traceNorm", "dirty", "sparseLowRank", "robustTasks", "PerTask", "tasks", "shares",
        "Seeds", "Training", "Dataset",   // the keys beside a variant in configuration
    ];

    /// <summary>Short names in generated files: the namespace of an experiment cannot have types of these names.</summary>
    public static readonly IReadOnlyCollection<string> Aliases = ["F", "Tensor", "Parameter", "Loss", "Penalty"];

    /// <summary>Of the classes and aliases: a nested type cannot have them.</summary>
    public static readonly IReadOnlyCollection<string> Types = ["Outputs", "Targets", "Losses", "Descriptor", .. Aliases];

    /// <summary>Whether a trunk or a variant of this name would have a member of its own name, such as the layer <c>Conv1</c>.</summary>
    public static bool IsNestedMember(string name) => NestedMembers.Contains(name) || Regex.IsMatch(name, "^(Conv|Linear|BatchNorm|Dropout)[0-9]+$");
}
