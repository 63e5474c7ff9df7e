using TorchSharp.Modules;
using UAmtfl.Trunks;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>Computes the gradients of tasks whose heads have any form and read any number of tensors of the trunk, by one backward pass
/// through the heads for each task. Linear heads on the same features are faster with <see cref="LinearHeadGradients"/>.</summary>
public sealed class AutogradGradients : CutGradients
{
    private readonly IReadOnlyList<IReadOnlyList<Parameter>> heads;
    private readonly Tensor[] toCuts;
    private readonly Tensor[][] toHeads;

    /// <summary>Keeps the tensors of a forward pass, and computes the gradients of each task with respect to the tensors at the cut and to
    /// its own head.</summary>
    /// <param name="features">The tensors of the trunk that the heads read, with the graph of the trunk.</param>
    /// <param name="cuts">The same values without that graph and with gradients of their own, from which the terms were computed.</param>
    /// <param name="heads">The parameters of the head of each task, [T], which no other task uses.</param>
    /// <param name="terms">The terms L [T] whose gradients are weighted.</param>
    /// <param name="shared">The sum [] of the terms that get no weight; null for none.</param>
    /// <exception cref="NotFiniteException">The term of a task is not finite.</exception>
    /// <exception cref="UntrainableException">No term depends on the tensors at the cut.</exception>
    public AutogradGradients(
        IReadOnlyList<Tensor> features,
        IReadOnlyList<Tensor> cuts,
        IReadOnlyList<IReadOnlyList<Parameter>> heads,
        Tensor terms,
        Tensor? shared = null)
        : base(features, cuts, terms, shared)
    {
        this.heads = [.. heads.Select(h => (IReadOnlyList<Parameter>)[.. h.Where(p => p.requires_grad)])];
        var found = this.heads.Select((own, task) =>
        {
            var term = terms[task];
            return Autograd.Gradients([term], [.. cuts, .. own], [ones_like(term)]);
        }).ToArray();
        if (found.All(ofTask => ofTask.Take(cuts.Count).All(g => g is null)))
        {
            throw new UntrainableException(
                "the losses do not depend on its features: take detach() out of the heads, the loss or the weighting");
        }

        using var frozen = no_grad();
        toCuts = [.. cuts.Select((cut, i) => stack([.. found.Select(ofTask => ofTask[i] ?? zeros_like(cut))]))];
        toHeads = [.. this.heads.Select((own, task) => own.Select((p, i) => found[task][cuts.Count + i] ?? zeros_like(p)).ToArray())];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> HeadParameters => [.. heads.SelectMany(own => own)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> ToHeads(Tensor weights)
    {
        using var frozen = no_grad();
        return [.. toHeads.SelectMany((own, task) => own.Select(g => g * weights[task]))];
    }

    /// <inheritdoc/>
    public override Tensor HeadProducts(ITaskGradients other)
    {
        var same = other as AutogradGradients
            ?? throw new ArgumentException(
                "the other gradients are not computed task by task: compare two passes of one network", nameof(other));
        using var frozen = no_grad();
        return tensor(toHeads.Zip(same.toHeads, (own, others) => own.Zip(others, Product).Sum()).ToArray(), device: toCuts[0].device);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<Tensor> ToCuts() => toCuts;

    /// <inheritdoc/>
    private protected override IReadOnlyList<Tensor> ToCuts(Tensor weights)
    {
        using var frozen = no_grad();
        return [.. toCuts.Select(c => weights.matmul(c.flatten(1)).view(c.shape[1..]))];
    }

    /// <inheritdoc/>
    private protected override Tensor GramianAtCuts() => LayerGramian.Of(JacobianAtCuts());

    /// <inheritdoc/>
    private protected override Tensor JacobianAtHeads()
    {
        // Biases are left out, as for linear heads.
        var weights = heads.Select((own, task) => toHeads[task].Where((_, i) => own[i].dim() > 1).ToArray()).ToArray();
        if (weights.Any(own => own.Length == 0))
        {
            throw new UntrainableException("the weighting compares gradients of the heads, of which one has no weight that is trained: "
                + "set requires_grad of it, or use another Site than GradientSite.TaskHead");
        }

        using var frozen = no_grad();
        var rows = weights.Select(own => cat([.. own.Select(g => g.flatten())])).ToArray();
        return rows.Select(r => r.numel()).Distinct().Count() == 1 ? stack(rows)
            : throw new UAmtflException("the gradients of heads with different numbers of weights cannot be compared; use another Site");
    }

    private static double Product(Tensor a, Tensor b) => (a.to(ScalarType.Float64) * b.to(ScalarType.Float64)).sum().item<double>();
}
