using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>The moments of one task, from which its squared loss with an unpenalised intercept is computed: with centred inputs and
/// labels, 1/(2N) ‖y − Xw‖² = ½ wᵀCw − qᵀw + v/2.</summary>
/// <param name="Count">The number of rows N.</param>
/// <param name="Gram">The matrix C = XᵀX/N [d, d]; empty if it was not requested.</param>
/// <param name="Cross">The vector q = Xᵀy/N [d].</param>
/// <param name="InputMeans">The means x̄ [d] of the inputs before centring.</param>
/// <param name="LabelMean">The mean ȳ of the labels before centring.</param>
/// <param name="LabelVariance">The variance of the labels, v = ‖y‖²/N.</param>
internal sealed record Moments(int Count, double[] Gram, double[] Cross, double[] InputMeans, double LabelMean, double LabelVariance)
{
    /// <summary>Returns the best intercept for given weights, ȳ − x̄ · w.</summary>
    public double Bias(ReadOnlySpan<double> weights) => LabelMean - Vectors.Dot(InputMeans, weights);
}

/// <summary>Computes the moments of the tasks of a group. The Gram matrix of all reference rows is computed once, and the rows that a
/// task lacks are subtracted, because each task lacks only a few.</summary>
internal sealed class MomentSource
{
    private readonly int dimension;
    private readonly int[] reference;
    private readonly double[] shift;
    private readonly double[] inputs;
    private double[]? all;

    /// <summary>Computes the moments of the reference rows.</summary>
    /// <param name="group">The tasks and the matrix of their rows.</param>
    /// <param name="reference">The rows that all tasks have most of, ascending.</param>
    public MomentSource(RowGroup group, int[] reference)
    {
        this.reference = reference;
        dimension = group.Dimension;
        // Shift the inputs first, because means far from 0 would cost the differences of sums their digits.
        shift = Vectors.ColumnMeans(group.Inputs, dimension);
        inputs = Vectors.RowsLess(group.Inputs, shift, [.. Enumerable.Range(0, group.Count)]);
    }

    /// <summary>Computes the moments of one task.</summary>
    /// <param name="task">The task, whose rows are among the reference rows.</param>
    /// <param name="buffer">An array [d · d] that receives C; null if C is not needed.</param>
    public Moments Of(TaskRows task, double[]? buffer)
    {
        var (mean, count) = (task.Mean(), task.Rows.Length);
        var sums = new double[dimension];
        var cross = new double[dimension];
        var variance = 0.0;
        for (var i = 0; i < count; i++)
        {
            var row = inputs.AsSpan(task.Rows[i] * dimension, dimension);
            var label = task.Labels[i] - mean;
            Vectors.AddScaled(sums, 1.0 / count, row);
            Vectors.AddScaled(cross, label / count, row);
            variance += label * label / count;
        }

        if (buffer is not null)
        {
            FillGram(task.Rows, sums, buffer);
        }

        var means = shift.ToArray();
        Vectors.AddScaled(means, 1, sums);
        return new(count, buffer ?? [], cross, means, mean, variance);
    }

    private void FillGram(int[] rows, double[] means, double[] gram)
    {
        var has = rows.ToHashSet();
        var lacking = reference.Where(n => !has.Contains(n)).ToArray();
        var subtract = lacking.Length < rows.Length;
        var part = subtract ? lacking : rows;
        var sums = part.Length == 0 ? null : SumOfSquares(part);
        if (subtract)
        {
            all ??= SumOfSquares(reference);
        }

        for (var i = 0; i < dimension; i++)
        {
            var target = gram.AsSpan(i * dimension, dimension);
            target.Clear();
            if (subtract)
            {
                Vectors.AddScaled(target, 1.0 / rows.Length, all.AsSpan(i * dimension, dimension));
            }

            if (sums is not null)
            {
                Vectors.AddScaled(target, (subtract ? -1.0 : 1.0) / rows.Length, sums.AsSpan(i * dimension, dimension));
            }

            Vectors.AddScaled(target, -means[i], means);
        }
    }

    private double[] SumOfSquares(int[] rows)
    {
        var part = Vectors.RowsLess(inputs, new double[dimension], rows);
        return Vectors.Product(part, rows.Length, part, dimension, transposeA: true);
    }
}
