using System.Globalization;
using TorchSharp;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Fits ridge-penalised logistic regressions along a path of strengths by Newton's method with step halving, each fit started
/// from the one before. If there are more inputs than rows, it works in the coordinates of the rows' span, X = ZVᵀ, w = Vv, where the
/// penalty is the same.</summary>
internal sealed class LogisticPaths(RowGroup group) : IPathSolver
{
    private const double Tolerance = 1e-10;
    private const int Steps = 200;

    public LinearPath Solve(TaskRows task, IReadOnlyList<Strength> strengths)
    {
        var dimension = group.Dimension;
        var raw = Vectors.RowsLess(group.Inputs, new double[dimension], task.Rows);
        var means = Vectors.ColumnMeans(raw, dimension);
        var centred = Vectors.RowsLess(raw, means, [.. Enumerable.Range(0, task.Rows.Length)]);
        var (coordinates, basis) = dimension > task.Rows.Length ? Rotate(centred, dimension) : (centred, null);
        using var fit = new Newton(coordinates, task.Labels);
        var (weights, biases) = (new double[strengths.Count][], new double[strengths.Count]);
        for (var i = 0; i < strengths.Count; i++)
        {
            var norm = fit.Run(strengths[i].Lambda, Steps, Tolerance);
            // The bound grows with the inputs, because large ones cost the gradient its last digits, and a step then changes nothing.
            if (!(norm <= 1e-9 * Math.Max(1, Vectors.LargestSize(centred))))
            {
                throw new UAmtflException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Logistic regression of task {task.Task} did not converge at lambda = {strengths[i].Lambda} (gradient {norm:g3}): "
                    + $"standardise the inputs or raise lambda."));
            }

            var solution = fit.Parameters.AsSpan(0, fit.Parameters.Length - 1).ToArray();
            weights[i] = basis is null ? solution : Vectors.Product(solution, solution.Length, basis, dimension);
            biases[i] = fit.Parameters[^1] - Vectors.Dot(means, weights[i]);
        }

        return new(weights, biases);
    }

    private static (double[] Coordinates, double[]? Basis) Rotate(double[] centred, int dimension)
    {
        using var scope = NewDisposeScope();
        var (left, values, right) = linalg.svd(centred.ToTensor(centred.Length / dimension, dimension), fullMatrices: false);
        return ((left * values).ToArray(), right.ToArray());
    }

    /// <summary>Runs Newton's method on one task; the parameters are the weights and then the intercept.</summary>
    private sealed class Newton : IDisposable
    {
        private readonly int width;
        private readonly double[] rows;
        private readonly double[] labels;
        private readonly Tensor inputs;
        private readonly double[] probabilities;

        public Newton(double[] coordinates, double[] labels)
        {
            this.labels = labels;
            var dimension = coordinates.Length / labels.Length;
            width = dimension + 1;
            rows = new double[labels.Length * width];
            for (var n = 0; n < labels.Length; n++)
            {
                coordinates.AsSpan(n * dimension, dimension).CopyTo(rows.AsSpan(n * width, dimension));
                rows[(n * width) + dimension] = 1;
            }

            inputs = rows.ToTensor(labels.Length, width).DetachFromDisposeScope();
            probabilities = new double[labels.Length];
            Parameters = new double[width];
            Parameters[^1] = Math.Log(labels.Sum() / (labels.Length - labels.Sum()));
        }

        public double[] Parameters { get; private set; }

        /// <summary>Minimises the objective, starting from the current parameters.</summary>
        /// <returns>The norm of the gradient at the end.</returns>
        public double Run(double lambda, int steps, double tolerance)
        {
            var value = Objective(Parameters, lambda);
            while (true)
            {
                var gradient = Gradient(lambda);
                var norm = Math.Sqrt(Vectors.Dot(gradient, gradient));
                if (norm <= tolerance || steps-- == 0)
                {
                    return norm;
                }

                var direction = Direction(gradient, lambda);
                var (size, next, reached) = (1.0, Parameters, double.PositiveInfinity);
                // A step whose gain is smaller than rounding is taken in full, because near the minimum the objective no longer shows
                // gains.
                for (; !(reached <= value + (1e-14 * Math.Abs(value))); size /= 2)
                {
                    if (size < 1e-10)
                    {
                        Objective(Parameters, lambda);
                        return norm;
                    }

                    next = [.. Parameters];
                    Vectors.AddScaled(next, -size, direction);
                    reached = Objective(next, lambda);
                }

                (Parameters, value) = (next, reached);
            }
        }

        public void Dispose() => inputs.Dispose();

        /// <summary>Returns the objective, 1/N Σ (log(1 + exp(o)) − y o) + λ/2 ‖w‖², and keeps the probabilities.</summary>
        private double Objective(double[] parameters, double lambda)
        {
            var sum = 0.0;
            for (var n = 0; n < labels.Length; n++)
            {
                var output = Vectors.Dot(rows.AsSpan(n * width, width), parameters);
                sum += LogisticLoss.Of(output, labels[n]);
                probabilities[n] = 1 / (1 + Math.Exp(-output));
            }

            var weights = parameters.AsSpan(0, width - 1);
            return (sum / labels.Length) + (lambda / 2 * Vectors.Dot(weights, weights));
        }

        private double[] Gradient(double lambda)
        {
            var gradient = new double[width];
            for (var n = 0; n < labels.Length; n++)
            {
                Vectors.AddScaled(gradient, (probabilities[n] - labels[n]) / labels.Length, rows.AsSpan(n * width, width));
            }

            Vectors.AddScaled(gradient.AsSpan(0, width - 1), lambda, Parameters.AsSpan(0, width - 1));
            return gradient;
        }

        /// <summary>Returns the Newton direction H⁻¹g, with H = 1/N Σ p(1 − p) x xᵀ + λI, without λ for the intercept.</summary>
        private double[] Direction(double[] gradient, double lambda)
        {
            using var scope = NewDisposeScope();
            var curvature = probabilities.Select(p => p * (1 - p) / labels.Length).ToArray().ToTensor(labels.Length, 1);
            var hessian = inputs.t().matmul(inputs * curvature).ToArray();
            for (var j = 0; j < width - 1; j++)
            {
                hessian[(j * width) + j] += lambda;
            }

            return gradient.ToTensor(width, 1).cholesky_solve(linalg.cholesky(hessian.ToTensor(width, width))).ToArray();
        }
    }
}

/// <summary>Computes the logistic loss of one logit.</summary>
internal static class LogisticLoss
{
    /// <summary>Returns −y log p − (1 − y) log(1 − p) with p = 1 / (1 + exp(−o)), finite for any o.</summary>
    public static double Of(double output, double label) =>
        Math.Max(output, 0) - (output * label) + Math.Log(1 + Math.Exp(-Math.Abs(output)));
}
