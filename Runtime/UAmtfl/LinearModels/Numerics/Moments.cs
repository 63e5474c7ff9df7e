using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>All that a squared loss with an unpenalised intercept needs to know of a task: with the centred inputs and labels,
/// 1/(2N) ‖y − Xw‖² = ½ wᵀCw − qᵀw + v/2.</summary>
/// <param name="Count">N</param>
/// <param name="Gram">C = XᵀX/N [d, d]; empty where it was not asked for.</param>
/// <param name="Cross">q = Xᵀy/N [d]</param>
/// <param name="InputMeans">x̄ [d], of the inputs as they came.</param>
/// <param name="LabelMean">ȳ</param>
/// <param name="LabelVariance">v = ‖y‖²/N</param>
internal sealed record Moments(int Count, double[] Gram, double[] Cross, double[] InputMeans, double LabelMean, double LabelVariance)
{
    /// <summary>The intercept that belongs to weights: ȳ − x̄ · w.</summary>
    public double Bias(ReadOnlySpan<double> weights) => LabelMean - Vectors.Dot(InputMeans, weights);
}

/// <summary>The moments of tasks on some rows of a group's matrix. Their Gram matrices differ by the few rows that a task lacks:
/// the matrix of all rows is made once, and what a task lacks is taken off.</summary>
internal sealed class MomentSource
{
    private readonly int dimension;
    private readonly int[] reference;
    private readonly double[] shift;
    private readonly double[] inputs;
    private double[]? all;

    /// <summary>Prepares the rows that tasks will have most of.</summary>
    /// <param name="group">The matrix.</param>
    /// <param name="reference">The rows, ascending.</param>
    public MomentSource(RowGroup group, int[] reference)
    {
        this.reference = reference;
        dimension = group.Dimension;
        // Means far from 0 would cost the differences of sums their digits.
        shift = Vectors.ColumnMeans(group.Inputs, dimension);
        inputs = Vectors.RowsLess(group.Inputs, shift, [.. Enumerable.Range(0, group.Count)]);
    }

    /// <summary>The moments of one task.</summary>
    /// <param name="task">Rows among the reference.</param>
    /// <param name="buffer">[d · d] to put C into, or null for no C.</param>
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

        if (buffer is not null) FillGram(task.Rows, sums, buffer);
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
        if (subtract) all ??= SumOfSquares(reference);
        for (var i = 0; i < dimension; i++)
        {
            var target = gram.AsSpan(i * dimension, dimension);
            target.Clear();
            if (subtract) Vectors.AddScaled(target, 1.0 / rows.Length, all.AsSpan(i * dimension, dimension));
            if (sums is not null) Vectors.AddScaled(target, (subtract ? -1.0 : 1.0) / rows.Length, sums.AsSpan(i * dimension, dimension));
            Vectors.AddScaled(target, -means[i], means);
        }
    }

    private double[] SumOfSquares(int[] rows)
    {
        var part = Vectors.RowsLess(inputs, new double[dimension], rows);
        return Vectors.Product(part, rows.Length, part, dimension, transposeA: true);
    }
}
