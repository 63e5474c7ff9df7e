using UAmtfl.Numerics;

namespace UAmtfl.Weighting;

/// <summary>Inner products of task gradients, G = JJᵀ, or JKᵀ of two batches.</summary>
public sealed class Gramian
{
    private readonly double[] values;

    /// <summary>Takes the numbers.</summary>
    /// <param name="values">n × n, row by row; kept, not copied.</param>
    /// <param name="tasks">Which task each row is of; 0 … n − 1 where it is left out.</param>
    /// <exception cref="ArgumentException">The numbers are no square.</exception>
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

    /// <summary>n, how many tasks.</summary>
    public int Count { get; }

    /// <summary>Which task each row is of: its number in the order of the network's outputs, which is that of the experiment's
    /// <c>TaskSet</c> (by kind, then as declared).</summary>
    public IReadOnlyList<int> Tasks { get; }

    /// <summary>n × n, row by row.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>g_i · g_j</summary>
    public double this[int i, int j] => values[(i * Count) + j];

    /// <summary>The inner products of g_i with all.</summary>
    public ReadOnlySpan<double> Row(int i) => values.AsSpan(i * Count, Count);

    /// <summary>‖g_i‖</summary>
    public double Norm(int i) => Math.Sqrt(this[i, i]);

    /// <summary>cos(g_i, g_j), between −1 and 1; both gradients must not be zero.</summary>
    public double Cosine(int i, int j) => Math.Clamp(this[i, j] / Norm(i) / Norm(j), -1, 1);

    /// <summary>Gw</summary>
    /// <param name="w">n numbers.</param>
    public double[] Times(ReadOnlySpan<double> w)
    {
        var product = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            product[i] = Vectors.Dot(Row(i), w);
        }

        return product;
    }

    /// <summary>The inner products among the tasks with a gradient that is not zero.</summary>
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

    /// <summary>Names the task whose gradient is not finite.</summary>
    /// <exception cref="NotFiniteException">There is one.</exception>
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
