using UAmtfl.Weighting;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>A bilevel problem whose tasks are quadratics ½ Σ_i d_i (θ_i − c_i)², so that losses, gradients and steps have closed
/// forms.</summary>
internal sealed class QuadraticLevels(double[] theta, QuadraticLevels.Task[] lower, QuadraticLevels.Task[] upper) : BilevelProblem
{
    /// <summary>Draws a task with a random centre, and curvatures between 0.5 and 2.</summary>
    public static Task Draw(Random random, int size)
        => new(
            [.. Enumerable.Range(0, size).Select(_ => (4 * random.NextDouble()) - 2)],
            [.. Enumerable.Range(0, size).Select(_ => 0.5 + (1.5 * random.NextDouble()))]);

    /// <summary>Draws random tasks for both levels, and random parameters.</summary>
    public static QuadraticLevels Draw(int seed, int tasks, int size = 5)
    {
        var random = new Random(seed);
        return new(
            Draw(random, size).Centre,
            [.. Enumerable.Range(0, tasks).Select(_ => Draw(random, size))],
            [.. Enumerable.Range(0, tasks).Select(_ => Draw(random, size))]);
    }

    public QuadraticLevels With(Task[]? newLower = null, Task[]? newUpper = null) => new(theta, newLower ?? lower, newUpper ?? upper);

    public Task[] LowerTasks => lower;

    public Task[] UpperTasks => upper;

    public double[][] LowerGradients => [.. lower.Select(t => t.Gradient(theta))];

    public double[][] UpperGradients => [.. upper.Select(t => t.Gradient(theta))];

    /// <summary>The loss of each upper task after a step on the weighted lower losses: U(θ − η Σ_t λ_t ∇L_t(θ)).</summary>
    public double[] UpperLossesAfter(double[] weights, double rate) => [.. upper.Select(t => t.Loss(Step(theta, weights, rate)))];

    public override double[] LowerLosses() => [.. lower.Select(t => t.Loss(theta))];

    public override Gramian Lower() => Products(LowerGradients, LowerGradients);

    public override Gramian Upper() => Products(UpperGradients, UpperGradients);

    public override Gramian Cross() => Products(UpperGradients, LowerGradients);

    public override Gramian AfterStep(double[] weights, double rate)
    {
        var after = Step(theta, weights, rate);
        return Products([.. upper.Select(t => t.Gradient(after))], LowerGradients);
    }

    public override double[] LowerLossesAfter(double[] weights, double rate, int steps)
    {
        var place = Enumerable.Range(0, steps).Aggregate(theta, (p, _) => Step(p, weights, rate));
        return [.. lower.Select(t => t.Loss(place))];
    }

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>The weighted sum of vectors, Σ_t w_t v_t.</summary>
    public static double[] Sum(double[] weights, double[][] vectors)
        => [.. Enumerable.Range(0, vectors[0].Length).Select(i => weights.Select((w, t) => w * vectors[t][i]).Sum())];

    private static Gramian Products(double[][] rows, double[][] columns) => new([.. rows.SelectMany(r => columns.Select(c => Dot(r, c)))]);

    private double[] Step(double[] place, double[] weights, double rate)
    {
        var direction = Sum(weights, [.. lower.Select(t => t.Gradient(place))]);
        return [.. place.Select((p, i) => p - (rate * direction[i]))];
    }

    public sealed record Task(double[] Centre, double[] Curvatures)
    {
        /// <summary>The same task without a label in the batch: its loss and gradient are 0.</summary>
        public Task Empty => new(Centre, new double[Centre.Length]);

        public double Loss(double[] place) => place.Select((p, i) => 0.5 * Curvatures[i] * (p - Centre[i]) * (p - Centre[i])).Sum();

        public double[] Gradient(double[] place) => [.. place.Select((p, i) => Curvatures[i] * (p - Centre[i]))];
    }
}
