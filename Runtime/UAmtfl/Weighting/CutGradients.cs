using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Trunks;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The forward pass of a step, cut where the trunk ends: the heads read copies of the trunk's tensors that have gradients of
/// their own. A subclass computes the gradients of the tasks from the terms to the cut; this class takes them through the trunk.</summary>
public abstract class CutGradients : ITaskGradients
{
    private readonly IReadOnlyList<Tensor> features, cuts;
    private readonly Tensor? shared;

    /// <summary>Keeps the tensors of a forward pass.</summary>
    /// <param name="features">The tensors of the trunk that the heads need, with the graph of the trunk.</param>
    /// <param name="cuts">The same values without that graph and with gradients of their own, from which the terms were computed.</param>
    /// <param name="terms">The terms L [T].</param>
    /// <param name="shared">The sum [] of the terms that get no weight; null for none.</param>
    /// <exception cref="NotFiniteException">The term of a task is not finite.</exception>
    private protected CutGradients(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> cuts, Tensor terms, Tensor? shared)
    {
        (this.features, this.cuts, this.shared) = (features, cuts, shared);
        Terms = terms;
        RequireFinite(terms);
    }

    /// <inheritdoc/>
    public Tensor Terms { get; }

    /// <inheritdoc/>
    public Tensor Objective => shared is null ? Terms.detach().sum() : Terms.detach().sum() + shared.detach();

    /// <summary>The backward pass through the trunk; null if only gradients with respect to the features and the heads are
    /// needed.</summary>
    public TrunkBackward? Trunk { get; init; }

    /// <summary>The parameters before the cut that belong to one task each, such as gates; the heads' kind of gradients is theirs,
    /// too.</summary>
    public IReadOnlyList<Parameter> OwnParameters { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> TrunkParameters => Through(lastLayerOnly: false).Parameters(lastLayerOnly: false);

    /// <inheritdoc/>
    public abstract IReadOnlyList<Parameter> HeadParameters { get; }

    /// <inheritdoc/>
    public Tensor Gramian(GradientSite site) => site switch
    {
        GradientSite.Representation => GramianAtCuts(),
        GradientSite.TaskHead => LayerGramian.Of(JacobianAtHeads()),
        _ => Through(site == GradientSite.LastLayer).Gramian(features, ToCuts(), site == GradientSite.LastLayer),
    };

    /// <inheritdoc/>
    public Tensor Jacobian(GradientSite site) => site switch
    {
        GradientSite.Representation => JacobianAtCuts(),
        GradientSite.TaskHead => JacobianAtHeads(),
        _ => Through(site == GradientSite.LastLayer).Jacobian(features, ToCuts(), site == GradientSite.LastLayer),
    };

    /// <inheritdoc/>
    public void Backward(Tensor weights, HeadGradients heads)
    {
        if (heads == HeadGradients.Unweighted)
        {
            BackwardHeads(ToCuts(weights));
            return;
        }

        Total((weights * Terms).sum()).backward();
        ThroughTrunk([.. cuts.Select(c => c.grad)]);
    }

    /// <inheritdoc/>
    public void Backward(Tensor direction, GradientSite site)
    {
        switch (site)
        {
            case GradientSite.Representation:
                BackwardHeads([.. Split(direction, cuts)]);
                break;
            case GradientSite.Trunk:
                var parameters = TrunkParameters;
                BackwardHeads(null);
                Accumulate(parameters, Split(direction, parameters));
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(site), site, "a direction is one of the trunk or of the representation: use one of these two sites");
        }
    }

