using UAmtfl.Tests.Training.Architectures;

namespace UAmtfl.Tests.Training;

/// <summary>Variants that start from another, and freeze parts of their networks.</summary>
[Experiment("started", Seeds = 1)]
[Dataset<TinyImages>]
[Training(Epochs = 3, BatchSize = 16, EvaluateEvery = 1), Adam(1e-2)]
public static partial class Started
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

    [Input(1, 8, 8)]
    [Conv2d(4, Kernel = 3, Padding = 1), BatchNorm, ReLU, MaxPool2d(2)]
    [Flatten, Linear(10), Sigmoid]
    public partial class Net;

    /// <summary>Declared before the variant that it starts from.</summary>
    [SingleTask, StartFrom(nameof(Pre)), L2(1e-3), L1(1e-3)]
    public partial class Tuned;

    [PreTraining, HardSharing]
    public partial class Pre;

    [Baseline, HardSharing, StartFrom(nameof(Pre), Part = Part.All), Freeze(Part.Trunk), L2(1e-2), L1(1e-2)]
    public partial class Probe;

    /// <summary>The trunk of another variant as it is, with what each task changes in it.</summary>
    [Adapters(2), StartFrom(nameof(Pre)), Freeze(Part.Trunk), L2(1e-2)]
    public partial class Changed;

    [HardSharing, StartFrom(nameof(Pre), Paths = ["Trunk.Conv1", "HeadBias"]), Freeze(Part.Trunk, Epochs = 2), Sgd(0.1, Momentum = 0.9)]
    public partial class Thawed;

    [OnRequest, HardSharing, StartFrom(nameof(AllArchitectures.Together), Of = typeof(AllArchitectures))]
    public partial class Abroad;
}
