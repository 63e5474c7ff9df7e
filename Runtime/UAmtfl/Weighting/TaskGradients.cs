using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Trunks;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The forward pass of a step, cut at the features, and the gradients of the task terms that follow from it.
/// <para>Each column of the outputs O = ZWᵀ + b is of one task. So one backward pass through the losses gives ∂L_t/∂O of all tasks at
/// once, ∂L_t/∂Z is the product of the task's columns with their rows of W, and inner products of these need no
/// T × N × k numbers: ⟨∂L_s/∂Z, ∂L_t/∂Z⟩ = (DᵀD)_st (WWᵀ)_st with D = ∂L/∂O.</para></summary>
public sealed class TaskGradients
{
    private readonly Tensor features, cut, headWeight, toOutputs;
    private Tensor? shared;
    private readonly TaskColumns columns;
    private readonly bool headsTrained;

    /// <summary>Takes the pass and computes ∂L_t/∂O.</summary>
    /// <param name="features">Z [N, k], with the graph of the trunk.</param>
    /// <param name="cut">Z [N, k] again, without it and with a gradient of its own: what the outputs were computed from.</param>
    /// <param name="outputs">O [N, M].</param>
    /// <param name="headWeight">W [M, k].</param>
    /// <param name="columns">Whose each output is.</param>
    /// <param name="terms">L [T], whose gradients are balanced; L_t depends on the outputs of task t.</param>
    /// <param name="shared">[], the terms that no weight applies to; null for none.</param>
    /// <exception cref="NotFiniteException">A task's term is not finite.</exception>
    public TaskGradients(Tensor features, Tensor cut, Tensor outputs, Tensor headWeight, TaskColumns columns, Tensor terms, Tensor? shared = null)
    {
        (this.features, this.cut, this.headWeight, this.columns, this.shared) = (features, cut, headWeight.detach(), columns, shared);
        headsTrained = headWeight.requires_grad;
        Terms = terms;
        RequireFinite(terms);
        toOutputs = Autograd.Gradient(terms.sum(), outputs) ?? throw new UntrainableException("the losses do not depend on its outputs: take detach() out of the loss or the weighting");
    }

    /// <summary>L [T].</summary>
    public Tensor Terms { get; }

    /// <summary>The parameters that gradients of the trunk are taken with respect to; not needed at other sites.</summary>
    public TrunkSite? Site { get; init; }

    /// <summary>Σ_t L_t + what no weight applies to: [], without a graph.</summary>
    public Tensor Objective => shared is null ? Terms.detach().sum() : Terms.detach().sum() + shared.detach();

    /// <summary>∂L_t/∂Z: [T, N, k].</summary>
    public Tensor ToFeatures()
    {
        using var frozen = no_grad();
        return columns.ToFeatures(toOutputs, headWeight);
    }

    /// <summary>G = JJᵀ with J_t = ∂L_t/∂Z.</summary>
    /// <returns>[T, T], float64.</returns>
    public Tensor GramianAtRepresentation()
    {
        using var frozen = no_grad();
        var (d, w) = (toOutputs.to(ScalarType.Float64), headWeight.to(ScalarType.Float64));
        return columns.Sum(d.t().matmul(d) * w.matmul(w.t()));
    }

    /// <summary>G = JJᵀ with J_t the gradient of L_t with respect to the weight of the task's own head.</summary>
    /// <returns>[T, T], float64.</returns>
    /// <exception cref="UntrainableException">The weight of the heads is not trained.</exception>
    public Tensor GramianAtHeads()
    {
        if (!headsTrained)
        {
            throw new UntrainableException("the weighting compares gradients of the heads, whose weight is not trained: set requires_grad of it, or use another Site than GradientSite.TaskHead");
        }

        using var frozen = no_grad();
        return LayerGramian.Of(ToHeads());
    }

    /// <summary>The gradient of L_t with respect to the weight of the task's own head: [T, K·k].</summary>
    private Tensor ToHeads() => columns.Rows(toOutputs.t().matmul(cut.detach()));

    /// <summary>G = JJᵀ with J_t the gradient with respect to the parameters of <see cref="Site"/>.</summary>
    /// <returns>[T, T], float64.</returns>
    public Tensor GramianAtTrunk() => Parameters.Gramian(features, ToFeatures());

    /// <summary>J_t = ∂L_t/∂Z.</summary>
    /// <returns>[T, N·k]</returns>
    public Tensor JacobianAtRepresentation() => ToFeatures().flatten(1);

    /// <summary>J_t the gradient with respect to the parameters of <see cref="Site"/>.</summary>
    /// <returns>[T, P]</returns>
    public Tensor JacobianAtTrunk() => Parameters.Jacobian(features, ToFeatures());

    /// <summary>Accumulates the gradients of all parameters: Σ_t w_t ∂L_t for the trunk; for the heads and what else the tasks have for
    /// themselves the same, or ∂L_t unweighted; and those of the terms that no weight applies to.</summary>
    /// <param name="weights">w [T], without a graph.</param>
    /// <param name="heads">Which gradients the heads get.</param>
    public void Backward(Tensor weights, HeadGradients heads)
    {
        if (heads == HeadGradients.Unweighted)
        {
            BackwardHeads(ToFeatures(weights));
            return;
        }

        Total((weights * Terms).sum()).backward();
        ThroughTrunk(cut.grad!);
    }

    /// <summary>The trunk alone by Σ_t w_t ∂L_t; neither heads nor the shared terms.</summary>
    /// <param name="weights">w [T], without a graph.</param>
    internal void BackwardTrunkAlone(Tensor weights) => ThroughTrunk(ToFeatures(weights));

