using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The forward pass of a step, cut at the features, and the gradients of the task terms that follow from it.
/// <para>Each column of the outputs O = ZWᵀ + b is of one task. So one backward pass through the losses gives ∂L_t/∂O of all tasks at
/// once, ∂L_t/∂Z is the product of the task's columns with their rows of W, and inner products of these need no
/// T × N × k numbers: ⟨∂L_s/∂Z, ∂L_t/∂Z⟩ = (DᵀD)_st (WWᵀ)_st with D = ∂L/∂O.</para></summary>
public sealed class TaskGradients
{
    private readonly Tensor features, cut, headWeight, toOutputs;
    private readonly Tensor? shared;
    private readonly TaskColumns columns;

    /// <summary>Takes the pass and computes ∂L_t/∂O.</summary>
    /// <param name="features">Z [N, k], with the graph of the trunk.</param>
    /// <param name="cut">Z [N, k] again, without it and with a gradient of its own: what the outputs were computed from.</param>
    /// <param name="outputs">O [N, M].</param>
    /// <param name="headWeight">W [M, k].</param>
    /// <param name="columns">Whose each output is.</param>
    /// <param name="terms">L [T], whose gradients are balanced; L_t depends on the outputs of task t.</param>
    /// <param name="shared">[], the terms that no weight applies to; null for none.</param>
    public TaskGradients(Tensor features, Tensor cut, Tensor outputs, Tensor headWeight, TaskColumns columns, Tensor terms, Tensor? shared = null)
    {
        (this.features, this.cut, this.headWeight, this.columns, this.shared) = (features, cut, headWeight.detach(), columns, shared);
        Terms = terms;
        toOutputs = autograd.grad([terms.sum()], [outputs], retain_graph: true)[0];
    }

    /// <summary>L [T].</summary>
    public Tensor Terms { get; }

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
    public Tensor GramianAtHeads()
    {
        using var frozen = no_grad();
        return Gramian(ToHeads());
    }

    /// <summary>The gradient of L_t with respect to the weight of the task's own head: [T, K·k].</summary>
    public Tensor ToHeads()
    {
        using var frozen = no_grad();
        return columns.Rows(toOutputs.t().matmul(cut.detach()));
    }

    /// <summary>G = JJᵀ.</summary>
    /// <param name="jacobian">J [T, P].</param>
    /// <returns>[T, T], float64.</returns>
    public static Tensor Gramian(Tensor jacobian)
    {
        using var frozen = no_grad();
        var j = jacobian.to(ScalarType.Float64);
        return j.matmul(j.t());
    }

    /// <summary>Accumulates the gradients of all parameters: Σ_t w_t ∂L_t for the trunk; for the heads and what else the tasks have for
    /// themselves the same, or ∂L_t unweighted; and those of the terms that no weight applies to.</summary>
    /// <param name="weights">w [T], without a graph.</param>
    /// <param name="heads">Which gradients the heads get.</param>
    public void Backward(Tensor weights, HeadGradients heads)
    {
        if (heads == HeadGradients.Weighted)
        {
            Total((weights * Terms).sum()).backward();
            ThroughTrunk(cut.grad!);
            return;
        }

        using var weighted = no_grad();
        var toFeatures = (toOutputs * columns.Spread(weights)).matmul(headWeight);
        BackwardHeads(toFeatures);
    }

    /// <summary>The same for a direction in the features: heads get unweighted gradients.</summary>
    /// <param name="direction">[N·k]</param>
    public void BackwardFeatures(Tensor direction) => BackwardHeads(direction.view_as(cut));

    /// <summary>The same for a direction in the parameters of the trunk: heads get unweighted gradients.</summary>
    /// <param name="parameters">The parameters that the direction is in.</param>
    /// <param name="direction">[P], one parameter after the other.</param>
    public void BackwardParameters(IReadOnlyList<Parameter> parameters, Tensor direction)
    {
        BackwardHeads(null);
        using var frozen = no_grad();
        var start = 0L;
        foreach (var parameter in parameters)
        {
            var size = parameter.numel();
            parameter.grad!.add_(direction.narrow(0, start, size).view(parameter.shape));
            start += size;
        }
    }

    private Tensor Total(Tensor terms) => shared is null ? terms : terms + shared;

    /// <summary>Heads by Σ_t L_t and the shared terms; the trunk by a given gradient of the features and that of the shared terms.</summary>
    private void BackwardHeads(Tensor? toFeatures)
    {
        using var recording = enable_grad();
        var fromShared = shared is null ? null : autograd.grad([shared], [cut], retain_graph: true, allow_unused: true)[0];
        Total(Terms.sum()).backward();
        using var frozen = no_grad();
        var total = toFeatures is null ? fromShared : fromShared is null || fromShared.IsInvalid ? toFeatures : toFeatures + fromShared;
        if (total is not null && !total.IsInvalid)
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
