using System.Runtime.CompilerServices;
using UAmtfl.Weighting;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>The example of docs/language.md has the properties of loss weightings, for which the page says to test.</summary>
public sealed class FocusedTests : LossWeightingProperties
{
    /// <summary>False because the weights sum to T, which also counts a task without a label.</summary>
    protected override bool KeepsScale => false;

    protected override LossWeighting Create(double[] preference) => new Focused(preference.Length);

    [Fact]
    public void TheDocumentationHasThisVeryClass()
    {
        var source = File.ReadAllText(Path.Combine(Here(), "Focused.cs"));
        Assert.Contains(
            source[source.IndexOf("public sealed class", StringComparison.Ordinal)..],
            File.ReadAllText(Path.Combine(Here(), "../../../../docs/language.md")));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
