using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Elastic net fits along strengths, each warm-started by the one before it; so strengths should fall.</summary>
/// <param name="group">The matrix.</param>
/// <param name="reference">The rows that tasks have most of.</param>
/// <param name="precision">The violation of the optimality conditions to stop at, as a part of max |Xᵀy/N|.</param>
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
                // A short way down to the first strength: the active set then starts small.
                for (var step = scale / ratio / 2; step > lambda; step /= 2)
                {
                    Descend(moments, step, ratio, current, 1e-2 * scale);
                }
            }

            var tolerance = precision * scale;
            if (Descend(moments, lambda, ratio, current, tolerance) > tolerance)
            {
                throw new UAmtflException(FormattableString.Invariant($"The elastic net of task {task.Task} did not converge at lambda = {lambda}: standardise the inputs or raise lambda."));
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
