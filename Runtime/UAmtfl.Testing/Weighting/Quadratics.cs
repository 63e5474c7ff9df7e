using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Testing;

/// <summary>Objectives f_i(x) = ½ (x − c_i)ᵀ A_i (x − c_i) in three dimensions, whose Pareto optima form a curve or a surface between the
/// centres c_i.</summary>
/// <param name="tasks">The number of objectives, 2 or 3.</param>
internal sealed class Quadratics(int tasks)
{
    private static readonly double[][] Centres = [[1, 0, 0], [-1, 0.5, 1], [0, -2, 0.5]];

    private static readonly double[][][] Curvatures =
    [
        [[1, 0, 0], [0, 3, 0], [0, 0, 2]],
        [[2, 0.5, 0], [0.5, 1, 0], [0, 0, 1]],
        [[1, 0, 0.2], [0, 1, 0], [0.2, 0, 1]],
    ];

    public int Tasks => tasks;

    public double[][] Starts { get; } = [[3, 3, 3], [-4, 1, 0], [0.5, -5, 2], [2, 0, -0.5]];

    /// <summary>Runs gradient descent with a weighting on inner products.</summary>
    /// <returns>The length of the shortest convex combination of the gradients at the end.</returns>
    public double Descend(GramianWeighting weighting, double[] start, Func<int, double> rate) => Descend(
        (j, losses) => Testing.Gradients.Direction(j, weighting.Balance(Testing.Gradients.Gramian(j).Values.ToArray(), losses)),
        start,
        rate);

    /// <summary>Runs gradient descent along directions that are computed from the gradients and the losses.</summary>
    /// <returns>The length of the shortest convex combination of the gradients at the end.</returns>
    public double Descend(Func<double[][], double[], double[]> direction, double[] start, Func<int, double> rate, int steps = 4000)
    {
        double[] x = [.. start];
        for (var step = 0; step < steps; step++)
        {
            var j = Gradients(x);
            Vectors.AddScaled(x, -rate(step), direction(j, Losses(x, j)));
        }

        var ends = Gradients(x);
        return Testing.Gradients.Norm(Testing.Gradients.Direction(ends, MinimumNorm.Solve(Testing.Gradients.Gramian(ends))));
    }

    private double[][] Gradients(double[] x) =>
        [
            .. Enumerable.Range(0, tasks)
                .Select(t => Curvatures[t].Select(row => row.Select((a, k) => a * (x[k] - Centres[t][k])).Sum()).ToArray()),
        ];

    private double[] Losses(double[] x, double[][] gradients) =>
        [.. gradients.Select((gradient, t) => 0.5 * gradient.Select((g, k) => g * (x[k] - Centres[t][k])).Sum())];
}
