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
            Input = [4],
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

    private static GeneratorRun Run(string attributes) =>
        GeneratorRun.Clean(Declaration.Of(variants: $"{attributes} public partial class Net;"));
}
