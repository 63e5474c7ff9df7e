using UAmtfl.Weighting;

namespace UAmtfl.Experiments.Mnist;

/// <summary>A weighting of a user's own, in five lines: a task counts by how far its gradient agrees with those of all tasks, w_t ∝
/// max(Σ_s cos(g_t, g_s), 0), with weights that sum to T. It derives from <see cref="GramianWeighting"/>, so that the generated code
/// computes only inner products of gradients; its test derives from <c>GramianWeightingProperties</c>.</summary>
/// <param name="tasks">T.</param>
public sealed class Agreement(int tasks) : GramianWeighting(tasks)
{
    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        int[] all = [.. Enumerable.Range(0, gramian.Count)];
        double[] agreement = [.. all.Select(t => Math.Max(all.Sum(s => gramian.Cosine(t, s)), 0))];
        var total = agreement.Sum();
        return [.. agreement.Select(a => total > 0 ? a * gramian.Count / total : 1)];   // where all are against all, each counts the same
    }
}
