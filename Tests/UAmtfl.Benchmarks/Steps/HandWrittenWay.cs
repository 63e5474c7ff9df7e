using TorchSharp.Modules;
using UAmtfl.Tests.Training;
using UAmtfl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>A training loop as an expert writes it for one network: data in memory, one index_select a batch, one dispose scope a step,
/// and no value read before the end.</summary>
/// <param name="name">The name in the table.</param>
/// <param name="inputs">The inputs [N, …], in the shape that <see cref="Objective"/> takes.</param>
/// <param name="labels">The labels [N, T].</param>
/// <param name="batchSize">The number of samples in a batch.</param>
internal abstract class HandWrittenWay(string name, Tensor inputs, Tensor labels, int batchSize = 100) : Way(name, batchSize)
{
    /// <summary>The learning rate of every experiment of the benchmarks.</summary>
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

    /// <summary>Applies proximal operators after a step of the optimiser, without recording gradients. By default does nothing.</summary>
    protected virtual void Project(double learningRate)
    {
    }

    /// <summary>Computes the objective of a batch, without weight decay and without penalties that <see cref="Project"/>
    /// applies.</summary>
    protected abstract Tensor Objective(Tensor x, Tensor y);

    /// <summary>Trains the parameter groups with the fused Adam of the library.</summary>
    protected void UseFusedAdam(IReadOnlyList<ParameterGroup> groups) => optimizer = new FusedOptimizer(Plan, groups);

    /// <summary>Trains the parameter groups with the Adam of TorchSharp.</summary>
    protected void UseTorchSharpAdam(IReadOnlyList<ParameterGroup> groups) => optimizer = new ManagedOptimizer(Plan, groups);

    /// <summary>Creates a parameter with a copy of the given weights.</summary>
    protected static Parameter Own(Tensor weight) => new(weight.clone());

    /// <summary>Creates a linear layer with copies of the given weights.</summary>
    public static Linear Linear(Tensor weight, Tensor bias)
    {
        var layer = nn.Linear(weight.shape[1], weight.shape[0], dtype: weight.dtype);
        using var frozen = no_grad();
        layer.weight.copy_(weight);
        layer.bias!.copy_(bias);
        return layer;
    }

    /// <summary>Computes the mean binary cross-entropy over the batch for each task: BCE(o_t, y_t) [T].</summary>
    public static Tensor TaskLosses(Tensor logits, Tensor y) =>
        F.binary_cross_entropy_with_logits(logits, y, reduction: nn.Reduction.None).mean([0L]);

    private static TrainingPlan Plan => new() { LearningRate = LearningRate };
}
