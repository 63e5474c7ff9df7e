using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>The code that is generated for a correct declaration compiles without a warning, and the analyzer reports nothing.</summary>
public sealed class GeneratedCodeTests
{
    private static readonly string[] Sharing =
    [
        "SingleTask", "HardSharing", "Amtfl", "Amtfl(Bias = false)", "DeepAmtl", "DeepAmtl(NonNegative = false)",
    ];

    /// <summary>Architectures that copy stretches of a network.</summary>
    private static readonly string[] Copying =
    [
        "SoftSharing(0.1, Form = SoftForm.TraceNorm)", "CrossStitch(PerChannel = true)", "Mmoe(3)", "Cgc(Own = 2)", "DSelectK(3)",
        "Mtan(Reduction = 3)", "Nddr(Normalise = false)", "Sluice(Subspaces = 4)", "LearnToBranch(SearchEpochs = 2)", "Adapters(2)",
    ];

    private static readonly string[] Weighting =
    [
        "", ", Uncertainty", ", Uncertainty(Shared = true)", ", Uncertainty(Likelihood = Likelihood.Approximate)", ", Weighting<Mean>",
    ];

    private static readonly string[] LossWeightings =
        [
            "Equal", "Equal(Mean = true)", "RandomWeights", "RevisedUncertainty", "Dwa", "GeometricMean", "ImtlL", "Famo", "Stch",
            "LogStch", "Cosmos", "Pbi", "Lbtw",
        ];
    private static readonly string[] GradientWeightings =
    [
        "Mgda", "Mgda(Normalisation = MgdaNormalisation.L2, Site = GradientSite.Representation)", "PcGrad", "GradVac",
        "CaGrad(Rescale = false)", "ImtlG", "Imtl", "NashMtl(UpdateEvery = 5)", "FairGrad",
        "AlignedMtl(Scale = AlignedScale.Median, Mean = true)", "ConFig", "GradNorm", "DualProj", "UpGrad(Site = GradientSite.LastLayer)",
        "GradDrop", "GradDrop(Site = GradientSite.Trunk)",
        "TrimmedMean(Trim = 0)", "DbMtl", "MoCo", "MoDo", "SdmGrad", "ExcessMtl", "Moml", "Forum", "AutoLambda",
        "Mgda, CrMogm(Momentum = 0.5)",
    ];

    public static TheoryData<string> TaskSets => [.. Sets];

    private static readonly string[] Sets =
    [
        "[Binary] public enum Digit { Zero, One, Two }",
        "[Binary(OneVsAll = true)] public enum Digit { Zero, One, Two }",
        "[Regression] public enum Pupil { Ann, Bob }",
        "[Binary] public enum Digit { Zero, One } public enum Pupil { [Regression] Ann, [Binary] Bob } public enum Mine { A, B }",
        "[Binary] public enum Only { One }",
    ];

    [Theory]
    [MemberData(nameof(TaskSets))]
    public async Task EveryMethodWithEveryTaskSetCompilesWithoutWarning(string tasks)
    {
        var variants = Sharing.SelectMany((sharing, s) =>
            Weighting.Select((weighting, w) => $"[{sharing}{weighting}, L1(1e-4), L2(1e-4)] public partial class V{s}{w};"))
            .Concat(Copying.Select((sharing, s) => $"[{sharing}, L1(1e-4)] public partial class C{s};"));
        await AssertCleanAsync(Declaration.Of(tasks: tasks, variants: string.Join("\n", variants)));
    }

    /// <summary>Each weighting is compiled with one way of sharing for each set of tasks. The ways take turns, so that three sets have
    /// them all.</summary>
    [Theory]
    [MemberData(nameof(TaskSets))]
    public async Task EveryWeightingWithEveryTaskSetCompilesWithoutWarning(string tasks)
    {
        string[] ofLosses = ["SingleTask", "HardSharing", "Amtfl"], ofGradients = ["HardSharing", "Amtfl", "DeepAmtl"];
        var turn = Array.IndexOf(Sets, tasks);
        var variants = LossWeightings
            .Select((weighting, w) => $"[{ofLosses[(w + turn) % 3]}, {weighting}, L1(1e-4)] public partial class L{w};")
            .Concat(GradientWeightings
                .Select((weighting, w) => $"[{ofGradients[(w + turn) % 3]}, {weighting}, L2(1e-4)] public partial class G{w};"));
        await AssertCleanAsync(Declaration.Of(tasks: tasks, variants: string.Join("\n", variants)));
    }

    /// <summary>Every weighting compiles without a warning together with heads that are the sum of two matrices and with a price of
    /// transfer that grows.</summary>
    [Fact]
    public async Task EveryWeightingBesideDecomposedHeadsCompilesWithoutWarning()
    {
        var variants = LossWeightings.Concat(GradientWeightings)
            .Select(
                (weighting, w) =>
                    $"[Amtfl(Ramp = 0.5), {weighting}, Dirty(0.1, 0.2), L2(0.1, On = Part.Trunk), "
                        + $"FeatureNorm(0.1)] public partial class V{w};");
        await AssertCleanAsync(Declaration.Of(variants: string.Join("\n", variants)));
    }

