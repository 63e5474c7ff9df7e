using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Weighting;

/// <summary>A weighting with the weights 1, 2, … T, which remembers the last inner products that it was given.</summary>
public sealed class Counting(int tasks) : GramianWeighting(tasks)
{
    public Gramian? Seen { get; private set; }

    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        Seen = gramian;
        return [.. gramian.Tasks.Select(t => t + 1.0)];
    }
}

/// <summary>A weighting with the weights 1, 2, … T on the gradients of transformed losses.</summary>
public sealed class CountingLogs(int tasks) : GramianWeighting(tasks), ILossTransform
{
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => [.. gramian.Tasks.Select(t => t + 1.0)];

    public Tensor Transform(Tensor losses, Tensor? present) => (losses + 1).log();
}

/// <summary>A weighting that combines whole gradients with the weights 1, 2, … T.</summary>
public class CountingFeatures(int tasks) : JacobianWeighting(tasks)
{
    public override Tensor Direction(Tensor jacobian, Tensor losses) =>
        arange(1, Tasks + 1, dtype: jacobian.dtype).unsqueeze(0).matmul(jacobian).squeeze(0);
}

/// <summary>A weighting that combines whole gradients, and remembers for how many parameters it was to allocate memory.</summary>
public sealed class CountingRows(int tasks) : CountingFeatures(tasks)
{
    public long Room { get; private set; }

    public override void Allocate(long parameters, ScalarType dtype, Device device) => Room = parameters;
}

/// <summary>A weighting with the weights 1, 2, … T that gets the gradients of two further batches.</summary>
public sealed class CountingTwice(int tasks) : CrossWeighting(tasks)
{
    public Gramian? Seen { get; private set; }

    public override double[] Weights(Gramian cross)
    {
        Seen = cross;
        return [.. cross.Tasks.Select(t => t + 1.0)];
    }
}

/// <summary>A bilevel weighting that asks for all products and trial steps, and weights both levels.</summary>
public sealed class CountingLevels(int tasks) : BilevelWeighting(tasks)
{
    public const double Rate = 1e-3;

    public Gramian? Products { get; private set; }

    public Gramian? Again { get; private set; }

    public double[]? Stepped { get; private set; }

    public Gramian? Cross { get; private set; }

    public override (double[] Lower, double[]? Upper) Weights(BilevelProblem problem)
    {
        double[] weights = [.. Enumerable.Range(1, Tasks).Select(t => (double)t)];
        (Products, Stepped, Cross) = (problem.AfterStep(weights, Rate), problem.LowerLossesAfter(weights, Rate, 2), problem.Cross());
        Again = problem.AfterStep(weights, Rate);
        return (weights, [.. weights.Select(w => w / 2)]);
    }
}

/// <summary>A weighting that remembers the losses before and after the step.</summary>
public sealed class Looking(int tasks) : LossWeighting(tasks), ILossesAfterStep
{
    public double[]? Before { get; private set; }

    public double[]? After { get; private set; }

    public override Tensor forward(Tensor input)
    {
        Before = input.detach().to(float64).data<double>().ToArray();
        return input.sum();
    }

    public void StepEnded(Tensor losses) => After = losses.to(float64).data<double>().ToArray();
}

/// <summary>A hand-written network with a layer that nothing uses, and a layer that is not trained.</summary>
public sealed class HandFrozen : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear frozen = nn.Linear(64, 9), layer = nn.Linear(9, 7);

    public HandFrozen()
        : base(nameof(HandFrozen))
    {
        RegisterComponents();
        register_module("unused", nn.Linear(3, 3));
        frozen.weight.requires_grad = false;
        frozen.bias!.requires_grad = false;
    }

    public override Tensor forward(Tensor input) =>
        nn.functional.relu(layer.forward(nn.functional.tanh(frozen.forward(input.flatten(1)))));
}

