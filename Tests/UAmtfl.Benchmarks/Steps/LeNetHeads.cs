using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>Hand-written heads on the features of a LeNet, with the objective that trains both.</summary>
internal abstract class LeNetHeads(Dictionary<string, Tensor> weights)
{
    /// <summary>The heads' weights W [10, 500].</summary>
    protected Parameter Weight { get; } = new(weights["HeadWeight"].clone());

    /// <summary>The heads' biases b [10].</summary>
    protected Parameter Bias { get; } = new(weights["HeadBias"].clone());

    /// <summary>The parameters of the heads, grouped for the optimiser.</summary>
    public abstract IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>Computes the objective of a batch.</summary>
    /// <param name="z">The features Z [N, 500].</param>
    /// <param name="y">The labels [N, 10].</param>
    public abstract Tensor Objective(Tensor z, Tensor y);

    /// <summary>Applies proximal operators after a step of the optimiser, without recording gradients. By default does nothing.</summary>
    public virtual void Project(double learningRate)
    {
    }
}

/// <summary>Hard sharing as LibMTL computes it: a module and a loss for each task, and each loss read at once.</summary>
internal sealed class LoopedHeads : LeNetHeads
{
    private readonly HeadLoop loop;

    public LoopedHeads(Dictionary<string, Tensor> weights) : base(weights) => loop = new(Weight, Bias);

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterGroup> Groups => [new(Owner.OneTask, loop.Parameters, Decay: 1e-4)];

    /// <inheritdoc/>
    public override Tensor Objective(Tensor z, Tensor y) => loop.Objective(z, y);
}

/// <summary>Hard sharing with the heads of all tasks in one matrix: Σ_t BCE(o_t, y_t).</summary>
internal sealed class HardSharingHeads(Dictionary<string, Tensor> weights) : LeNetHeads(weights)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ParameterGroup> Groups => [new(Owner.OneTask, [Weight, Bias], Decay: 1e-4)];

    /// <inheritdoc/>
    public override Tensor Objective(Tensor z, Tensor y) => HandWrittenWay.TaskLosses(F.linear(z, Weight, Bias), y).sum();
}

/// <summary>U-AMTFL for tasks with equal numbers of labels: Σ_t (1 + α‖a_t‖₁) (BCE(o_t / σ_t², y_t) + δ) + γ/N ‖relu(OA + b_A) − Z‖²,
/// with μ‖W‖₁ by its proximal operator after each step.</summary>
internal sealed class UAmtflHeads(Dictionary<string, Tensor> weights) : LeNetHeads(weights)
{
    private const double Alpha = 0.1, Gamma = 0.01, Mu = 1e-4, Floor = 1e-3;

    private readonly Parameter feedback = new(weights["Feedback"].clone());
    private readonly Parameter feedbackBias = new(weights["FeedbackBias"].clone());
    private readonly Parameter logVariance = new(weights["LogVariance"].clone());

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterGroup> Groups =>
        [new(Owner.OneTask, [Weight, Bias, feedback, feedbackBias]), new(Owner.OneTask, [logVariance], LearningRateScale: 10)];

    /// <inheritdoc/>
    public override Tensor Objective(Tensor z, Tensor y)
    {
        var o = F.linear(z, Weight, Bias);
        var losses = HandWrittenWay.TaskLosses(o * (-logVariance).exp(), y) + Floor;
        var price = 1 + (Alpha * feedback.abs().sum(1));
        var error = (F.relu(F.linear(o, feedback.t(), feedbackBias)) - z).square().sum(1).mean();
        return (price * losses).sum() + (Gamma * error);
    }

    /// <inheritdoc/>
    public override void Project(double learningRate) => Weight.copy_(F.softshrink(Weight, learningRate * Mu));
}
