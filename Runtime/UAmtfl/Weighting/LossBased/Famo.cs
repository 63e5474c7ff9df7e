using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Learns weights so that all losses fall at the same rate: fast adaptive multitask optimisation, FAMO, c Σ_t z_t log L_t with
/// z = softmax(w) and c = 1 / Σ_t z_t/L_t held constant (Liu, Feng, Stone and Liu 2023, NeurIPS, algorithm 1). After the step, w
/// descends along δ_t = log L_t − log L_t′ through the softmax, with L_t′ the losses of the same batch under the new parameters.</summary>
/// <remarks>Scale: the weights c z_t/L_t of the losses sum to 1. The lower bound of the losses is 0, and 1e-8 is added to each, as in
/// the official implementation and LibMTL; Adam for w and its settings are theirs too. A task without a label in the batch has no part
/// in z, and no gradient of w. Noise of the network between the two passes, such as dropout, affects w.</remarks>
public sealed class Famo : LossWeighting, ILossesAfterStep
{
    private const double Floor = 1e-8, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    /// <summary>The value that is kept for a task without a label, which cannot be a loss because losses are not below 0.</summary>
    private static readonly Scalar NoLabel = -1.0;

    private readonly double learningRate, decay;
    private readonly StateTensor logits, first, second, before;
    private readonly StateArray steps;

    /// <summary>Starts with w = 0.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="learningRate">The learning rate of w, above 0; 0.025 in the official implementation.</param>
    /// <param name="decay">The weight decay of w, at least 0; 0.001 in the official implementation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Famo(int tasks, double learningRate, double decay)
        : base(tasks)
    {
        (this.learningRate, this.decay) = (
            WeightingArguments.In<FamoAttribute>(learningRate), WeightingArguments.In<FamoAttribute>(decay));
        using var scope = NewDisposeScope();
        var start = zeros(tasks, dtype: ScalarType.Float64);
        (logits, first, second, before) = (
            KeepTensor("w", start), KeepTensor("first", start), KeepTensor("second", start), KeepTensor("before", start));
        steps = Keep("steps", 1);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var losses = Filled(input + Floor, Absent.One);
        Tensor weights;
        using (no_grad())
        {
            before.Value.copy_(Filled(input, NoLabel));
            var z = Shares(Present);
            weights = z / (z / losses).sum();
        }

        return losses.log().dot(weights).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void StepEnded(Tensor losses)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var present = before.Value.ne(NoLabel);
        var z = Shares(present);
        var fall = Absent.Filled((before.Value + Floor).log() - (losses + Floor).log(), present, Absent.Zero);
        Adam((z * (fall - z.dot(fall))) + (logits.Value * decay));
    }

    /// <summary>Returns softmax(w) over the tasks with a label; equal shares if there are none.</summary>
    private Tensor Shares(Tensor? present) => Absent.Filled(logits.Value, present, Absent.Never).softmax(0);

    /// <summary>Makes a step of Adam (Kingma and Ba 2015, algorithm 1). The number of steps is in main memory, so that nothing is read
    /// from the device.</summary>
    private void Adam(Tensor gradient)
    {
        var step = ++steps.Values[0];
        var (m, v) = (first.Value, second.Value);
        m.mul_(Beta1).add_(gradient, 1 - Beta1);
        v.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var root = v.sqrt().mul_(1 / Math.Sqrt(1 - Math.Pow(Beta2, step))).add_(Epsilon);
        logits.Value.addcdiv_(m, root, -learningRate / (1 - Math.Pow(Beta1, step)));
    }
}
