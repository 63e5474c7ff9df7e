using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The network and the objective of heads that end in different numbers of features.</summary>
public sealed class UnevenHeadsTests
{
    private const string Trunk = """
        [Input(4), Linear(3), Heads("Age"), Linear(5), ReLU, Heads("Kind"), Linear(2)] public partial class Mlp;
        """;

    [Fact]
    public void EachGroupHasWeightsAndAProduct() => Run("HardSharing").AssertHas("Net.Network", """
        public override Trunks.HeadGroups HeadTasks { get; } =
            new([1], [3], [0, 2]) { Widths = [5, 2, 3], OutputCounts = [1, 1, 1, 3] };   // Age; Kind; Sick, Dose

        public Parameter HeadWeight1 { get; }   // W of Age, one row an output  [1, 5]

        public Parameter HeadWeight2 { get; }   // W of Kind, one row an output  [3, 2]

        public Parameter HeadWeight3 { get; }   // W of Sick, Dose, one row an output  [2, 3]

        public Parameter HeadBias { get; }   // b  [6]

        public Tensor HeadWeight => HeadTasks.Weights(
            HeadWeight1, HeadWeight2, HeadWeight3);   // W, all heads, one row an output, and 0 after the features of its head  [6, 5]

        public Outputs Forward(Tensor prepared)
        {
            Tensor features = Trunk.Features(prepared);   // Z  [N, 3]
            Tensor[] parts = [
                HeadLayers1.Features(features), HeadLayers2.Features(features),
                features.expand(2, -1, -1)];   // each task's own layers  [1, N, 5], [1, N, 2], [2, N, 3]
            Tensor values = Numerics.Lasting.Sum(
                HeadTasks.Products(parts, HeadWeight1, HeadWeight2, HeadWeight3), HeadBias);   // o_t = z_t w_tᵀ + b_t  [N, 6]
            return new(HeadTasks.Join(parts), values);
        }
        """);

    [Fact]
    public void APassThatIsCutAtTheFeaturesTakesTheirParts()
    {
        var run = Run("Mmoe(2), Moml");
        run.AssertHas("Net.Network", """
            public Tensor Features(Tensor prepared)
            {
                Tensor experts = Experts.Features(prepared);   // [2, N, 3]
                Tensor features = Gates.Mix(prepared, experts);   // z_t = Σ_e g_te x_e  [4, N, 3]
                features = HeadTasks.Join(
                    HeadLayers1.Features(HeadTasks.Of(features, 0)), HeadLayers2.Features(HeadTasks.Of(features, 1)),
                    HeadTasks.Of(features, 2));   // each task's own layers, and 0 after its features  [4, N, 5]
                return features;
            }
            """);
        var text = run.Sources.Single(s => s.Hint.EndsWith("+Net.g.cs", StringComparison.Ordinal)).Text;
        const string weights = "HeadWeight1, HeadWeight2, HeadWeight3";
        const string ofNetwork = "Network.HeadWeight1, Network.HeadWeight2, Network.HeadWeight3";
        Assert.Contains($"HeadTasks.Products(HeadTasks.Parts(features), {weights})", text, StringComparison.Ordinal);
        Assert.Contains($"{ofNetwork}], headRate * hyper.MuHeads);", text, StringComparison.Ordinal);
        Assert.Contains($"Heads = new([{ofNetwork}], Network.HeadBias) {{ Rows = Network.HeadTasks }},", text, StringComparison.Ordinal);
    }

    private static GeneratorRun Run(string methods) => GeneratorRun.Clean(Declaration.Of(
        tasks: "public enum T { [Regression] Age, [Binary] Sick, [Classification(3)] Kind, [Regression] Dose }",
        trunks: Trunk,
        variants: $"[{methods}, L1(1e-3, On = Part.Heads)] public partial class Net;"));
}
