using UAmtfl.Generators.Layers;

namespace UAmtfl.Generators.Parsing;

/// <summary>Names that generated code uses, and that a declaration therefore must not.</summary>
internal static class ReservedNames
{
    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>The names of members of the typed outputs, targets and losses: a task cannot have one of them.</summary>
    public static readonly IReadOnlyCollection<string> Members =
    [
        "Outputs", "Targets", "Losses", "Features", "Values", "Labels", "Present", "Equals", "GetHashCode", "GetType", "ToString",
        "Deconstruct", "MemberwiseClone", "Finalize", "ReferenceEquals", "PrintMembers",
    ];

    /// <summary>The names of members of the generated part of a trunk or a variant:
    /// neither the class nor its own members can have one.</summary>
    public static readonly IReadOnlyCollection<string> NestedMembers =
    [
        "Outputs", "Targets", "Losses",   // the types around, which a member of the same name would hide
        "Hyper", "Network", "Objective", "Build", "Descriptor",   // of a variant
        "Solve", "Fit", "Predict", "LearntTransfer", "Dispose", "hyper",   // of one that a solver fits
        "Module", "Prepare", "Features", "forward", "Stack",   // of a trunk
        "Seeds", "Training", "Dataset",   // the keys beside a variant in configuration
    ];

    /// <summary>The short names in generated files. They are written in full where they mean something else.</summary>
    public static readonly IReadOnlyCollection<string> Aliases = ["F", "Tensor", "Parameter", "Loss", "Penalty", "LayerBackward"];

    /// <summary>The names of the generated classes: a nested type cannot have one of them.</summary>
    public static readonly IReadOnlyCollection<string> Types = ["Outputs", "Targets", "Losses", "Descriptor"];

    /// <summary>True if a trunk or a variant cannot have this name: a short name, or that of a member it
    /// would have, such as the layer <c>Conv1</c>.</summary>
    public static bool IsNestedMember(string name) =>
        NestedMembers.Contains(name)
            || Aliases.Contains(name)
            || LayerCatalogue.Kinds.Any(k => k.Module is { } module && IsNumbered(name, module));

    private static bool IsNumbered(string name, string module) => name.Length > module.Length && name.TrimEnd(Digits) == module;
}
