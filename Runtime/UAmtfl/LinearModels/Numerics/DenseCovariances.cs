namespace UAmtfl.LinearModels.Numerics;

/// <summary>A matrix C_t for each task.</summary>
internal sealed class DenseCovariances : TaskCovariances
{
    private readonly double[][] grams;
    private (double[] Values, double[] Vectors)[]? spectra;

    public DenseCovariances(LinearProblem problem) : base(problem.Count, (int)problem.Dimension)
    {
        grams = [.. problem.Tasks.Select(_ => new double[Dimension * Dimension])];
        foreach (var group in RowGroup.Of(problem))
        {
            var source = new MomentSource(group, [.. Enumerable.Range(0, group.Count)]);
            foreach (var task in group.Tasks)
            {
                Set(task.Task, source.Of(task, grams[task.Task]) with { Gram = [] });
            }
        }
    }

    /// <summary>C_t [d, d].</summary>
    public double[] Gram(int t) => grams[t];

    public override double[] Apply(double[] weights)
    {
        var result = new double[weights.Length];
        for (var t = 0; t < Tasks; t++)
        {
            Multiply(grams[t], Row(weights, t), Row(result, t));
        }

        return result;
    }

    public override double[][] Project(double[] basis)
    {
        var k = basis.Length / Dimension;
        var image = new double[basis.Length];
        return [.. grams.Select(gram =>
        {
            for (var i = 0; i < k; i++)
            {
                Multiply(gram, Row(basis, i), Row(image, i));
            }

            return Enumerable.Range(0, k * k).Select(i => Vectors.Dot(Row(basis, i / k), Row(image, i % k))).ToArray();
        })];
    }

    /// <summary>Exact, by eigenvectors; 0 in a direction in which both matrices are 0.</summary>
    public override void Precondition(double[] residual, double[] factors, double[] shifts, double[] result)
    {
        spectra ??= [.. grams.Select(gram => CovarianceRidge.Decompose(gram, Dimension))];
        var rotated = new double[Dimension];
        for (var t = 0; t < Tasks; t++)
        {
            var (values, vectors) = spectra[t];
            var row = Row(residual, t);
            Array.Clear(rotated);
            for (var i = 0; i < Dimension; i++)
            {
                Vectors.AddScaled(rotated, row[i], vectors.AsSpan(i * Dimension, Dimension));
            }

            for (var i = 0; i < Dimension; i++)
            {
                var scale = (factors[t] * Math.Max(values[i], 0)) + shifts[t];
                rotated[i] = scale > 1e-13 * ((factors[t] * values[^1]) + shifts[t]) ? rotated[i] / scale : 0;
            }

            Multiply(vectors, rotated, Row(result, t));
        }
    }

    private static void Multiply(double[] matrix, ReadOnlySpan<double> vector, Span<double> result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Vectors.Dot(matrix.AsSpan(i * result.Length, result.Length), vector);
        }
    }
}
