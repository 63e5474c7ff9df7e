namespace UAmtfl.Experiments.FacesOfFonts;

// The architectures of Misra et al. 2016, Lu et al. 2017 and Guo et al. 2020 on attributes of one image, of two kinds that have little
// in common; README.md says what differs.
/// <summary>Attributes of letters in faces of free fonts, whose test families are in no other set: architectures that branch</summary>
[Experiment("faces-of-fonts", Seeds = 1)]
[Dataset<FaceImages>]
[Training(Epochs = 12, BatchSize = 32), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
public static partial class FontFaces
{
    /// <summary>The tasks: four attributes of the face, nine of the letter, and the letter itself.</summary>
    [Binary]
    public enum Trait
    {
        Serif, Bold, Slanted, Monospaced,
        Capital, Vowel, Counter, Ascender, Descender, Mirrored, Straight, Diagonal, Turned,
        [Classification(FaceImages.Alphabet)] Letter,
    }

    /// <summary>A thin network, whose first convolution is common to all architectures.</summary>
    [Input(1, FaceImages.Side, FaceImages.Side)]
    [Conv2d(8, Kernel = 5), MaxPool2d(2), ReLU]
    [Split, Conv2d(16, Kernel = 5), MaxPool2d(2), ReLU]
    [Split, Flatten, Linear(32), ReLU]
    public partial class Thin;

    /// <summary>The same network with four times as many channels and features.</summary>
    [Input(1, FaceImages.Side, FaceImages.Side)]
    [Conv2d(32, Kernel = 5), MaxPool2d(2), ReLU]
    [Conv2d(64, Kernel = 5), MaxPool2d(2), ReLU]
    [Flatten, Linear(128), ReLU]
    public partial class Wide;

    /// <summary>Single-task learning: a network for each attribute.</summary>
    [Baseline, SingleTask, Network(nameof(Thin))]
    public partial class Alone;

    /// <summary>A shared network, trained with the sum of the losses.</summary>
    [HardSharing, Network(nameof(Thin))]
    public partial class Shared;

    /// <summary>A shared network that is four times as wide.</summary>
    [Control]
    [HardSharing, Network(nameof(Wide))]
    public partial class WideShared;

    /// <summary>Losses weighted by learnt task uncertainty.</summary>
    [HardSharing, Uncertainty(Likelihood = Likelihood.Approximate), Network(nameof(Thin))]
    public partial class Kendall;

    /// <summary>Gradients of the features without the parts that conflict.</summary>
    [HardSharing, PcGrad(Site = GradientSite.Representation), Network(nameof(Thin))]
    public partial class Surgery;

    /// <summary>A network for each attribute, with activations that are mixed after each stretch.</summary>
    [CrossStitch, Network(nameof(Thin))]
    public partial class Stitched;

    /// <summary>A network that splits, from the last stretch to the first, if the attributes find different images difficult.</summary>
    [FullyAdaptive(EpochsBetweenSplits = 3), Network(nameof(Thin)), Grid("SplitAlpha", 1, 2, 4)]
    public partial class Adaptive;

    /// <summary>A tree that is learnt in the first five epochs.</summary>
    [LearnToBranch(SearchEpochs = 5), Network(nameof(Thin))]
    public partial class Branched;
}
