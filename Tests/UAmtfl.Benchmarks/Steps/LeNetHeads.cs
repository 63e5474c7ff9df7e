using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>The heads of a LeNet by hand, with the objective.</summary>
internal abstract class LeNetHeads(Dictionary<string, Tensor> weights)
{
    /// <summary>W [10, 500]</summary>
    protected Parameter Weight { get; } = new(weights["HeadWeight"].clone());

    /// <summary>b [10]</summary>
    protected Parameter Bias { get; } = new(weights["HeadBias"].clone());

    /// <summary>The parameters.</summary>
    public abstract IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>The objective of a batch.</summary>
    /// <param name="z">[N, 500]</param>
    /// <param name="y">[N, 10]</param>
    public abstract Tensor Objective(Tensor z, Tensor y);

    /// <summary>What follows the optimiser's step, under no_grad.</summary>
    public virtual void Project(double learningRate)
    {
    }
}

/// <summary>Hard sharing as LibMTL computes it: a module and a loss a task, each loss read as soon as it is there.</summary>
internal sealed class LoopedHeads : LeNetHeads
{
    private readonly HeadLoop loop;

    public LoopedHeads(Dictionary<string, Tensor> weights) : base(weights) => loop = new(Weight, Bias);

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterGroup> Groups => [new("heads", loop.Parameters, Decay: 1e-4)];

    /// <inheritdoc/>
    public override Tensor Objective(Tensor z, Tensor y) => loop.Objective(z, y);
}

/// <summary>Hard sharing: Σ_t BCE(o_t, y_t).</summary>
internal sealed class HardSharingHeads(Dictionary<string, Tensor> weights) : LeNetHeads(weights)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ParameterGroup> Groups => [new("heads", [Weight, Bias], Decay: 1e-4)];

    /// <inheritdoc/>
    public override Tensor Objective(Tensor z, Tensor y) => HandWrittenWay.TaskLosses(F.linear(z, Weight, Bias), y).sum();
}

/// <summary>U-AMTFL: Σ_t (1 + α‖a_t‖₁) (BCE(o_t / σ_t², y_t) + δ) + γ/N ‖relu(OA + b_A) − Z‖², equal numbers of labels a task;
/// μ‖W‖₁ by its proximal operator after each step.</summary>
internal sealed class UAmtflHeads(Dictionary<string, Tensor> weights) : LeNetHeads(weights)
{
    private const double Alpha = 0.1, Gamma = 0.01, Mu = 1e-4, Floor = 1e-3;

    private readonly Parameter feedback = new(weights["Feedback"].clone());
    private readonly Parameter feedbackBias = new(weights["FeedbackBias"].clone());
    private readonly Parameter logVariance = new(weights["LogVariance"].clone());

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterGroup> Groups =>
        [new("heads", [Weight, Bias, feedback, feedbackBias]), new("log-variances", [logVariance], LearningRateScale: 10)];

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
