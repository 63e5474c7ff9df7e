using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>A trunk whose features are its inputs, so that an objective can be computed for given features.</summary>
public sealed class Identity() : nn.Module<Tensor, Tensor>(nameof(Identity))
{
    public override Tensor forward(Tensor input) => input.alias();
}

/// <summary>An experiment of two binary tasks on two given features.</summary>
[Experiment("toy-binary")]
[Dataset<NoData>]
public static partial class ToyBinary
{
    [Binary]
    public enum Label { First, Second }

    [Input(2), Trunk<Identity>(2)]
    public partial class Given;

    [HardSharing, L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class MtNn;

    [Amtfl(Bias = false), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Printed;

    [Amtfl, L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class WithBias;

    [Amtfl(Bias = false), Uncertainty, L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Exact;

    [Amtfl(Bias = false), Uncertainty(Placement = Placement.WeightOnly), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class WeightOnly;

    [Amtfl(Bias = false), Uncertainty(Likelihood = Likelihood.Approximate, Placement = Placement.Literal)]
    [L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Approximate;

    [Amtfl(Bias = false), Uncertainty(Placement = Placement.Reliability), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Reliability;

    [Amtfl(Bias = false), Uncertainty(Shared = true), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class SharedSigma;

    [DeepAmtl, L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Amtl;

    [HardSharing, Uncertainty(Likelihood = Likelihood.Approximate)]
    public partial class Kendall;

    [HardSharing, FeatureNorm(0.01)]
    public partial class Norm;

    [HardSharing, L2(0.3)]
    public partial class Decayed;
}

/// <summary>An experiment of two regressions on two given features.</summary>
[Experiment("toy-regression")]
[Dataset<NoData>]
public static partial class ToyRegression
{
    [Regression]
    public enum Label { First, Second }

    [Input(2), Trunk<Identity>(2)]
    public partial class Given;

    [Amtfl(Bias = false), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Printed;

    [Amtfl(Bias = false), Uncertainty, L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class WeightOnly;

    [Amtfl(Bias = false), Uncertainty(Placement = Placement.Reliability), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Reliability;

#pragma warning disable UAM012   // the value of the paper's formula is tested, although it rewards transfer
    [Amtfl(Bias = false), Uncertainty(Placement = Placement.Literal), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class Literal;
#pragma warning restore UAM012

    [Amtfl(Bias = false, Linear = true), L1(1e-4, On = Part.Heads, Subgradient = true)]
    public partial class LinearFeatures;

    [HardSharing, Uncertainty]
    public partial class Kendall;
}

/// <summary>An experiment of one task.</summary>
[Experiment("toy-single")]
[Dataset<NoData>]
public static partial class ToySingle
{
    [Binary]
    public enum Label { Only }

    [Input(5), Linear(4), Tanh]
    public partial class Net;

    [HardSharing]
    public partial class Mtl;

    [SingleTask]
    public partial class Stl;
}
