using TorchSharp;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>Ordinary least squares: min over w, b of 1/N ‖y − Xw − b‖², and of the minimisers the one with the smallest ‖w‖.</summary>
public static class LeastSquares
{
    /// <summary>Fits, by a complete orthogonal factorisation of the centred inputs (LAPACK gelsy), one for each distinct X.</summary>
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
            var solution = linalg.lstsq(centred, right.t()).Solution.t().ToArray();
            for (var i = 0; i < tasks.Length; i++)
            {
                var part = solution.AsSpan(i * dimension, dimension);
                part.CopyTo(weights.AsSpan(tasks[i] * dimension, dimension));
                biases[tasks[i]] = labels[i].Average() - Vectors.Dot(means, part);
            }
        }

        return Paths.Model(weights, biases);
    }

    private static IEnumerable<double> Less(double[] values, double mean) => values.Select(v => v - mean);
}
