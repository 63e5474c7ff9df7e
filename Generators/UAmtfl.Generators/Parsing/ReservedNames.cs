using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods.Architectures;

namespace UAmtfl.Generators.Parsing;

/// <summary>The names that generated code uses, so that a declaration must not use them.</summary>
internal static class ReservedNames
{
    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>The names that no task can have, because members of the typed outputs, targets and losses have them.</summary>
    public static readonly IReadOnlyCollection<string> Members =
    [
        "Outputs", "Targets", "Losses", "Prediction", "Features", "Values", "Labels", "Present", "Equals", "GetHashCode", "GetType",
        "ToString", "Deconstruct", "MemberwiseClone", "Finalize", "ReferenceEquals", "PrintMembers",
    ];

    /// <summary>The names that neither a trunk or variant nor its own members can have, because members of its generated part have
    /// them.</summary>
    public static readonly IReadOnlyCollection<string> NestedMembers =
    [
        "Outputs", "Targets", "Losses", "Prediction",   // the types around, which a member of the same name would hide
        "Hyper", "Network", "Objective", "Build", "Load", "Descriptor",   // of a variant
        "Solve", "Fit", "Predict", "LearntTransfer", "Dispose", "hyper",   // of one that a solver fits
        "Module", "Prepare", "Features", "forward", "Export", "Stack", "AdaptedStack", "HeadLayers", "LayerOutputs",   // of a trunk
        "Seeds", "Training", "Dataset",   // the keys beside a variant in configuration
    ];

    /// <summary>The short names in generated files. A file has the full name instead where the short one already means something
    /// else.</summary>
    public static readonly IReadOnlyCollection<string> Aliases = ["F", "Tensor", "Parameter", "Loss", "Penalty", "LayerBackward"];

    /// <summary>The names that no nested type can have, because generated classes have them.</summary>
    public static readonly IReadOnlyCollection<string> Types = ["Outputs", "Targets", "Losses", "Prediction", "Descriptor"];

    /// <summary>True if a trunk or a variant cannot have this name, because it is a short name of generated files or that of a generated
    /// member, such as the layer <c>Conv1</c>.</summary>
    public static bool IsNestedMember(string name) =>
        NestedMembers.Contains(name)
            || Aliases.Contains(name)
            || IsNumbered(name, HeadLayersCode.Name)
            || LayerCatalogue.Kinds.Any(k => k.Module is { } module && IsNumbered(name, module));

    private static bool IsNumbered(string name, string module) => name.Length > module.Length && name.TrimEnd(Digits) == module;
}