    /// <summary>The same for a direction in the features: heads get unweighted gradients.</summary>
    /// <param name="direction">[N·k]</param>
    public void BackwardRepresentation(Tensor direction) => BackwardHeads(direction.view_as(cut));

    /// <summary>The same for a direction in the parameters of <see cref="Site"/>: heads get unweighted gradients.</summary>
    /// <param name="direction">[P], one parameter after the other.</param>
    public void BackwardTrunk(Tensor direction)
    {
        BackwardHeads(null);
        using var frozen = no_grad();
        foreach (var (parameter, part) in Split(direction))
        {
            if (parameter.grad is { } gradient)
            {
                gradient.add_(part);
            }
            else
            {
                // In the parameter's own layout: the fused optimisers walk through memory.
                parameter.grad = empty_like(parameter).copy_(part);
            }
        }
    }

    /// <summary>The same pass without the terms that no weight applies to.</summary>
    internal TaskGradients WithoutSharedTerms()
    {
        shared = null;
        return this;
    }

    /// <summary>Σ_t w_t ∂L_t, without the shared terms, with respect to the parameters of <see cref="Site"/> and of the heads.</summary>
    /// <param name="weights">w [T], without a graph.</param>
    /// <returns>[P], [M, k] and [M].</returns>
    internal (Tensor Trunk, Tensor HeadWeight, Tensor HeadBias) Weighted(Tensor weights)
    {
        var ofTrunk = Autograd.Gradients(features, Parameters.Parameters, ToFeatures(weights));
        using var frozen = no_grad();
        var trunk = empty(Parameters.Parameters.Sum(p => p.numel()), features.dtype, features.device);
        OneByOne.Fill(trunk, ofTrunk, Parameters.Parameters);
        var (weight, bias) = WeightedHeads(weights);
        return (trunk, weight, bias);
    }

    /// <summary>The part of <see cref="Weighted"/> that is of the heads: [M, k] and [M].</summary>
    internal (Tensor Weight, Tensor Bias) WeightedHeads(Tensor weights)
    {
        using var frozen = no_grad();
        var spread = toOutputs * columns.Spread(weights);
        return (spread.t().matmul(cut.detach()), spread.sum(dim: 0));
    }

    /// <summary>⟨∂L_t/∂W, ∂K_t/∂W⟩ + ⟨∂L_t/∂b, ∂K_t/∂b⟩ of the heads of each task, which no other task has a part in.</summary>
    /// <param name="other">Gradients of the same network.</param>
    /// <param name="parts">Of how many trained parameters W is the sum, each of which has its gradient; 0 where W is not trained.</param>
    /// <param name="bias">True if b is trained.</param>
    /// <returns>[T], float64.</returns>
    internal Tensor HeadProducts(TaskGradients other, int parts, bool bias)
    {
        using var frozen = no_grad();
        var (d, e) = (toOutputs.to(ScalarType.Float64), other.toOutputs.to(ScalarType.Float64));
        var (x, y) = (cut.detach().to(ScalarType.Float64), other.cut.detach().to(ScalarType.Float64));
        var products = ((d.t().matmul(x) * e.t().matmul(y)).sum(1) * parts) + (d.sum(dim: 0) * e.sum(dim: 0) * (bias ? 1 : 0));
        return columns.Sum(products.diag()).diagonal();
    }

    /// <summary>A vector [P] as one part for each parameter of <see cref="Site"/>, in its shape.</summary>
    internal IEnumerable<(Parameter Parameter, Tensor Part)> Split(Tensor vector)
    {
        var start = 0L;
        foreach (var parameter in Parameters.Parameters)
        {
            yield return (parameter, vector.narrow(0, start, parameter.numel()).view(parameter.shape));
            start += parameter.numel();
        }
    }

    private TrunkSite Parameters => Site is null ? throw new InvalidOperationException("Gradients of the trunk need a Site.")
        : features.requires_grad && Site.Parameters.Count > 0 ? Site
        : throw new UntrainableException("the weighting compares gradients of its parameters, of which none is trained: set requires_grad, or use Site = GradientSite.Representation or a weighting of losses");

    /// <summary>Σ_t w_t ∂L_t/∂Z: [N, k].</summary>
    private Tensor ToFeatures(Tensor weights)
    {
        using var frozen = no_grad();
        return (toOutputs * columns.Spread(weights)).matmul(headWeight);
    }

    /// <summary>T numbers are read from the device, as every weighting does that solves for weights.</summary>
    private static void RequireFinite(Tensor terms)
    {
        if (Array.FindIndex(terms.detach().to(ScalarType.Float64).ToArray(), v => !double.IsFinite(v)) is >= 0 and var task)
        {
            throw new NotFiniteException(task, "loss");
        }
    }

    private Tensor Total(Tensor terms) => shared is null ? terms : terms + shared;

    /// <summary>Heads by Σ_t L_t and the shared terms; the trunk by a given gradient of the features and that of the shared terms.</summary>
    private void BackwardHeads(Tensor? toFeatures)
    {
        using var recording = enable_grad();
        var fromShared = shared is { requires_grad: true } ? Autograd.Gradient(shared, cut) : null;
        Total(Terms.sum()).backward();
        using var frozen = no_grad();
        var total = toFeatures is null ? fromShared : fromShared is null ? toFeatures : toFeatures + fromShared;
        if (total is not null)
        {
            ThroughTrunk(total);
        }
    }

    private void ThroughTrunk(Tensor toFeatures)
    {
        if (features.requires_grad)
        {
            using var recording = enable_grad();
            features.backward([toFeatures]);
        }
    }
}
