using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>The heads of T binary tasks in a loop, as in LibMTL 1.1: each task has a module nn.Linear and a loss, and the number of each
/// loss is read at once for the record.</summary>
internal sealed class HeadLoop
{
    private readonly Linear[] heads;
    private readonly double[] record;

    /// <summary>Creates the heads with copies of the given weights.</summary>
    /// <param name="weight">The heads' weights W [T, H].</param>
    /// <param name="bias">The heads' biases b [T].</param>
    public HeadLoop(Tensor weight, Tensor bias)
    {
        heads =
        [
            .. Enumerable.Range(0, (int)weight.shape[0]).Select(t => HandWrittenWay.Linear(weight.narrow(0, t, 1), bias.narrow(0, t, 1))),
        ];
        record = new double[heads.Length];
    }

    /// <summary>The parameters of all heads.</summary>
    public IReadOnlyList<Tensor> Parameters => [.. heads.SelectMany(h => h.parameters())];

    /// <summary>Computes the sum of the tasks' losses, Σ_t BCE(o_t, y_t).</summary>
    /// <param name="features">The features Z [N, H].</param>
    /// <param name="y">The labels [N, T].</param>
    public Tensor Objective(Tensor features, Tensor y)
    {
        var losses = zeros(heads.Length, dtype: y.dtype);
        for (var t = 0; t < heads.Length; t++)
        {
            var loss = F.binary_cross_entropy_with_logits(heads[t].call(features).squeeze(1), y.select(1, t));
            record[t] += loss.ToDouble();
            losses[t] = loss;
        }

        return (losses * ones_like(losses)).sum();
    }
}
