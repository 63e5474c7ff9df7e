using System.Globalization;
using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Fits elastic nets along a path of strengths, which should fall, because each fit starts from the one before it.</summary>
/// <param name="group">The tasks and the matrix of their rows.</param>
/// <param name="reference">The rows that all tasks have most of.</param>
/// <param name="precision">The violation of the optimality conditions at which a fit stops, relative to max |Xᵀy/N|.</param>
internal sealed class ElasticNetPaths(RowGroup group, int[] reference, double precision) : IPathSolver
{
    private readonly MomentSource source = new(group, reference);
    private readonly CoordinateDescent descent = new(group.Dimension);
    private readonly double[] gram = new double[group.Dimension * group.Dimension];

    public LinearPath Solve(TaskRows task, IReadOnlyList<Strength> strengths)
    {
        var moments = source.Of(task, gram);
        var scale = Vectors.LargestSize(moments.Cross);
        var weights = new double[strengths.Count][];
        var current = new double[group.Dimension];
        for (var i = 0; i < strengths.Count; i++)
        {
            var (lambda, ratio) = strengths[i];
            if (i == 0 || strengths[i - 1].Ratio != ratio)
            {
                descent.Reset(gram);
                Array.Clear(current);
                // Halve the strength down to the first one, so that the active set starts small.
                for (var step = scale / ratio / 2; step > lambda; step /= 2)
                {
                    Descend(moments, step, ratio, current, 1e-2 * scale);
                }
            }

            var tolerance = precision * scale;
            if (Descend(moments, lambda, ratio, current, tolerance) > tolerance)
            {
                throw new UAmtflException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The elastic net of task {task.Task} did not converge at lambda = {lambda}: "
                    + $"standardise the inputs or raise lambda."));
            }

            weights[i] = [.. current];
        }

        return new(weights, [.. weights.Select(w => moments.Bias(w))]);
    }

    private double Descend(Moments moments, double lambda, double ratio, double[] current, double tolerance)
    {
        var weights = new double[group.Dimension];
        Array.Fill(weights, lambda * ratio);
        return descent.Solve(moments.Cross, weights, lambda * (1 - ratio), current, tolerance);
    }
}
