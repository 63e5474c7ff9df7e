using System.Text.RegularExpressions;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The file of a variant begins with its declaration as it is written.</summary>
public sealed partial class DeclaredTests
{
    private const string Variant = "Lab.Study+Mtl.g.cs";

    [Fact]
    public void AttributesAreListedWithoutComments() => Assert.Equal(
        """
        // Declaration:
        //     [Baseline]
        //     [HardSharing, L2(1e-4, On = Part.Trunk)]
        //     [Training(Epochs = 3)]
        //     public partial class Mtl;
        """.ReplaceLineEndings("\n"),
        Declared(
            """
            /// <summary>Text.</summary>
            [Baseline]   // the reference
            [HardSharing,
                L2(1e-4, /* weak */ On=Part.Trunk)]
            #if true
            [Training(Epochs = 3)]
            #endif
            public partial class Mtl
            {
            }
            """));

    [Fact]
    public void PartsAreOneDeclaration() => Assert.Equal(
        "// Declaration:\n//     [Baseline, HardSharing]\n//     [L2(1)]\n//     public partial class Mtl;",
        Declared("[Baseline, HardSharing] public partial class Mtl; [L2(1)] partial class Mtl;"));

    /// <summary>Every end of a line in a string begins a line of the comment, so that the string is never taken for code.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\u2028")]
    public void AStringOfSeveralLinesStaysAComment(string end) => Assert.Equal(
        "// Declaration:\n//     [HardSharing, Network(\"Mlp\"), System.Obsolete(@\"a\n//     b\")]\n//     public partial class Mtl;",
        Declared($"[HardSharing, Network(\"Mlp\"), System.Obsolete(@\"a{end}b\")] public partial class Mtl;", problems: true));

    /// <summary>What is written in another way has the same hash, so that models and runs of it still fit.</summary>
    [Fact]
    public void TheDeclarationIsNoPartOfTheHash()
    {
        var first = Text("[Baseline, HardSharing] public partial class Mtl;");
        var second = Text("[HardSharing][Baseline] partial class Mtl;");
        Assert.NotEqual(first, second);
        Assert.Equal(Hash().Match(first).Value, Hash().Match(second).Value);
    }

    private static string Text(string variant) => GeneratorRun.Clean(Declaration.Of(variants: variant))[Variant];

    private static string Declared(string variant, bool problems = false)
    {
        var text = (problems ? GeneratorRun.Of(Declaration.Of(variants: variant)) : GeneratorRun.Clean(Declaration.Of(variants: variant)))
            [Variant].ReplaceLineEndings("\n");
        var first = text.IndexOf("// Declaration:", StringComparison.Ordinal);
        return text[first..text.IndexOf("\n\nnamespace", StringComparison.Ordinal)];
    }

    [GeneratedRegex("Fingerprint = \"[0-9a-f]{64}\"")]
    private static partial Regex Hash();
}