    /// <inheritdoc/>
    public void BackwardTerms(Tensor weights, bool heads)
    {
        if (!heads)
        {
            ThroughTrunk(ToCuts(weights));
            return;
        }

        (weights * Terms).sum().backward();
        ThroughTrunk([.. cuts.Select(c => c.grad)]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor?> ToTrunk(Tensor weights) => Autograd.Gradients(features, TrunkParameters, ToCuts(weights));

    /// <inheritdoc/>
    public abstract IReadOnlyList<Tensor> ToHeads(Tensor weights);

    /// <inheritdoc/>
    public abstract Tensor HeadProducts(ITaskGradients other);

    /// <summary>Splits a vector into parts that have the shapes of several tensors.</summary>
    /// <param name="vector">The numbers [P] of all parts, one part after the other.</param>
    /// <param name="like">The tensors, which have P numbers together.</param>
    internal static IEnumerable<Tensor> Split(Tensor vector, IEnumerable<Tensor> like)
    {
        var start = 0L;
        foreach (var tensor in like)
        {
            yield return vector.narrow(0, start, tensor.numel()).view(tensor.shape);
            start += tensor.numel();
        }
    }

    /// <summary>Returns the gradients of the terms L_t with respect to each tensor at the cut, [T, …] each; of features for each task,
    /// those with respect to the task's own.</summary>
    private protected abstract IReadOnlyList<Tensor> ToCuts();

    /// <summary>Returns the gradient of Σ_t w_t L_t with respect to each tensor at the cut, in the shape of that tensor.</summary>
    private protected abstract IReadOnlyList<Tensor> ToCuts(Tensor weights);

    /// <summary>Returns JJᵀ [T, T], float64, of the gradients with respect to all tensors at the cut together.</summary>
    private protected abstract Tensor GramianAtCuts();

    /// <summary>Returns the gradient of each L_t with respect to the weights of the task's own head, [T, H].</summary>
    private protected abstract Tensor JacobianAtHeads();

    /// <summary>Returns the gradients J [T, P] with respect to all tensors at the cut together.</summary>
    private protected virtual Tensor JacobianAtCuts()
    {
        var rows = ToCuts().Select(c => c.flatten(1)).ToArray();
        return rows.Length == 1 ? rows[0] : cat(rows, 1);
    }

    private TrunkBackward Through(bool lastLayerOnly) => Trunk is null
        ? throw new InvalidOperationException("Gradients of the trunk need a Trunk.")
        : features.Any(f => f.requires_grad) && Trunk.Parameters(lastLayerOnly).Count > 0 ? Trunk
        : throw new UntrainableException("the weighting compares gradients of its parameters, of which none is trained: "
            + "set requires_grad, or use Site = GradientSite.Representation or a weighting of losses");

    /// <summary>Throws if the term of a task is not finite. T numbers are read from the device, which weightings that solve for weights do
    /// in any case.</summary>
    private static void RequireFinite(Tensor terms)
    {
        if (Array.FindIndex(terms.detach().to(ScalarType.Float64).ToArray(), v => !double.IsFinite(v)) is >= 0 and var task)
        {
            throw new NotFiniteException(task, "loss");
        }
    }

    private static void Accumulate(IEnumerable<Parameter> parameters, IEnumerable<Tensor> parts)
    {
        using var frozen = no_grad();
        foreach (var (parameter, part) in parameters.Zip(parts))
        {
            if (parameter.grad is { } gradient)
            {
                gradient.add_(part);
            }
            else
            {
                // The gradient has the memory layout of the parameter, because the fused optimisers walk through memory.
                parameter.grad = empty_like(parameter).copy_(part);
            }
        }
    }

    private Tensor Total(Tensor terms) => shared is null ? terms : terms + shared;

    /// <summary>Accumulates the gradients of Σ_t L_t and of the shared terms in the heads, and in the trunk those that are given at the
    /// cut and those of the shared terms.</summary>
    private void BackwardHeads(IReadOnlyList<Tensor>? toCuts)
    {
        using var recording = enable_grad();
        var fromShared = shared is { requires_grad: true } ? Autograd.Gradients([shared], cuts, [ones_like(shared)]) : null;
        Total(Terms.sum()).backward();
        using var frozen = no_grad();
        KeepingOwn(() => ThroughTrunk([.. cuts.Select((_, i) => (toCuts?[i], fromShared?[i]) switch
        {
            ({ } given, { } more) => given + more,
            var (given, more) => given ?? more,
        })]));
    }

    /// <summary>Gives the parameters before the cut that belong to one task the gradients of the unweighted terms, whatever a pass through
    /// the trunk adds to them.</summary>
    private void KeepingOwn(Action pass)
    {
        var own = OwnParameters.Where(p => p.requires_grad).ToArray();
        if (own.Length == 0)
        {
            pass();
            return;
        }

        var unweighted = Autograd.Gradients(features, own, [.. cuts.Select(c => c.grad ?? zeros_like(c))]);
        var before = own.Select(p => p.grad?.clone()).ToArray();
        pass();
        foreach (var (parameter, i) in own.Select((p, i) => (p, i)))
        {
            parameter.grad?.zero_();
            Tensor[] parts = [.. new[] { before[i], unweighted[i] }.OfType<Tensor>()];
            Accumulate(Enumerable.Repeat(parameter, parts.Length), parts);
        }
    }

    private void ThroughTrunk(IReadOnlyList<Tensor?> toCuts)
    {
        using var recording = enable_grad();
        var pairs = features.Zip(toCuts, (tensor, gradient) => (tensor, gradient));
        switch (pairs.Where(p => p.tensor.requires_grad && p.gradient is not null).ToArray())
        {
            case []:
                break;
            case [var (tensor, gradient)]:
                tensor.backward([gradient!]);
                break;
            case var several:
                // One pass serves all tensors, because the graph of a deeper one contains the others.
                several.Select(p => (p.tensor * p.gradient!).sum()).Aggregate((a, b) => a + b).backward();
                break;
        }
    }
}
