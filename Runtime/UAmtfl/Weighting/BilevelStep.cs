using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The two levels of a network's step. Gradients are with respect to the trunk and the heads.</summary>
/// <param name="lower">The pass of the batch that is trained on, under the parameters that the network has when it is called.</param>
/// <param name="upper">The same of the other batch.</param>
/// <param name="headWeights">W, or the parts that it is the sum of.</param>
/// <param name="headBias">b.</param>
public sealed class BilevelStep(Func<TaskGradients> lower, Func<TaskGradients> upper, IReadOnlyList<Parameter> headWeights, Parameter headBias) : BilevelProblem
{
    // Heads that are not trained take no part: neither in products of gradients nor in trial steps.
    private readonly Parameter[] trainedWeights = [.. headWeights.Where(w => w.requires_grad)];
    private readonly bool biasTrained = headBias.requires_grad;
    private Level? now, judge;

    private Level Now => now ??= LevelOf(lower());

    private Level Judge => judge ??= LevelOf(upper());

    /// <summary>Asks for the weights and accumulates the gradients of all parameters.</summary>
    /// <param name="weighting">Gives the weights.</param>
    /// <param name="heads">Which gradients the heads get.</param>
    /// <returns>The pass of the lower batch.</returns>
    /// <exception cref="NotFiniteException">A task's gradient is not finite.</exception>
    public TaskGradients Backward(BilevelWeighting weighting, HeadGradients heads)
    {
        var (ofLower, ofUpper) = weighting.Balance(this);
        var pass = lower();     // anew: trial steps have written to the parameters since
        pass.Backward(GradientWeighting.Like(ofLower, pass.Terms), heads);
        if (ofUpper is not null)
        {
            var other = upper().WithoutSharedTerms();
            var weights = GradientWeighting.Like(ofUpper, other.Terms);
            if (heads == HeadGradients.Weighted)
            {
                other.Backward(weights, heads);
            }
            else
            {
                // As if alone: they have had their gradient of the lower batch.
                other.BackwardTrunkAlone(weights);
            }
        }

        return pass;
    }

    /// <inheritdoc/>
    public override double[] LowerLosses() => Losses(Now.Pass);

    /// <inheritdoc/>
    public override Gramian Lower() => Now.With(Now);

    /// <inheritdoc/>
    public override Gramian Upper() => Judge.With(Judge);

    /// <inheritdoc/>
    public override Gramian Cross() => Judge.With(Now);

    /// <inheritdoc/>
    public override Gramian AfterStep(double[] weights, double rate)
    {
        var (first, before) = (Now, Copies());
        Descend(first.Pass, first.Step(weights), rate);
        var after = LevelOf(upper()).With(first);
        Restore(before);
        return after;
    }

    /// <inheritdoc/>
    public override double[] LowerLossesAfter(double[] weights, double rate, int steps)
    {
        var before = Copies();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var pass = lower();
            Descend(pass, pass.Weighted(GradientWeighting.Like(weights, pass.Terms)), rate);
        }

        var losses = Losses(lower());
        Restore(before);
        return losses;
    }

    private Level LevelOf(TaskGradients pass) => new(pass, trainedWeights.Length, biasTrained);

    private static double[] Losses(TaskGradients pass) => pass.Terms.detach().to(ScalarType.Float64).ToArray();

    private void Descend(TaskGradients pass, (Tensor Trunk, Tensor HeadWeight, Tensor HeadBias) gradient, double rate)
    {
        using var frozen = no_grad();
        foreach (var (parameter, part) in pass.Split(gradient.Trunk))
        {
            parameter.sub_(part * rate);
        }

        foreach (var part in trainedWeights)
        {
            part.sub_(gradient.HeadWeight * rate);
        }

        if (biasTrained)
        {
            headBias.sub_(gradient.HeadBias * rate);
        }
    }

    private List<(Parameter Parameter, Tensor Values)> Copies()
    {
        using var frozen = no_grad();
        return [.. Now.Pass.Site!.Parameters.Concat(trainedWeights).Concat(biasTrained ? [headBias] : []).Select(p => (p, p.detach().clone()))];
    }

    private static void Restore(List<(Parameter Parameter, Tensor Values)> before)
    {
        using var frozen = no_grad();
        foreach (var (parameter, values) in before)
        {
            parameter.copy_(values);
        }
    }

    /// <summary>A pass with its trunk gradients.</summary>
    private sealed class Level(TaskGradients pass, int parts, bool bias)
    {
        private readonly Tensor jacobian = pass.JacobianAtTrunk();

        public TaskGradients Pass => pass;

        /// <summary>Σ_t λ_t ∂L_t from the gradients that are there: a pass cannot be differentiated once trial steps have written to the parameters.</summary>
        public (Tensor Trunk, Tensor HeadWeight, Tensor HeadBias) Step(double[] weights)
        {
            using var frozen = no_grad();
            var lambda = GradientWeighting.Like(weights, pass.Terms);
            var (weight, bias) = pass.WeightedHeads(lambda);
            return (lambda.matmul(jacobian), weight, bias);
        }

        /// <summary>Row s: the products of gradient s of this level with all of another.</summary>
        public Gramian With(Level other)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var products = jacobian.to(ScalarType.Float64).matmul(other.jacobian.to(ScalarType.Float64).t()) + pass.HeadProducts(other.Pass, parts, bias).diag();
            var gramian = new Gramian(products.ToArray());
            gramian.RequireFinite();
            return gramian;
        }
    }
}
