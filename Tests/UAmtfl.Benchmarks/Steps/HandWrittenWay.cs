using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Tests.Training;
using UAmtfl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>A training loop as one writes it for one network: data in memory, one index_select a batch, one dispose scope a step, no value
/// read before the end.</summary>
/// <param name="name">For the table.</param>
/// <param name="inputs">[N, …], as <see cref="Objective"/> takes them.</param>
/// <param name="labels">[N, T]</param>
internal abstract class HandWrittenWay(string name, Tensor inputs, Tensor labels) : Way(name)
{
    /// <summary>The step size of every experiment here.</summary>
    protected const double LearningRate = 1e-3;

    private IOptimizer? optimizer;

    /// <inheritdoc/>
    public override double Train(int batches)
    {
        using var scope = NewDisposeScope();
        var rows = arange((long)batches * BatchSize);
        var total = zeros([], dtype: float64);
        for (var i = 0; i < batches; i++)
        {
            using var step = NewDisposeScope();
            optimizer!.ZeroGradients();
            var chosen = rows.narrow(0, i * BatchSize, BatchSize);
            var objective = Objective(inputs.index_select(0, chosen), labels.index_select(0, chosen));
            objective.backward();
            optimizer.Step(LearningRate);
            using var frozen = no_grad();
            Project(LearningRate);
            total.add_(objective.detach());
        }

        return total.item<double>() / batches;
    }

    /// <inheritdoc/>
    public override void Dispose() => optimizer?.Dispose();

    /// <summary>What follows the optimiser's step, under no_grad: proximal operators.</summary>
    protected virtual void Project(double learningRate)
    {
    }

    /// <summary>The objective of a batch, but for the weight decay and what <see cref="Project"/> does.</summary>
    protected abstract Tensor Objective(Tensor x, Tensor y);

    /// <summary>Steps the groups with the fused Adam that the library uses.</summary>
    protected void UseFusedAdam(IReadOnlyList<ParameterGroup> groups) => optimizer = new FusedOptimizer(Plan, groups);

    /// <summary>Steps the groups with TorchSharp's Adam.</summary>
    protected void UseTorchSharpAdam(IReadOnlyList<ParameterGroup> groups) => optimizer = new ManagedOptimizer(Plan, groups);

    /// <summary>A parameter with the values of a copied weight.</summary>
    protected static Parameter Own(Tensor weight) => new(weight.clone());

    /// <summary>A linear layer with copied weights.</summary>
    public static Linear Linear(Tensor weight, Tensor bias)
    {
        var layer = nn.Linear(weight.shape[1], weight.shape[0], dtype: weight.dtype);
        using var frozen = no_grad();
        layer.weight.copy_(weight);
        layer.bias!.copy_(bias);
        return layer;
    }

    /// <summary>BCE(o_t, y_t) [T], means over the batch.</summary>
    public static Tensor TaskLosses(Tensor logits, Tensor y) =>
        F.binary_cross_entropy_with_logits(logits, y, reduction: nn.Reduction.None).mean([0L]);

    private static TrainingPlan Plan => new() { LearningRate = LearningRate };
}
