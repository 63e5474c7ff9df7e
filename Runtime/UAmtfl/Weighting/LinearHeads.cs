using TorchSharp.Modules;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The parameters of linear heads, trained or not. Those that are not trained are left out of products of gradients and of trial
/// steps.</summary>
/// <param name="Weights">The parameters [M, k] whose sum is W; with <see cref="Rows"/>, those [M_g, k_g] of each group.</param>
/// <param name="Bias">The biases b [M].</param>
public sealed record LinearHeads(IReadOnlyList<Parameter> Weights, Parameter Bias)
{
    /// <summary>The groups of tasks of which each weight holds the rows of W, if heads end in different numbers of features; null if W is
    /// the sum of the weights.</summary>
    public HeadGroups? Rows { get; init; }

    /// <summary>The weights that are trained.</summary>
    internal IEnumerable<Parameter> TrainedWeights => Weights.Where(w => w.requires_grad);

    /// <summary>Returns the gradients with respect to each of the trained weights.</summary>
    /// <param name="gradient">The gradient [M, k] with respect to W.</param>
    internal IEnumerable<Tensor> Parts(Tensor gradient) => Weights.Index().Where(w => w.Item.requires_grad)
        .Select(w => Rows is null ? gradient : Rows.OfWeights(gradient, w.Index));

    /// <summary>Returns values of the rows of W, each times the number of trained weights that hold the row.</summary>
    /// <param name="values">The values [M].</param>
    internal Tensor OfTrained(Tensor values) => Rows is null
        ? values * TrainedWeights.Count()
        : values * Rows.InOrderOfOutputs([.. Weights.Select(w => w.requires_grad
            ? ones([w.size(0)], dtype: values.dtype, device: values.device)
            : zeros([w.size(0)], dtype: values.dtype, device: values.device))]);
}
