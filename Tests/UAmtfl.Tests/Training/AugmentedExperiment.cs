namespace UAmtfl.Tests.Training;

/// <summary>Networks that change the images at random in training.</summary>
[Experiment("augmented", Seeds = 1)]
[Dataset<TinyImages>]
[Training(Epochs = 2, BatchSize = 16), Adam(1e-2)]
public static partial class Augmented
{
    public enum Label
    {
        [Regression] Corner,
        [Binary] Bright,
        [Classification(3)] Third,
        [Regression] Level,
        [Binary] Dot,
        [Classification(3)] Fourth,
    }

    [Input(1, 8, 8), RandomFlip, RandomCrop(Padding = 2), Conv2d(3), ReLU, MaxPool2d(2), Flatten, Linear(5), Tanh]
    public partial class Net;

    [Baseline, HardSharing, PcGrad(Site = GradientSite.Trunk)]
    public partial class Together;

    [SingleTask]
    public partial class Alone;

    [CrossStitch]
    public partial class Stitched;

    [Mmoe(2)]
    public partial class Mixed;

    [Mtan]
    public partial class Attended;

    [LearnToBranch(SearchEpochs = 1), PcGrad(Site = GradientSite.Trunk)]
    public partial class Branched;
}
