using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Weighting;

/// <summary>A weighting that returns NaN from its third step on.</summary>
public sealed class GivesNaN(int tasks) : LossWeighting(tasks)
{
    private int steps;

    public override Tensor forward(Tensor input) => input.sum() * (++steps < 3 ? 1 : double.NaN);
}

public sealed class GivesDetached(int tasks) : LossWeighting(tasks)
{
    public override Tensor forward(Tensor input) => input.detach().sum();
}

public sealed class GivesLosses(int tasks) : LossWeighting(tasks)
{
    public override Tensor forward(Tensor input) => input * 2;
}

public sealed class ThrowsOfLosses(int tasks) : LossWeighting(tasks)
{
    public override Tensor forward(Tensor input) => throw new InvalidOperationException("first\nsecond");
}

public sealed class KeepsParameter : LossWeighting
{
    private readonly Tensor[] scales = [ones(1, dtype: ScalarType.Float32, requires_grad: true).DetachFromDisposeScope()];

    public KeepsParameter(int tasks)
        : base(tasks)
    {
    }

    public override Tensor forward(Tensor input) => (input * scales[0]).sum();
}

/// <summary>A weighting whose source seems to register a parameter, which at run time it does not.</summary>
public sealed class RegistersNone : LossWeighting
{
    public RegistersNone(int tasks)
        : base(tasks)
    {
        if (tasks < 0)
        {
            register_parameter("factor", new(ones(1)));
        }
    }

    public override Tensor forward(Tensor input) => input.sum();
}

public sealed class KeepsNegative : LossWeighting
{
    public KeepsNegative(int tasks)
        : base(tasks) => Keep("mean", tasks - 100);

    public override Tensor forward(Tensor input) => input.sum();
}

public sealed class ThrowsAfterEpoch(int tasks) : LossWeighting(tasks)
{
    public override Tensor forward(Tensor input) => input.sum();

    public override void EpochEnded(Tensor meanLosses) => throw new InvalidOperationException("ended");
}

public sealed class ThrowsOfGramian(int tasks) : GramianWeighting(tasks)
{
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => [losses[99]];
}

public sealed class GivesNoWeights(int tasks) : GramianWeighting(tasks)
{
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => null!;
}

public sealed class NaNDirection(int tasks) : JacobianWeighting(tasks)
{
    public override Tensor Direction(Tensor jacobian, Tensor losses) => jacobian.sum(dim: 0) * double.NaN;
}

public sealed class ThrowsOfJacobian(int tasks) : JacobianWeighting(tasks)
{
    public override Tensor Direction(Tensor jacobian, Tensor losses) => throw new NotSupportedException("no");
}

public sealed class TooFewOfTwo(int tasks) : CrossWeighting(tasks)
{
    public override double[] Weights(Gramian cross) => [1];
}

public sealed class ThrowsOfTwo(int tasks) : CrossWeighting(tasks)
{
    public override double[] Weights(Gramian cross) => throw new NotSupportedException("no");
}

public sealed class NaNOfLevels(int tasks) : BilevelWeighting(tasks)
{
    public override (double[] Lower, double[]? Upper) Weights(BilevelProblem problem) => ([.. Enumerable.Repeat(double.NaN, Tasks)], null);
}

public sealed class ThrowsOfLevels(int tasks) : BilevelWeighting(tasks)
{
    public override (double[] Lower, double[]? Upper) Weights(BilevelProblem problem) => throw new NotSupportedException("no");
}

