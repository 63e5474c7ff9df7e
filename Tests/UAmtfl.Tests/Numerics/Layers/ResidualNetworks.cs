namespace UAmtfl.Tests.Numerics.Layers;

/// <summary>The residual networks that torchvision has too.</summary>
[Experiment("residual", Seeds = 1)]
[Dataset<NoData>]
[Training(Epochs = 1, BatchSize = 8), Adam(1e-2)]
public static partial class ResidualNetworks
{
    public enum Label
    {
        [Binary] A,
        [Regression] B,
    }

    [Input(3, 64, 64), ResNet18]
    public partial class Eighteen;

    [Input(3, 64, 64), ResNet50]
    public partial class Fifty;

    [HardSharing, StartFrom("resnet18.pth"), Network(nameof(Eighteen))] public partial class OnEighteen;
    [SingleTask, StartFrom("resnet18.pth"), Network(nameof(Eighteen))] public partial class EighteenAlone;
    [Adapters(2), StartFrom("resnet18.pth"), Network(nameof(Eighteen))] public partial class EighteenAdapted;
    [HardSharing, Network(nameof(Fifty))] public partial class OnFifty;
}
