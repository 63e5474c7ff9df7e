using TorchSharp.Modules;
using UAmtfl.Trunks;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>Computes the gradients of tasks whose heads are linear in the features, in closed form. The features are the same for all
/// tasks, Z [N, k], or each task has its own, Z [T, N, k].
/// <para>Each column of the outputs O = ZWᵀ + b belongs to one task. One backward pass through the losses therefore gives ∂L_t/∂O of all
/// tasks at once, ∂L_t/∂Z is the product of the task's columns with their rows of W, and inner products need no T × N × k numbers:
/// ⟨∂L_s/∂Z, ∂L_t/∂Z⟩ = (DᵀD)_st (WWᵀ)_st with D = ∂L/∂O.</para></summary>
public sealed class LinearHeadGradients : CutGradients
{
    private readonly Tensor cut, headWeight, toOutputs;
    private readonly TaskColumns columns;
    private readonly bool headsTrained;

    /// <summary>Keeps the tensors of a forward pass and computes ∂L_t/∂O.</summary>
    /// <param name="features">The features Z [N, k] or [T, N, k], with the graph of the trunk.</param>
    /// <param name="cut">The same features Z without that graph and with a gradient of their own, from which the outputs were
    /// computed.</param>
    /// <param name="outputs">The outputs O [N, M].</param>
    /// <param name="headWeight">The weights W [M, k] of the heads. If these take different numbers of features, zeros follow in the
    /// features and in W.</param>
    /// <param name="columns">The columns of the outputs that belong to each task.</param>
    /// <param name="terms">The terms L [T] whose gradients are weighted; L_t depends only on the outputs of task t.</param>
    /// <param name="shared">The sum [] of the terms that get no weight; null for none.</param>
    /// <exception cref="NotFiniteException">The term of a task is not finite.</exception>
    public LinearHeadGradients(
        Tensor features, Tensor cut, Tensor outputs, Tensor headWeight, TaskColumns columns, Tensor terms, Tensor? shared = null)
        : base([features], [cut], terms, shared)
    {
        (this.cut, this.headWeight, this.columns) = (cut, headWeight.detach(), columns);
        headsTrained = headWeight.requires_grad;
        toOutputs = Autograd.Gradient(terms.sum(), outputs)
            ?? throw new UntrainableException("the losses do not depend on its outputs: take detach() out of the loss or the weighting");
    }

    /// <summary>The parameters of the heads, which only bilevel weightings need; null for others.</summary>
    public LinearHeads? Heads { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> HeadParameters =>
        BiasTrained ? [.. Given.TrainedWeights, Given.Bias] : [.. Given.TrainedWeights];

    private LinearHeads Given => Heads ?? throw new InvalidOperationException("Gradients of the heads need Heads.");

    private bool BiasTrained => Given.Bias.requires_grad;

    private bool OfTasks => cut.dim() == 3;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> ToHeads(Tensor weights)
    {
        using var frozen = no_grad();
        var spread = toOutputs * columns.Spread(weights);
        var parts = Given.Parts(ToWeights(spread, cut));
        return BiasTrained ? [.. parts, spread.sum(dim: 0)] : [.. parts];
    }

    /// <inheritdoc/>
    public override Tensor HeadProducts(ITaskGradients other)
    {
        var same = other as LinearHeadGradients
            ?? throw new ArgumentException(
                "the other gradients are not those of linear heads: compare two passes of one network", nameof(other));
        using var frozen = no_grad();
        var (d, e) = (toOutputs.to(ScalarType.Float64), same.toOutputs.to(ScalarType.Float64));
        var (x, y) = (cut.detach().to(ScalarType.Float64), same.cut.detach().to(ScalarType.Float64));
        var products = Given.OfTrained((ToWeights(d, x) * ToWeights(e, y)).sum(1))
            + (d.sum(dim: 0) * e.sum(dim: 0) * (BiasTrained ? 1 : 0));
        return columns.Sum(products.diag()).diagonal();
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<Tensor> ToCuts()
    {
        using var frozen = no_grad();
        return [columns.ToFeatures(toOutputs, headWeight)];
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<Tensor> ToCuts(Tensor weights)
    {
        using var frozen = no_grad();
        var spread = toOutputs * columns.Spread(weights);
        return [OfTasks ? columns.ToFeatures(spread, headWeight) : spread.matmul(headWeight)];
    }

    /// <inheritdoc/>
    private protected override Tensor JacobianAtCuts()
    {
        if (!OfTasks)
        {
            return base.JacobianAtCuts();
        }

        // L_t depends on the features of task t alone.
        using var frozen = no_grad();
        var own = ToCuts()[0];
        var all = zeros([columns.Tasks, .. own.shape], dtype: own.dtype, device: own.device);
        all.diagonal(dim1: 0, dim2: 1).copy_(own.permute(1, 2, 0));
        return all.flatten(1);
    }

    /// <inheritdoc/>
    private protected override Tensor GramianAtCuts()
    {
        using var frozen = no_grad();
        var (d, w) = (toOutputs.to(ScalarType.Float64), headWeight.to(ScalarType.Float64));
        var products = columns.Sum(d.t().matmul(d) * w.matmul(w.t()));
        return OfTasks ? products.diagonal().diag() : products;
    }

    /// <inheritdoc/>
    private protected override Tensor JacobianAtHeads()
    {
        if (!headsTrained)
        {
            throw new UntrainableException("the weighting compares gradients of the heads, whose weight is not trained: "
                + "set requires_grad of it, or use another Site than GradientSite.TaskHead");
        }

        using var frozen = no_grad();
        return columns.Rows(ToWeights(toOutputs, cut));
    }

    /// <summary>Returns the gradients [M, k] with respect to W from those with respect to the outputs, [N, M].</summary>
    private Tensor ToWeights(Tensor gradients, Tensor features) => OfTasks
        ? gradients.t().unsqueeze(1).bmm(columns.Repeat(features.detach())).squeeze(1)
        : gradients.t().matmul(features.detach());
}
