namespace UAmtfl.Generators.Diagnostics;

/// <summary>The names by which a diagnostic tells the code fixes which of them repairs it.</summary>
internal static class Fixes
{
    /// <summary>The key of the diagnostic's property that contains the name of the fix.</summary>
    public const string Property = "Fix";

    /// <summary>The fix that inserts [Flatten] before the reported attribute.</summary>
    public const string FlattenBefore = nameof(FlattenBefore);

    /// <summary>The fix that inserts [Flatten] after the reported attribute.</summary>
    public const string FlattenAfter = nameof(FlattenAfter);
}
