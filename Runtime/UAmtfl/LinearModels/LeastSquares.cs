using TorchSharp;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>Fits ordinary least squares to each task: min over w, b of 1/N ‖y − Xw − b‖², and of the minimisers the one with the smallest
/// ‖w‖.</summary>
public static class LeastSquares
{
    /// <summary>The size, relative to the largest singular value, below which a singular value counts as 0.</summary>
    private const double Rank = 1e-11;

    /// <summary>Fits all tasks, with one factorisation of the centred inputs for each distinct X: a QR factorisation, or a singular value
    /// decomposition if inputs depend on each other.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <exception cref="UAmtflException">A task has no labels, or is not a regression task.</exception>
    public static LinearModel Fit(LinearProblem problem)
    {
        problem.Check("Least squares", TaskKind.Regression, "use LogisticRidge");
        var dimension = (int)problem.Dimension;
        var (weights, biases) = (new double[problem.Count * dimension], new double[problem.Count]);
        foreach (var same in Enumerable.Range(0, problem.Count).GroupBy(t => problem.Tasks[t].Inputs, ReferenceEqualityComparer.Instance))
        {
            using var scope = NewDisposeScope();
            int[] tasks = [.. same];
            var inputs = problem.Tasks[tasks[0]].Inputs.ToArray();
            var means = Vectors.ColumnMeans(inputs, dimension);
            var rows = inputs.Length / dimension;
            var centred = Vectors.RowsLess(inputs, means, [.. Enumerable.Range(0, rows)]).ToTensor(rows, dimension);
            var labels = tasks.Select(t => problem.Tasks[t].Labels.ToArray()).ToArray();
            var right = labels.SelectMany(y => Less(y, y.Average())).ToArray().ToTensor(tasks.Length, rows);
            var solution = Shortest(centred, right.t()).t().ToArray();
            for (var i = 0; i < tasks.Length; i++)
            {
                var part = solution.AsSpan(i * dimension, dimension);
                part.CopyTo(weights.AsSpan(tasks[i] * dimension, dimension));
                biases[tasks[i]] = labels[i].Average() - Vectors.Dot(means, part);
            }
        }

        return Paths.Model(weights, biases);
    }

    /// <summary>Returns the minimiser of ‖Y − XW‖ with the smallest norm, for centred X. It does without lstsq, because libtorch leaves
    /// LAPACK's pivots undefined, so that equal fits would have unequal bits.</summary>
    private static Tensor Shortest(Tensor inputs, Tensor labels)
    {
        if (inputs.shape[0] > inputs.shape[1])
        {
            var (orthogonal, triangular) = linalg.qr(inputs);
            var singular = linalg.svdvals(triangular).ToArray();
            if (singular[^1] > Rank * singular[0])
            {
                return linalg.solve_triangular(triangular, orthogonal.t().matmul(labels), upper: true);
            }
        }

        var (left, values, right) = linalg.svd(inputs, fullMatrices: false);
        var sizes = values.ToArray();
        var inverse = sizes.Select(s => s > Rank * sizes[0] ? 1 / s : 0).ToArray().ToTensor(sizes.Length, 1);
        return right.t().matmul(left.t().matmul(labels) * inverse);
    }

    private static IEnumerable<double> Less(double[] values, double mean) => values.Select(v => v - mean);
}
