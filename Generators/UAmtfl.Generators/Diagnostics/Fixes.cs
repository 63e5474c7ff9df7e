namespace UAmtfl.Generators.Diagnostics;

/// <summary>How a diagnostic tells the code fixes which of them mends it.</summary>
internal static class Fixes
{
    /// <summary>The diagnostic's property with the fix's name.</summary>
    public const string Property = "Fix";

    /// <summary>Insert [Flatten] before the attribute that is reported.</summary>
    public const string FlattenBefore = nameof(FlattenBefore);

    /// <summary>Insert [Flatten] after the attribute that is reported.</summary>
    public const string FlattenAfter = nameof(FlattenAfter);
}
