namespace UAmtfl.Benchmarks;

/// <summary>An experiment with ten one-vs-all digits on LeNet, the network of the main experiment.</summary>
[Experiment("lenet-digits", Seeds = 1)]
[Dataset<SyntheticImages>]
[Training(Epochs = 1, BatchSize = 100), Adam(1e-3)]
public static partial class LeNetDigits
{
    [Binary(OneVsAll = true)]
    public enum Digit { Zero, One, Two, Three, Four, Five, Six, Seven, Eight, Nine }

    [Input(1, 28, 28)]
    [Conv2d(20, Kernel = 5), ReLU, MaxPool2d(2)]
    [Conv2d(50, Kernel = 5), ReLU, MaxPool2d(2)]
    [Flatten, Linear(500), ReLU]
    public partial class LeNet;

    [Baseline]
    [HardSharing, L2(1e-4)]
    public partial class Cnn;

    [SingleTask, L2(1e-4)]
    public partial class Alone;

    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
    public partial class UAmtfl;
}
