namespace UAmtfl.LinearModels.Numerics;

/// <summary>Products with C_t through the rows, for many inputs: one product of matrices for all tasks of a group, with the rows that
/// a task lacks set to 0 between.</summary>
internal sealed class PooledCovariances : TaskCovariances
{
    private readonly RowGroup[] groups;
    private readonly double[] diagonals;

    public PooledCovariances(LinearProblem problem) : base(problem.Count, (int)problem.Dimension)
    {
        diagonals = new double[Tasks * Dimension];
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
        foreach (var (group, task) in groups.SelectMany(g => g.Tasks, (g, task) => (g, task)))
        {
            FillDiagonal(group, task, Row(diagonals, task.Task));
        }
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
                projected[task.Task] = [.. Vectors.Product(centred, task.Rows.Length, centred, k, transposeA: true).Select(v => v / task.Rows.Length)];
            }
        }

        return projected;
    }

    /// <summary>By the diagonals.</summary>
    public override void Precondition(double[] residual, double[] factors, double[] shifts, double[] result)
    {
        for (var i = 0; i < residual.Length; i++)
        {
            var scale = (factors[i / Dimension] * diagonals[i]) + shifts[i / Dimension];
            result[i] = scale > 0 ? residual[i] / scale : 0;
        }
    }

    private static void FillDiagonal(RowGroup group, TaskRows task, Span<double> diagonal)
    {
        var means = new double[diagonal.Length];
        foreach (var n in task.Rows)
        {
            Vectors.AddScaled(means, 1.0 / task.Rows.Length, group.Row(n));
        }

        foreach (var n in task.Rows)
        {
            var row = group.Row(n);
            for (var j = 0; j < means.Length; j++)
            {
                diagonal[j] += (row[j] - means[j]) * (row[j] - means[j]) / task.Rows.Length;
            }
        }
    }
}
