using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The networks of architectures that copy stretches of layers.</summary>
public sealed class ArchitecturesTests
{
    /// <summary>Two AlexNets are stitched after each pooling and each fully connected layer, as in figure 4 of Misra et al.
    /// 2016.</summary>
    [Fact]
    public void TwoAlexNetsAreStitched() => Run("[CrossStitch]", """
        [Input(3, 227, 227)]
        [Conv2d(96, Kernel = 11, Stride = 4), ReLU, MaxPool2d(3, Stride = 2)]
        [Conv2d(256, Kernel = 5, Padding = 2), ReLU, MaxPool2d(3, Stride = 2)]
        [Conv2d(384, Kernel = 3, Padding = 1), ReLU, Conv2d(384, Kernel = 3, Padding = 1), ReLU]
        [Conv2d(256, Kernel = 3, Padding = 1), ReLU, MaxPool2d(3, Stride = 2)]
        [Flatten, Linear(4096), ReLU, Linear(4096), ReLU]
        public partial class AlexNet;
        """)
        .AssertHas("Net.Network", """
            public Outputs Forward(Tensor prepared)
            {
                Tensor h = prepared;
                h = Trunks1.Features(h);                          // [N, 2·96, 27, 27]
                h = Stitch1.call(h);                              // x̃_t = Σ_s α_ts x_s
                h = Trunks2.Features(h);                          // [N, 2·256, 13, 13]
                h = Stitch2.call(h);                              // x̃_t = Σ_s α_ts x_s
                h = Trunks3.Features(h);                          // [N, 2·256, 6, 6]
                h = Stitch3.call(h);                              // x̃_t = Σ_s α_ts x_s
                h = Trunks4.Features(h);                          // [2, N, 4096]
                h = Stitch4.call(h);                              // x̃_t = Σ_s α_ts x_s
                h = Trunks5.Features(h);                          // [2, N, 4096]
                Tensor features = Stitch5.call(h);                // Z  [2, N, 4096]
                // …
            }
            """);

    [Fact]
    public void ANetworkThatSplitsHasATreeAndASearch() => Run("[FullyAdaptive(EpochsBetweenSplits = 3)]", Marked)
        .AssertHas("Net.Network", """
            public Trunks.BranchTree Tree { get; }   // the branch of each task in each stretch

            public Outputs Forward(Tensor prepared)
            {
                Tensor h = Trunk.Features(prepared);         // [N, 8]
                h = Branches1.Features(Tree.Into(0, h));     // for B branches  [B, N, 6]
                h = Branches2.Features(Tree.Into(1, h));     // for B branches  [B, N, 4]
                Tensor features = Tree.ToTasks(h);           // [2, N, 4]
                // …
            }
            """)
        .AssertHas("Net.Objective", """
            public override Training.Structure.StructureSearch Search { get; }

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                this.hyper = hyper;
                Network = network;
                Search = new Training.Structure.FullyAdaptiveSearch(
                    network.Tree, [network.Branches1, network.Branches2], [0, 0], hyper.SplitAlpha, hyper.SplitCost,
                    hyper.EpochsBetweenSplits);
                Groups =
                [
                    new(Training.Owner.AllTasks, [.. Network.Trunk.parameters()]),
                    new(Training.Owner.AllTasks, [.. Network.Branches1.parameters()]),
                    new(Training.Owner.AllTasks, [.. Network.Branches2.parameters()]),
                    new(Training.Owner.OneTask, [Network.HeadWeight, Network.HeadBias]),
                ];
            }
            """);

    [Fact]
    public void BranchesThatChooseHaveChoices() => Run("[LearnToBranch]", Marked)
        .AssertHas("Net.Network", """
            public Trunks.BranchChoice Choice1 { get; }   // θ [2, 2], which branch of stretch 1 each one of stretch 2 takes

            public Trunks.BranchChoice Choice2 { get; }   // θ [2, 2], which branch of stretch 2 each task takes

            public Outputs Forward(Tensor prepared)
            {
                Tensor h = Trunk.Features(prepared);              // [N, 8]
                h = Branches1.Features(Tree.Into(0, h));          // for B branches  [B, N, 6]
                h = Branches2.Features(Choice1.call(h));          // for B branches  [B, N, 4]
                Tensor features = Choice2.call(h);                // [2, N, 4]
                // …
            }
            """);

    private const string Marked =
        "[Input(5), Linear(8), ReLU, Split, Linear(6), ReLU, Split, Linear(4), ReLU] public partial class Small;";

    private static GeneratorRun Run(string attributes, string trunk) => GeneratorRun.Clean(Declaration.Of(
        tasks: "[Binary] public enum Attribute { Young, Smiling }", trunks: trunk, variants: $"{attributes} public partial class Net;"));
}
