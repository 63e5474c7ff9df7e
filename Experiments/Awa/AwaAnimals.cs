namespace UAmtfl.Experiments.Awa;

/// <summary>50 one-vs-all animals on ResNet-18, fine-tuned from a base network (AWA-C of Lee et al. 2018, section 4.2)</summary>
// The paper gives no schedule; fine-tuning starts at the learning rate at which the base network ends.
[Experiment("awa-c", Seeds = 5)]
[Dataset<AwaPhotographs>]
[Training(Epochs = 20, BatchSize = 32), Sgd(5e-4, Momentum = 0.9), StepDecay(At = 0.5, Factor = 0.1)]
public static partial class AwaAnimals
{
    /// <summary>The network of He et al. 2016, on photographs that are mirrored and shifted at random in training.</summary>
    [Input(3, AwaPhotographs.Side, AwaPhotographs.Side), RandomFlip, RandomCrop(Padding = 16), ResNet18]
    public partial class Residual;

    /// <summary>The base network, trained from scratch with weight decay everywhere.</summary>
    [Baseline]
    [HardSharing, L2(1e-4)]
    [Training(Epochs = 100, BatchSize = 32), Sgd(0.05, Momentum = 0.9), StepDecay(At = 0.5, AlsoAt = [0.75], Factor = 0.1)]
    public partial class Cnn;

    /// <summary>The base network, trained on with sparse heads.</summary>
    [HardSharing, StartFrom(nameof(Cnn), Part = Part.All)]
    [L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class MtCnn;

    /// <summary>Asymmetric transfer between heads.</summary>
    [DeepAmtl(Alpha = 0.1, Gamma = 0.01), StartFrom(nameof(Cnn), Part = Part.All)]
    [L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class DeepAmtl;

    /// <summary>Asymmetric transfer from tasks to features.</summary>
    [Amtfl(Alpha = 0.1, Gamma = 0.01), StartFrom(nameof(Cnn), Part = Part.All)]
    [L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class DeepAmtfl;

    /// <summary>Asymmetric transfer from tasks to features, weighted by learnt task uncertainty; it is not in the paper's table.</summary>
    [Proposed]
    [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, StartFrom(nameof(Cnn), Part = Part.All)]
    [L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class UAmtfl;
}