/// <summary>Variants with one faulty weighting each.</summary>
[Experiment("own-mistakes", Seeds = 1), Dataset<TinyImages>, Training(Epochs = 1, BatchSize = 10), Adam(1e-3)]
public static partial class OwnMistakes
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

    [Input(1, 8, 8), Flatten, Linear(5), ReLU] public partial class Mlp;

    [HardSharing, L2(1e-4), Weighting<GivesNaN>] public partial class NaN;
    [HardSharing, FeatureNorm(0.1), Weighting<GivesDetached>] public partial class Detached;
    [HardSharing, Weighting<GivesLosses>] public partial class Shape;
    [HardSharing, Weighting<ThrowsOfLosses>] public partial class Throws;
    [HardSharing, Weighting<KeepsParameter>] public partial class Unregistered;
    [HardSharing, Weighting<RegistersNone>(LearningRateScale = 2)] public partial class NoParameters;
    [HardSharing, Weighting<KeepsNegative>] public partial class Negative;
    [HardSharing, Weighting<ThrowsAfterEpoch>] public partial class Ended;
    [HardSharing, Weighting<ThrowsOfGramian>] public partial class GramianThrows;
    [HardSharing, Weighting<GivesNoWeights>] public partial class GramianNull;
    [HardSharing, Weighting<NaNDirection>] public partial class JacobianNaN;
    [HardSharing, Weighting<ThrowsOfJacobian>] public partial class JacobianThrows;
    [HardSharing, Weighting<TooFewOfTwo>] public partial class CrossFew;
    [HardSharing, Weighting<ThrowsOfTwo>] public partial class CrossThrows;
    [HardSharing, Weighting<NaNOfLevels>] public partial class BilevelNaN;
    [HardSharing, Weighting<ThrowsOfLevels>] public partial class BilevelThrows;
}

/// <summary>A faulty weighting of one's own fails its cell with one line that names the weighting and its fault.</summary>
public sealed class OwnWeightingTests
{
    [Theory]
    [InlineData("NaN", "the weighting GivesNaN gave a value that is not finite, of task losses that are; mend its arithmetic")]
    [InlineData(
        "Detached",
        "the weighting GivesDetached gave a value that is detached from the losses, so that nothing is trained; detach weights alone")]
    [InlineData("Shape", "the weighting GivesLosses gave a value of shape [6]; give one number, such as the sum")]
    [InlineData("Throws", "the weighting ThrowsOfLosses ended in an exception (InvalidOperationException) in its forward: first")]
    [InlineData(
        "Unregistered",
        "the weighting KeepsParameter keeps a parameter in 'scales' that is not registered, and would not be trained; "
            + "make it a field of type Parameter, or use register_parameter and get_parameter")]
    [InlineData(
        "NoParameters",
        "the weighting RegistersNone has no parameters of its own, so that LearningRateScale = 2 changes nothing; leave it out")]
    [InlineData("Negative", "the weighting KeepsNegative keeps -94 numbers as 'mean'; the length must be at least 0")]
    [InlineData("Ended", "the weighting ThrowsAfterEpoch ended in an exception (InvalidOperationException) in its EpochEnded: ended")]
    [InlineData(
        "GramianThrows",
        "the weighting ThrowsOfGramian ended in an exception (IndexOutOfRangeException) in its Weights: "
            + "Index was outside the bounds of the array.")]
    [InlineData("GramianNull", "the weighting GivesNoWeights gave no weights for 6 tasks; give one for each")]
    [InlineData(
        "JacobianNaN", "the weighting NaNDirection gave a direction that is not finite, of gradients that are; mend its arithmetic")]
    [InlineData("JacobianThrows", "the weighting ThrowsOfJacobian ended in an exception (NotSupportedException) in its Direction: no")]
    [InlineData("CrossFew", "the weighting TooFewOfTwo gave 1 weights for 6 tasks; give one for each")]
    [InlineData("CrossThrows", "the weighting ThrowsOfTwo ended in an exception (NotSupportedException) in its Weights: no")]
    [InlineData(
        "BilevelNaN", "the weighting NaNOfLevels gave a weight that is not finite, of gradients and losses that are; mend its arithmetic")]
    [InlineData("BilevelThrows", "the weighting ThrowsOfLevels ended in an exception (NotSupportedException) in its Weights: no")]
    public void ItsMistakeIsSaidByItsName(string name, string message)
    {
        var variant = OwnMistakes.Descriptor.Variants.First(v => v.Name == name);
        var failure = Assert.Throws<UAmtflException>(() =>
            TestCell.Run(
                OwnMistakes.Descriptor, variant, variant.Bind(TestSettings.Empty), variant.Plan, new(null, 1), _ => { }, default));
        Assert.StartsWith(message, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
