using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The descriptor of a variant tells the host its role, its composition and its objective.</summary>
public sealed class DescriptorTests
{
    [Fact]
    public void AVariantOfOneNetwork() => Run("[HardSharing, L2(1e-4)]").AssertHas("Net", """
        public static Descriptors.VariantDescriptor Descriptor { get; } = new()
        {
            Name = "Net",
            Composition = "HardSharing + L2",
            Objective = "Σ_t BCE(o_t, y_t) + λ/2 (‖trunk‖² + ‖W‖² + ‖b‖²)",
            // …
            Input = [4],
            Network = "(4) → Linear(Bias = True) (8) → ReLU (8) → outputs.Values",
            Role = Descriptors.VariantRole.Method,
            OnRequest = false,
            Plan = new()
            {
                Epochs = 40, BatchSize = 100, EvaluateEvery = 10,
                Optimizer = Training.OptimizerKind.Adam, LearningRate = 0.001,
                Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1E-08, Momentum = 0,
                DecayAt = 1, DecayFactor = 1,
            },
            Bind = static settings => Descriptors.BoundVariant.Of(
                settings, static (dtype, device) => new Network(dtype, device),
                static (Network network, Hyper hyper, Tensor counts) => new Objective(network, hyper, counts)),
        };
        """);

    [Theory]
    [InlineData("HardSharing", "Method", "false")]
    [InlineData("Baseline, HardSharing", "Baseline", "false")]
    [InlineData("Proposed, HardSharing", "Proposed", "false")]
    [InlineData("Control, HardSharing", "Control", "false")]
    [InlineData("Reference, HardSharing, OnRequest", "Reference", "true")]
    public void RoleAndRequest(string attributes, string role, string onRequest) => Run($"[{attributes}]").AssertHas("Net", $$"""
        public static Descriptors.VariantDescriptor Descriptor { get; } = new()
        {
            // …
            Role = Descriptors.VariantRole.{{role}},
            OnRequest = {{onRequest}},
            // …
        };
        """);

    /// <summary>The title of an experiment is the text of its class's summary; a summary that is not XML is kept as written.</summary>
    [Theory]
    [InlineData(
        """Train &amp; test <see cref="Toy"/> with <c>p</c> &lt; 0.05""",
        "Train & test Toy with p < 0.05")]
    [InlineData(
        """<para>One <see langword="null"/>,</para><para>a <paramref name="T"/> and <see cref="T:Lab.List{T}"/></para>""",
        "One null, a T and Lab.List<T>")]
    [InlineData("""<see cref="Toy">the toy</see> of "A\B"<!-- not said -->""", "the toy of \\\"A\\\\B\\\"")]
    [InlineData("A & B < C", "A & B < C")]
    public void TheTitleIsTheTextOfTheSummary(string summary, string title) => GeneratorRun.Clean(Declaration.Of(
            head: $"/// <summary>{summary}</summary>\n[Experiment(\"toy\", Seeds = 3), Dataset<Toy>] public static partial class Study"))
        .AssertHas("", $$"""
            public static Descriptors.ExperimentDescriptor Descriptor { get; } = new()
            {
                // …
                Title = "{{title}}",
                // …
            };
            """);

    /// <summary>If the tasks have different losses, the loss of each is stated after the objective.</summary>
    [Fact]
    public void TheObjectiveOfMixedKindsSaysTheLossOfEach() => GeneratorRun.Clean(Declaration.Of(
            tasks: "public enum Task { [Regression] Weight, [Binary] Sick, [Regression] Age }",
            variants: "[HardSharing] public partial class Net;"))
        .AssertHas("Net", """
            public static Descriptors.VariantDescriptor Descriptor { get; } = new()
            {
                // …
                Composition = "HardSharing",
                Objective = "Σ_t ℓ_t; ℓ_1 = BCE(o_t, y_t); ℓ_2…ℓ_3 = MSE(o_t, y_t)",
                // …
            };
            """);

    /// <summary>The hash of a variant changes with its own attributes and its trunk, and with nothing else.</summary>
    [Fact]
    public void TheFingerprintIsThatOfTheVariantAndItsTrunk()
    {
        var source = Declaration.Of(
            variants: "[HardSharing, L2(1e-4)] public partial class Net; [SingleTask, L1(1e-4)] public partial class Stl;");
        var first = GeneratorRun.Of(source);
        Assert.Matches("^[0-9a-f]{64}$", Of(first, "Net"));
        Assert.NotEqual(Of(first, "Net"), Of(first, "Stl"));
        Assert.Equal(Of(first, "Net"), Of(GeneratorRun.Of(source), "Net"));
        var other = first.Edit("L1(1e-4)", "L1(2e-4)");
        Assert.Equal(Of(first, "Net"), Of(other, "Net"));
        Assert.NotEqual(Of(first, "Stl"), Of(other, "Stl"));
        Assert.NotEqual(Of(first, "Net"), Of(first.Edit("L2(1e-4)", "L2(2e-4)"), "Net"));
        Assert.NotEqual(Of(first, "Net"), Of(first.Edit("Linear(8)", "Linear(9)"), "Net"));

        static string Of(GeneratorRun run, string variant) =>
            run[$"Lab.Study+{variant}.g.cs"].Split("Fingerprint = \"")[1].Split('"')[0];
    }

    private static GeneratorRun Run(string attributes) =>
        GeneratorRun.Clean(Declaration.Of(variants: $"{attributes} public partial class Net;"));
}
