using TorchSharp.Modules;
using UAmtfl.Data;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Single-task learning as it is often written: one network, one loss and one optimiser for each task, trained one after the
/// other.</summary>
internal sealed class OneByOne : Way
{
    private readonly Tensor inputs;
    private readonly Labels labels;
    private readonly List<(Linear? Hidden, Linear Head, IOptimizer Optimizer)> networks = [];

    /// <summary>Builds the networks with copies of the given weights.</summary>
    /// <param name="data">Inputs and labels.</param>
    /// <param name="tasks">T, the number of tasks.</param>
    /// <param name="hidden">The number of hidden units of each network, or 0 for linear models.</param>
    /// <param name="weights">The weights of the batched networks, by name.</param>
    public OneByOne(Samples data, int tasks, int hidden, Dictionary<string, Tensor> weights) : base("one by one")
    {
        inputs = data.Inputs;
        labels = Labels.From(data.Labels, [.. Enumerable.Range(0, tasks)]);
        for (var t = 0; t < tasks; t++)
        {
            var first = hidden == 0
                ? null
                : HandWrittenWay.Linear(weights["Trunks.Linear1.Weight"][t], weights["Trunks.Linear1.Bias"].narrow(0, t * hidden, hidden));
            var head = HandWrittenWay.Linear(weights["HeadWeight"].narrow(0, t, 1), weights["HeadBias"].narrow(0, t, 1));
            IReadOnlyList<Tensor> parameters = [.. first?.parameters() ?? [], .. head.parameters()];
            networks.Add((first, head, new FusedOptimizer(new() { LearningRate = 1e-3 }, [new(Owner.OneTask, parameters, Decay: 1e-4)])));
        }
    }

    /// <inheritdoc/>
    public override double Train(int batches)
    {
        using var scope = NewDisposeScope();
        var total = zeros([]);
        for (var batch = 0; batch < batches; batch++)
        {
            for (var t = 0; t < networks.Count; t++)
            {
                using var step = NewDisposeScope();
                var (hidden, head, optimizer) = networks[t];
                optimizer.ZeroGradients();
                var x = inputs.narrow(0, batch * BatchSize, BatchSize);
                var y = labels.Rows(batch * BatchSize, BatchSize).Tasks(t, 1);
                var loss = Losses.Loss.Squared(head.call(hidden is null ? x : nn.functional.relu(hidden.call(x))), y).sum();
                loss.backward();
                optimizer.Step(1e-3);
                using var frozen = no_grad();
                total.add_(loss.detach());
            }
        }

        return total.item<float>() / batches;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var (hidden, head, optimizer) in networks)
        {
            optimizer.Dispose();
            hidden?.Dispose();
            head.Dispose();
        }

        labels.Values.Dispose();
        labels.Observed?.Dispose();
    }
}
