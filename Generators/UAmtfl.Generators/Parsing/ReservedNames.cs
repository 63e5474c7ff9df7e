namespace UAmtfl.Generators.Parsing;

/// <summary>Names that generated code uses, and that a declaration therefore must not.</summary>
internal static class ReservedNames
{
    /// <summary>Of the typed outputs, targets and losses: a task cannot have them.</summary>
    public static readonly IReadOnlyCollection<string> Members =
    [
        "Features", "Values", "Labels", "Equals", "GetHashCode", "GetType", "ToString", "Deconstruct", "MemberwiseClone", "Finalize", "ReferenceEquals", "PrintMembers",
    ];

    /// <summary>Short names in generated files: the namespaces around an experiment cannot have types of these names.</summary>
    public static readonly IReadOnlyCollection<string> Aliases = ["F", "Tensor", "Parameter", "Loss", "Penalty"];

    /// <summary>Of the classes and aliases: a nested type cannot have them.</summary>
    public static readonly IReadOnlyCollection<string> Types = ["Outputs", "Targets", "Losses", "Descriptor", .. Aliases];
}
