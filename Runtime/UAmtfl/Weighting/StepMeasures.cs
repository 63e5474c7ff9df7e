using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that can tell what it computed in the steps of an epoch.</summary>
internal interface IMeasuredWeighting
{
    /// <summary>Returns means over the steps since the last call, by name: values of tasks [T], or one for all [1].</summary>
    IEnumerable<(string Name, double[] Values)> TakeMeasures();
}

/// <summary>Adds up what a weighting computes in each step: weights, norms of the task gradients, and pairs of tasks whose gradients
/// conflict. Nothing is read from a device for it but means, once an epoch.</summary>
/// <param name="tasks">The number of tasks T, at least 1.</param>
internal sealed class StepMeasures(int tasks) : IDisposable
{
    /// <summary>The weights w_t of the tasks, means over steps [T].</summary>
    public const string Weight = "weight";

    /// <summary>The norms of the task gradients, means over the steps in which a task has one [T].</summary>
    public const string GradientNorm = "gradientNorm";

    /// <summary>The share of the pairs of gradients whose inner product is below 0 [1].</summary>
    public const string Conflicts = "conflicts";

    private readonly double[] weights = new double[tasks];
    private readonly double[] norms = new double[tasks];
    private readonly int[] gradients = new int[tasks];
    private readonly DeviceMeans device = new();
    private readonly double[] lengths = new double[tasks];
    private long pairs;
    private long conflicts;
    private int steps;
    private bool compared;

    /// <summary>The sums over a training of each pair of gradients; null if they are not recorded.</summary>
    public PairSums? Pairs { get; set; }

    /// <summary>Adds the weights of a step.</summary>
    /// <param name="values">The weights, T numbers.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        steps++;
        for (var t = 0; t < tasks; t++)
        {
            weights[t] += values[t];
        }
    }

    /// <summary>Adds the weights of a step that a weighting computes on a device.</summary>
    /// <param name="values">The weights [T].</param>
    public void Add(Tensor values) => device.Add(values, present: null);

    /// <summary>Adds the gradients of a step.</summary>
    /// <param name="gramian">The inner products of the tasks that have a gradient.</param>
    public void Add(Gramian gramian)
    {
        compared = true;
        for (var i = 0; i < gramian.Count; i++)
        {
            var task = gramian.Tasks[i];
            norms[task] += lengths[i] = gramian.Norm(i);
            gradients[task]++;
            var row = gramian.Row(i);
            for (var j = 0; j < i; j++)
            {
                conflicts += row[j] < 0 ? 1 : 0;
            }
        }

        pairs += (long)gramian.Count * (gramian.Count - 1) / 2;
        Pairs?.Add(gramian, lengths);
    }

    /// <summary>Returns the means since the last call, and begins again. A mean over nothing is NaN.</summary>
    public IEnumerable<(string Name, double[] Values)> Take()
    {
        var taken = new List<(string, double[])>();
        if (steps > 0)
        {
            taken.Add((Weight, Array.ConvertAll(weights, sum => sum / steps)));
        }

        if (device.Take() is { } means)
        {
            taken.Add((Weight, means));
        }

        if (compared)
        {
            taken.Add((GradientNorm, [.. norms.Zip(gradients, (sum, count) => sum / count)]));
        }

        if (compared && tasks > 1)
        {
            taken.Add((Conflicts, [conflicts / (double)pairs]));
        }

        Array.Clear(weights);
        Array.Clear(norms);
        Array.Clear(gradients);
        (steps, pairs, conflicts, compared) = (0, 0, 0, false);
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => device.Dispose();
}
