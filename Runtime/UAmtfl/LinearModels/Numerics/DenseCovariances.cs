using UAmtfl.Numerics;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Keeps a covariance matrix C_t for each task.</summary>
internal sealed class DenseCovariances : TaskCovariances
{
    private readonly double[][] grams;

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

    /// <summary>Returns the covariance matrix C_t [d, d] of a task.</summary>
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

    protected override double[] Mean()
    {
        var mean = new double[Dimension * Dimension];
        foreach (var gram in grams)
        {
            Vectors.AddScaled(mean, 1.0 / Tasks, gram);
        }

        return mean;
    }

    private static void Multiply(double[] matrix, ReadOnlySpan<double> vector, Span<double> result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Vectors.Dot(matrix.AsSpan(i * result.Length, result.Length), vector);
        }
    }
}
