using UAmtfl.Numerics;

namespace UAmtfl.Weighting;

/// <summary>The inner products of task gradients: G = JJᵀ of one batch, or JKᵀ of two batches.</summary>
public sealed class Gramian
{
    private readonly double[] values;

    /// <summary>Makes a matrix of inner products.</summary>
    /// <param name="values">The n × n inner products, row by row; kept, not copied.</param>
    /// <param name="tasks">The index of the task of each row; null for 0 … n − 1.</param>
    /// <exception cref="ArgumentException">The number of values is not the square of a number, or not that of the tasks.</exception>
    public Gramian(double[] values, IReadOnlyList<int>? tasks = null)
    {
        Count = (int)Math.Round(Math.Sqrt(values.Length));
        if (Count * Count != values.Length || (tasks is not null && tasks.Count != Count))
        {
            throw new ArgumentException($"{values.Length} numbers are no square matrix of {tasks?.Count ?? Count} rows.", nameof(values));
        }

        this.values = values;
        Tasks = tasks ?? [.. Enumerable.Range(0, Count)];
    }

    /// <summary>The number n of tasks in the matrix.</summary>
    public int Count { get; }

    /// <summary>The task of each row, as its index in the order of the network's outputs, which is that of the experiment's <c>TaskSet</c>
    /// (by kind, then as declared).</summary>
    public IReadOnlyList<int> Tasks { get; }

    /// <summary>The n × n inner products, row by row.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Returns the inner product g_i · g_j.</summary>
    public double this[int i, int j] => values[(i * Count) + j];

    /// <summary>Returns the inner products of g_i with all gradients.</summary>
    public ReadOnlySpan<double> Row(int i) => values.AsSpan(i * Count, Count);

    /// <summary>Returns the norm ‖g_i‖.</summary>
    public double Norm(int i) => Math.Sqrt(this[i, i]);

    /// <summary>Returns the cosine of g_i and g_j, between −1 and 1. Neither gradient may be zero.</summary>
    public double Cosine(int i, int j) => Math.Clamp(this[i, j] / Norm(i) / Norm(j), -1, 1);

    /// <summary>Returns the product Gw.</summary>
    /// <param name="w">The vector w of n numbers.</param>
    public double[] Times(ReadOnlySpan<double> w)
    {
        var product = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            product[i] = Vectors.Dot(Row(i), w);
        }

        return product;
    }

    /// <summary>Returns the inner products of the tasks whose gradient is not zero.</summary>
    internal Gramian WithGradient()
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(i => this[i, i] > 0)];
        if (kept.Length == Count)
        {
            return this;
        }

        var part = new double[kept.Length * kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            for (var j = 0; j < kept.Length; j++)
            {
                part[(i * kept.Length) + j] = this[kept[i], kept[j]];
            }
        }

        return new(part, [.. kept.Select(i => Tasks[i])]);
    }

    /// <summary>Throws an exception with the index of the task if a gradient is not finite.</summary>
    /// <exception cref="NotFiniteException">A gradient is not finite.</exception>
    internal void RequireFinite()
    {
        for (var i = 0; i < Count; i++)
        {
            if (!double.IsFinite(this[i, i]))
            {
                throw new NotFiniteException(Tasks[i]);
            }
        }

        if (Array.FindIndex(values, v => !double.IsFinite(v)) is >= 0 and var place)
        {
            throw new NotFiniteException(Tasks[place / Count]);
        }
    }
}
