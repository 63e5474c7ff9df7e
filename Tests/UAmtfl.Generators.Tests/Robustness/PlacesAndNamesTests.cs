using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>A correct declaration may stand in any namespace or class and use any name that C# allows.</summary>
public sealed class PlacesAndNamesTests
{
    private const string Exp = """[Experiment("toy"), Dataset<Toy>]""";

    [Theory]
    [InlineData("public partial class Outer", "class")]
    [InlineData("public partial struct Outer", "struct")]
    [InlineData("public partial record Outer", "record")]
    [InlineData("public readonly partial record struct Outer", "record struct")]
    [InlineData("public partial interface Outer", "interface")]
    [InlineData("internal static partial class Outer", "class")]
    public async Task InsideAnotherType(string outer, string keyword)
    {
        var run = GeneratorRun.Of(Declaration.Prelude + outer + " { " + Declaration.Body() + "}");
        await AssertCleanAsync(run, "Lab.Outer+Study");
        Assert.Contains($"partial {keyword} Outer\n", run["Lab.Outer+Study.g.cs"]);
    }

    [Theory]
    [InlineData("internal abstract partial class")]
    [InlineData("public sealed partial record")]
    public async Task AsAnotherKindOfClass(string kind) =>
        await AssertCleanAsync(GeneratorRun.Of(Declaration.Of(head: $"{Exp} {kind} Study")), "Lab.Study");

    [Fact]
    public async Task InTheGlobalNamespace() =>
        await AssertCleanAsync(GeneratorRun.Of(Declaration.Of().Replace("namespace Lab;", "")), "Study");

    [Fact]
    public async Task InANamespaceNamedLikeOthers() =>
        await AssertCleanAsync(
            GeneratorRun.Of(
                "namespace Lab.System { class X; } namespace Lab.TorchSharp { class X; } namespace Lab.UAmtfl { class X; }",
                Declaration.Of().Replace("using ", "using global::").Replace("System.Not", "global::System.Not")),
            "Lab.Study");

    [Fact]
    public async Task BelowANamespaceWithTypesOfTheAliasesNames() =>
        await AssertCleanAsync(
            GeneratorRun.Of(
                "namespace Lab { public class Tensor; public class Loss; }",
                Declaration.Of().Replace("namespace Lab;", "namespace Lab.Studies;")),
            "Lab.Studies.Study");

    [Fact]
    public async Task InSeveralPartsInDifferentFiles()
    {
        var part = "using UAmtfl.Methods; namespace Lab; public static partial class Study { [Amtfl] public partial class Feedback; }";
        const string another = """
            using UAmtfl.Methods;

            namespace Lab;

            public static partial class Study
            {
                [L2(0.5)]
                public partial class Feedback
                {
                    public int Mine => 1;
                }
            }
            """;
        var run = GeneratorRun.Of(part, Declaration.Of(), another);
        await AssertCleanAsync(run, "Lab.Study");
        Assert.Contains("Amtfl + L2", run["Lab.Study+Feedback.g.cs"]);
    }

    [Fact]
    public async Task WithKeywordsForNames()
    {
        var source = Declaration.Of(
            head: """[Experiment("toy"), Dataset<Toy>] public static partial class @static""",
            tasks: "[Binary] public enum @enum { @class, @record, @await, é, _ }",
            trunks: "[Input(4), Linear(8)] public partial class @new;",
            variants: "[Amtfl, Uncertainty] public partial class @void; [SingleTask] public partial class @file;");
        var run = GeneratorRun.Of(source.Replace("namespace Lab;", "namespace Lab.@namespace;"));
        await AssertCleanAsync(run, "Lab.namespace.static");
        Assert.Contains("public Tensor @class => Values.select(1, 0);", run["Lab.namespace.static.g.cs"]);
    }

    [Fact]
    public async Task WithNamesOfTheLanguageItself() => await AssertCleanAsync(GeneratorRun.Of(Declaration.Of(
        tasks: "[Binary] public enum Binary { UAmtfl, TorchSharp, System, Tensor, F, L1 }",
        trunks: "[Input(4), Linear(8)] public partial class Linear;",
        variants: """
            [HardSharing, FeatureNorm(0.01)] public partial class FeatureNorm;
            [Amtfl] public partial class UAmtfl;
            [Amtfl, L2(1)] public partial class Amtfl;
            [HardSharing] public partial class System;
            """)), "Lab.Study");

    /// <summary>A variant may have members with the names of its objective's or network's members, because these are nested
    /// classes.</summary>
    [Fact]
    public async Task WithMembersOfAVariantNamedAsThoseOfItsObjective() => await AssertCleanAsync(GeneratorRun.Of(Declaration.Of(
        variants: """
            [Amtfl, Mgda(Site = GradientSite.Representation)]
            public partial class Mtl
            {
                public int Groups => 1; public int floor => 2; public int Weighting => 3; public int TaskLosses => 4;
            }
            """)), "Lab.Study");

    [Fact]
    public async Task TwoHundredTasks()
    {
        var tasks = string.Join(", ", Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? $"[Regression] T{i}" : $"T{i}"));
        var run = GeneratorRun.Of(
            Declaration.Of(tasks: $"[Binary] public enum Drug {{ {tasks} }}", variants: "[Amtfl, Uncertainty] public partial class Mtl;"));
        await AssertCleanAsync(run, "Lab.Study");
        Assert.Contains("public Tensor T199 => ", run["Lab.Study.g.cs"]);
    }

    [Fact]
    public async Task TwoExperimentsOfOneNameInTwoTypes()
    {
        var second = Declaration.Body(head: Exp.Replace("toy", "other") + " public static partial class Study");
        var run = GeneratorRun.Of(Declaration.Of() + "public partial class Outer { " + second + "}");
        await AssertCleanAsync(run, "Lab.Study");
        await AssertCleanAsync(run, "Lab.Outer+Study");
    }

    private static async Task AssertCleanAsync(GeneratorRun run, string experiment)
    {
        GeneratorRun.AssertNone(run.Problems);
        Assert.Contains($"{experiment}.g.cs", run.Hints);
        Assert.Empty(await run.AnalyzeAsync());
    }
}