/// <summary>Variants for every site of gradients, for weighted and unweighted heads, and for terms that no weight applies to, with
/// several kinds of tasks and missing labels.</summary>
[Experiment("balanced", Seeds = 1)]
[Dataset<TinyImages>]
[Training(Epochs = 3, BatchSize = 16), Sgd(0.05)]
public static partial class Balanced
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

    [Input(1, 8, 8), Conv2d(4, Kernel = 3, Padding = 1), ReLU, MaxPool2d(2), Conv2d(6, Kernel = 2), Tanh, AvgPool2d(2), Flatten]
    [Linear(10), Sigmoid]
    public partial class Net;

    [Input(1, 8, 8), Flatten, Linear(7), BatchNorm, ReLU, Linear(5)]
    public partial class Normed;

    [Input(1, 8, 8), Trunk<HandWritten>(12)]
    public partial class ByHand;

    [Input(1, 8, 8), Trunk<HandFrozen>(7)]
    public partial class Frozen;

    [Baseline, HardSharing, Weighting<Counting>, Network(nameof(Net)), L1(1e-3, Subgradient = true)]
    public partial class AtTrunk;

    [HardSharing, Weighting<Counting>(Heads = HeadGradients.Weighted), Network(nameof(Net))]
    public partial class AtTrunkWeighted;

    [HardSharing, Weighting<Counting>(Site = GradientSite.LastLayer), Network(nameof(Net)), FeatureNorm(0.1)]
    public partial class AtLastLayer;

    [Amtfl, Weighting<Counting>(Site = GradientSite.Representation), Network(nameof(Net))]
    public partial class AtRepresentation;

    [Amtfl, Weighting<Counting>(Site = GradientSite.Representation, Heads = HeadGradients.Weighted), Network(nameof(Net))]
    public partial class AtRepresentationWeighted;

    [HardSharing, Weighting<CountingLogs>(Heads = HeadGradients.Weighted), Network(nameof(Net))]
    public partial class Logs;

#pragma warning disable UAM032   // the test is about one backward pass for each task
    [HardSharing, Weighting<Counting>, Network(nameof(Normed))]
    public partial class OneByOne;

    [HardSharing, Weighting<Counting>(Site = GradientSite.LastLayer), Network(nameof(Normed))]
    public partial class OneByOneLast;

    [HardSharing, Weighting<CountingRows>, Network(nameof(ByHand)), FeatureNorm(0.1)]
    public partial class RowsOneByOne;
    [HardSharing, Weighting<Counting>, Network(nameof(Frozen))]
    public partial class PartlyFrozen;

    [HardSharing, Weighting<CountingLevels>(Heads = HeadGradients.Weighted), Network(nameof(Frozen))]
    public partial class LevelsPartlyFrozen;
#pragma warning restore UAM032

    [HardSharing, Weighting<CountingRows>, Network(nameof(Net)), FeatureNorm(0.1), L1(1e-3, Subgradient = true)]
    public partial class Rows;

    [Amtfl, Weighting<CountingFeatures>(Site = GradientSite.Representation), Network(nameof(Net))]
    public partial class RowsAtRepresentation;

    [HardSharing, Weighting<CountingTwice>, Network(nameof(Net))]
    public partial class Twice;

    [HardSharing, Weighting<CountingLevels>(Heads = HeadGradients.Weighted), Network(nameof(Net))]
    public partial class Levels;

    [HardSharing, Weighting<CountingLevels>(Heads = HeadGradients.Weighted), Network(nameof(Net)), Dirty(0.01, 0.02)]
    public partial class LevelsOfParts;

    [HardSharing, Weighting<CountingLevels>, Network(nameof(Net))]
    public partial class LevelsAlone;

    [Amtfl(Ramp = 0.5), Weighting<Counting>, Network(nameof(Net)), SparseLowRank(0.01, 0.02)]
    public partial class Parts;

    [Amtfl, Weighting<Looking>, Network(nameof(Net))]
    public partial class LookAtTransfer;

    [HardSharing, Weighting<Looking>, Network(nameof(Net))]
    public partial class Look;
}

/// <summary>Variants that compare gradients of the heads, for which all tasks must have the same number of outputs.</summary>
[Experiment("balanced-heads", Seeds = 1)]
[Dataset<TinyBinary>]
[Training(Epochs = 2, BatchSize = 16), Sgd(0.05)]
public static partial class BalancedHeads
{
    [Binary] public enum Class { First, Second, Third }

    [Input(8), Linear(6), ReLU]
    public partial class Net;

    [Input(8), Linear(5, Bias = false)]
    public partial class Map;

    [Baseline, HardSharing, Weighting<Counting>(Site = GradientSite.TaskHead), Network(nameof(Net))]
    public partial class AtHeads;

    [HardSharing, Weighting<Counting>, Network(nameof(Map))]
    public partial class MapAtTrunk;

    [HardSharing, Weighting<Counting>(Site = GradientSite.Representation), Network(nameof(Map))]
    public partial class MapAtRepresentation;
}
