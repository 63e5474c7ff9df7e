using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Multiplies by the covariances C_t through the rows, because with many inputs the matrices would be large. All tasks of a
/// group share one product of matrices, in which the rows that a task lacks are set to 0.</summary>
internal sealed class PooledCovariances : TaskCovariances
{
    private readonly RowGroup[] groups;

    public PooledCovariances(LinearProblem problem) : base(problem.Count, (int)problem.Dimension)
    {
        groups = [.. RowGroup.Of(problem).Select(group =>
        {
            var source = new MomentSource(group, []);
            foreach (var task in group.Tasks)
            {
                Set(task.Task, source.Of(task, null));
            }

            var all = Enumerable.Range(0, group.Count).ToArray();
            return group with { Inputs = Vectors.RowsLess(group.Inputs, Vectors.ColumnMeans(group.Inputs, Dimension), all) };
        })];
    }

    public override double[] Apply(double[] weights)
    {
        var result = new double[weights.Length];
        foreach (var group in groups)
        {
            var (width, part) = (group.Tasks.Count, group.Tasks.SelectMany(task => Row(weights, task.Task).ToArray()).ToArray());
            var outputs = Vectors.Product(group.Inputs, Dimension, part, width, transposeB: true);       // [n, tasks]
            var errors = new double[outputs.Length];
            for (var i = 0; i < width; i++)
            {
                var rows = group.Tasks[i].Rows;
                var mean = rows.Sum(n => outputs[(n * width) + i]) / rows.Length;
                foreach (var n in rows)
                {
                    errors[(n * width) + i] = (outputs[(n * width) + i] - mean) / rows.Length;
                }
            }

            var products = Vectors.Product(errors, group.Count, group.Inputs, Dimension, transposeA: true);
            for (var i = 0; i < width; i++)
            {
                Row(products, i).CopyTo(Row(result, group.Tasks[i].Task));
            }
        }

        return result;
    }

    public override double[][] Project(double[] basis)
    {
        var (k, projected) = (basis.Length / Dimension, new double[Tasks][]);
        foreach (var group in groups)
        {
            var features = Vectors.Product(group.Inputs, Dimension, basis, k, transposeB: true);         // [n, k]
            foreach (var task in group.Tasks)
            {
                var rows = Vectors.RowsLess(features, new double[k], task.Rows);
                var centred = Vectors.RowsLess(rows, Vectors.ColumnMeans(rows, k), [.. Enumerable.Range(0, task.Rows.Length)]);
                projected[task.Task] = [
                    .. Vectors.Product(centred, task.Rows.Length, centred, k, transposeA: true).Select(v => v / task.Rows.Length)];
            }
        }

        return projected;
    }

    /// <summary>Returns the mean over tasks of C_t [d, d], from one product in which a row counts for all tasks that have it, minus the
    /// part of the tasks' means.</summary>
    protected override double[] Mean()
    {
        var mean = new double[Dimension * Dimension];
        foreach (var group in groups)
        {
            var scaled = group.Inputs.ToArray();
            var shares = new double[group.Count];
            foreach (var task in group.Tasks)
            {
                var means = new double[Dimension];
                foreach (var n in task.Rows)
                {
                    shares[n] += 1.0 / (Tasks * task.Rows.Length);
                    Vectors.AddScaled(means, 1.0 / task.Rows.Length, group.Row(n));
                }

                for (var i = 0; i < Dimension; i++)
                {
                    Vectors.AddScaled(mean.AsSpan(i * Dimension, Dimension), -means[i] / Tasks, means);
                }
            }

            for (var i = 0; i < scaled.Length; i++)
            {
                scaled[i] *= shares[i / Dimension];
            }

            Vectors.AddScaled(mean, 1, Vectors.Product(scaled, group.Count, group.Inputs, Dimension, transposeA: true));
        }

        return mean;
    }
}