    [Fact]
    public async Task WeightingsOfTasksWithSeveralOutputsCompileWithoutWarning()
    {
        const string tasks =
            "public enum Task { [Classification(3)] Species, [Classification(3)] Genus, [Binary] Sick, [Classification(2)] Sex, "
                + "[Regression] Weight }";
        var variants = LossWeightings.Concat(GradientWeightings)
            .Append("Constant(1, 2, 3, 4, 5)")
            .Append("FocusedLearning(\"Sick\")")
            .Append("Krum(Byzantine = 1, Selected = 2)")
            .Select((weighting, w) => $"[Amtfl, {weighting}] public partial class V{w};");
        await AssertCleanAsync(Declaration.Of(tasks: tasks, variants: string.Join("\n", variants)));
    }

    [Fact]
    public async Task TasksOfSeveralOutputsCompileWithoutWarning()
    {
        const string tasks =
            "public enum Task { [Classification(3)] Species, [Classification(3)] Genus, [Binary] Sick, [Classification(2)] Sex, "
                + "[Regression] Weight }";
        var variants = Sharing.Where(s => !s.StartsWith("DeepAmtl", StringComparison.Ordinal))
            .SelectMany((sharing, s) => Weighting.Select((weighting, w) => $"[{sharing}{weighting}] public partial class V{s}{w};"))
            .Concat(Copying.Select((sharing, s) => $"[{sharing}, Uncertainty] public partial class C{s};"));
        await AssertCleanAsync(Declaration.Of(tasks: tasks, variants: string.Join("\n", variants)));
    }

    /// <summary>Stretches of images and of rows, after layers that all share or from the first layer on.</summary>
    /// <param name="mark">A mark before the first layer, or nothing.</param>
    [Theory]
    [InlineData("")]
    [InlineData("RandomFlip, RandomCrop(Padding = 2), Split, ")]
    [InlineData("Split, ")]
    public async Task EveryArchitectureOnStretchesCompilesWithoutWarning(string mark)
    {
        string[] architectures =
        [
            "SoftSharing(0.1)", "SoftSharing(0.1, Form = SoftForm.Pairwise)", "CrossStitch", "CrossStitch(PerChannel = true)", "Mmoe(2)",
            "Cgc(Own = 0, Shared = 2)", "Cgc", "Ple", "Ple(Own = 0, Shared = 2)", "Ple(Own = 3)", "DSelectK(5, K = 3)",
            "DSelectK(5, PerSample = true)", "Mtan", "Nddr", "Sluice(Subspaces = 1)", "FullyAdaptive(Alpha = 2)", "LearnToBranch",
            "Adapters(2)",
        ];
        string[] weightings = ["", ", Uncertainty, L1(1e-4)", ", L2(1e-4), Dwa"];
        await AssertCleanAsync(Declaration.Of(
            trunks: $"""
                [Input(2, 9, 8), {mark}Conv2d(4), BatchNorm, ReLU]
                [Split, Conv2d(3), BeginResidual, Conv2d(3, Padding = 1), BatchNorm, EndResidual, AvgPool2d(2)]
                [Split, Conv2d(3, Kernel = 2), Flatten]
                [Split, Linear(8), BatchNorm, Tanh, Dropout(0.1), Linear(4), BeginResidual, Linear(4), EndResidual]
                public partial class Net;
                """,
            variants: string.Join("\n", architectures.SelectMany((architecture, a) => weightings.Select(
                (weighting, w) => $"[{architecture}{weighting}] public partial class V{a}{w};")))));
    }

    [Fact]
    public async Task EveryArchitectureWithLayersInItsHeadsCompilesWithoutWarning()
    {
        string[] architectures =
        [
            "HardSharing", "SingleTask", "SoftSharing(0.1)", "CrossStitch", "Mmoe(2)", "Cgc", "Ple", "DSelectK(3)", "Mtan", "Nddr",
            "Sluice", "HardSharing, Uncertainty", "FullyAdaptive", "LearnToBranch", "Adapters(2)",
            "Mmoe(2), Network(nameof(Own))", "HardSharing, Network(nameof(Own))",
            "Mmoe(2), Network(nameof(Parted))", "HardSharing, Network(nameof(Parted))",
            "SingleTask, Uncertainty, Network(nameof(Parted))",
            "Mmoe(2), Uncertainty, Network(nameof(Uneven))", "HardSharing, Network(nameof(Uneven))",
        ];
        string[] penalties = ["", ", L1(1e-4)", ", L2(1e-4, On = Part.Heads)", ", L1(1e-4, On = Part.Heads, Subgradient = true)"];
        await AssertCleanAsync(Declaration.Of(
            trunks: """
                [Input(2, 9, 8), Conv2d(4), ReLU, Split, Flatten, Linear(6), ReLU]
                [Heads, Linear(5), BatchNorm, Tanh, Dropout(0.1), Linear(4), BeginResidual, Linear(4), EndResidual]
                public partial class Net;
                [Input(4), Linear(3), Heads, Linear(2)] public partial class Own;
                [Input(4), Linear(3), Split, Linear(3), Heads(nameof(Digit.One)), Linear(5), ReLU, Linear(3)]
                [Heads("Zero"), Linear(3), Dropout]
                public partial class Parted;
                [Input(4), Linear(3), Split, Linear(3), Heads(nameof(Digit.One)), Linear(5), ReLU, Heads("Zero"), Linear(2), Dropout]
                public partial class Uneven;
                """,
            variants: string.Join("\n", architectures.SelectMany((architecture, a) => penalties.Select(
                (penalty, p) => $"[{architecture}{penalty}{(architecture.Contains("Network") ? "" : ", Network(nameof(Net))")}] "
                    + $"public partial class V{a}{p};")))));
    }

