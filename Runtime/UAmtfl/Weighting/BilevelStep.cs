using TorchSharp.Modules;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>Computes the two levels of a step of a network, with gradients with respect to the trunk and the heads.</summary>
/// <param name="lower">Makes the forward pass of the batch that is trained on, with the current parameters of the network.</param>
/// <param name="upper">Makes the forward pass of the other batch, with the current parameters of the network.</param>
public sealed class BilevelStep(Func<ITaskGradients> lower, Func<ITaskGradients> upper) : BilevelProblem
{
    private Level? now, judge;

    private Level Now => now ??= new(lower());

    private Level Judge => judge ??= new(upper());

    /// <summary>Gets the weights from a weighting and accumulates the gradients of all parameters.</summary>
    /// <param name="weighting">The weighting.</param>
    /// <param name="heads">The kind of gradients that the heads get.</param>
    /// <returns>The forward pass of the lower batch.</returns>
    /// <exception cref="NotFiniteException">The gradient of a task is not finite.</exception>
    public ITaskGradients Backward(BilevelWeighting weighting, HeadGradients heads)
    {
        var (ofLower, ofUpper) = weighting.Balance(this);
        var pass = lower();     // A new pass is needed, because trial steps have written to the parameters.
        pass.Backward(GradientWeighting.Like(ofLower, pass.Terms), heads);
        if (ofUpper is not null)
        {
            // Heads that get unweighted gradients are left out, because they have their gradients of the lower batch already.
            var other = upper();
            other.BackwardTerms(GradientWeighting.Like(ofUpper, other.Terms), heads: heads == HeadGradients.Weighted);
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
        var after = new Level(upper()).With(first);
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
            var lambda = GradientWeighting.Like(weights, pass.Terms);
            Descend(pass, [.. pass.ToTrunk(lambda), .. pass.ToHeads(lambda)], rate);
        }

        var losses = Losses(lower());
        Restore(before);
        return losses;
    }

    private static double[] Losses(ITaskGradients pass) => pass.Terms.detach().to(ScalarType.Float64).ToArray();

    private static void Descend(ITaskGradients pass, IReadOnlyList<Tensor?> gradients, double rate)
    {
        using var frozen = no_grad();
        foreach (var (parameter, gradient) in Parameters(pass).Zip(gradients))
        {
            if (gradient is not null)
            {
                parameter.sub_(gradient * rate);
            }
        }
    }

    private static IEnumerable<Parameter> Parameters(ITaskGradients pass) => pass.TrunkParameters.Concat(pass.HeadParameters);

    private List<(Parameter Parameter, Tensor Values)> Copies()
    {
        using var frozen = no_grad();
        return [.. Parameters(Now.Pass).Select(p => (p, p.detach().clone()))];
    }

    private static void Restore(List<(Parameter Parameter, Tensor Values)> before)
    {
        using var frozen = no_grad();
        foreach (var (parameter, values) in before)
        {
            parameter.copy_(values);
        }
    }

    /// <summary>A forward pass with its gradients of the trunk. They are computed at once, because trial steps write to the parameters,
    /// and the pass can then not be differentiated any more.</summary>
    private sealed class Level(ITaskGradients pass)
    {
        private readonly Tensor jacobian = pass.Jacobian(GradientSite.Trunk);

        public ITaskGradients Pass => pass;

        /// <summary>Returns Σ_t λ_t ∂L_t for each parameter of trunk and heads.</summary>
        public IReadOnlyList<Tensor> Step(double[] weights)
        {
            using var frozen = no_grad();
            var lambda = GradientWeighting.Like(weights, pass.Terms);
            return [.. CutGradients.Split(lambda.matmul(jacobian), pass.TrunkParameters), .. pass.ToHeads(lambda)];
        }

        /// <summary>Returns the inner products of the gradients of this level, by row, with those of another, by column.</summary>
        public Gramian With(Level other)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var (rows, columns) = (jacobian.to(ScalarType.Float64), other.jacobian.to(ScalarType.Float64).t());
            var products = rows.matmul(columns) + pass.HeadProducts(other.Pass).diag();
            var gramian = new Gramian(products.ToArray());
            gramian.RequireFinite();
            return gramian;
        }
    }
}