    [Fact]
    public async Task EveryPlacementCompilesWithoutWarning()
    {
        var placements = new[] { "Literal", "WeightOnly", "Reliability" }.SelectMany(placement => new[] { "Amtfl", "DeepAmtl" }
            .Select(sharing => $"[{sharing}, Uncertainty(Placement = Placement.{placement})] public partial class {sharing}{placement};"));
        await AssertCleanAsync(Declaration.Of(variants: string.Join("\n", placements)));
    }

    [Fact]
    public async Task EveryLayerCompilesWithoutWarning() => await AssertCleanAsync(Declaration.Of(trunks: """
        [Input(3, 32, 32), RandomFlip, RandomCrop, Conv2d(8, Kernel = 5, Stride = 2, Padding = 2), BatchNorm, ReLU, MaxPool2d(2)]
        [Conv2d(4), AvgPool2d(2), Dropout, Flatten]
        [Linear(16), BatchNorm, Tanh, Dropout(0.25), Linear(8), Sigmoid]
        public partial class Everything;
        """));

    /// <summary>Sequences and indices in every architecture that copies stretches, with a mark before the first layer or without
    /// marks.</summary>
    [Fact]
    public async Task LayersOfSequencesCompileWithoutWarning()
    {
        string[] architectures =
        [
            "HardSharing", "SingleTask", "SoftSharing(0.1)", "CrossStitch", "Mmoe(2)",
            "Cgc", "Ple", "DSelectK(5, K = 3)", "DSelectK(5, PerSample = true)", "Mtan", "Nddr", "Sluice(Subspaces = 1)",
            "FullyAdaptive(Alpha = 2)", "LearnToBranch", "Adapters(2)",
        ];
        await AssertCleanAsync(Declaration.Of(
            trunks: """
                [Input(2, 19), Split, Conv1d(4, Padding = 1), BatchNorm, ReLU, AvgPool1d(2)]
                [Split, BeginResidual, Conv1d(4, Padding = 1), GroupNorm(2), EndResidual, MaxPool1d(2), Split, Gru(4), Tanh]
                public partial class Series;
                [Input(9), Embedding(30, 4), Split, Conv1d(3, Groups = 1), Dropout, GlobalAvgPool, Split, Linear(3)]
                public partial class Tokens;
                [Input(9), Embedding(30, 4), Lstm(5)] public partial class Written;
                """,
            variants: string.Join("\n", architectures.SelectMany((architecture, a) => (string[])
            [
                $"[{architecture}, Network(nameof(Series))] public partial class S{a};",
                $"[{architecture}, Network(nameof(Tokens))] public partial class T{a};",
                .. architecture is "HardSharing" or "SingleTask" or "LearnToBranch" or "CrossStitch" or "DSelectK(5, K = 3)"
                    ? [$"[{architecture}, Network(nameof(Written))] public partial class W{a};"] : Array.Empty<string>(),
            ]))));
    }

    [Fact]
    public async Task SeveralTrunksAndAHandWrittenOneCompileWithoutWarning() => await AssertCleanAsync(Declaration.Of(
        trunks: """
            [Input(4), Linear(8)] public partial class Mlp;
            [Input(4), Trunk<Perceptron>(4)] public partial class Own;
            """,
        variants: """
            [HardSharing, Network(nameof(Mlp))] public partial class Mtl;
            [Amtfl, Network(nameof(Own)), L1(0.1, On = Part.Trunk)] public partial class Feedback;
            [SingleTask, Network(nameof(Own)), L1(0.1, On = Part.All), L2(0.1, On = Part.Heads)] public partial class Stl;
            """));

    /// <summary>Every example that <see cref="DamagedCodeTests"/> changes is correct before the change.</summary>
    [Fact]
    public void EveryExampleCompilesWithoutWarning() => Assert.All(Examples.All, example => GeneratorRun.Clean(example));

    internal static async Task AssertCleanAsync(string source, params (string Path, string Text)[] files)
    {
        var run = GeneratorRun.WithFiles(source, files);
        GeneratorRun.AssertNone(run.Problems);
        Assert.Contains("Lab.Study.g.cs", run.Hints);
        Assert.Empty(await run.AnalyzeAsync());
    }
}
