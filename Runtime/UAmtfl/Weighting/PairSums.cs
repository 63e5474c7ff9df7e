using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>Adds up the cosines and the conflicts of each pair of task gradients over all steps of a training. The sums are part of a
/// checkpoint, so that a training that continues has those of one that was never interrupted.</summary>
/// <remarks>The sums are over all epochs, because the steps of a single one are few, and with early stopping the last epoch is not the one
/// that is tested.</remarks>
internal sealed class PairSums
{
    /// <summary>The largest number of tasks whose pairs are recorded, because the sums of more would fill checkpoints and take a part of
    /// each step that can be measured.</summary>
    public const int MostTasks = 200;

    private const string Name = "Pairs";
    private const int Cosines = 0, Conflicts = 1, Steps = 2, Numbers = 3;

    private readonly int tasks;

    /// <summary>Three numbers for each pair: the sum of its cosines, its conflicts, and its steps.</summary>
    private readonly StateArray sums;

    private PairSums(int tasks, nn.Module keeper)
    {
        this.tasks = tasks;
        sums = StateArray.Register(keeper, Name, Numbers * tasks * (tasks - 1) / 2, 0);
    }

    /// <summary>Makes the sums, as a buffer of a module; null if there is one task, or more than <see cref="MostTasks"/>.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="keeper">The module with which the sums are saved and loaded.</param>
    public static PairSums? Of(int tasks, nn.Module keeper) => tasks is > 1 and <= MostTasks ? new(tasks, keeper) : null;

    /// <summary>Adds the gradients of a step.</summary>
    /// <param name="gramian">The inner products of the tasks that have a gradient, in ascending order.</param>
    /// <param name="norms">The norm of each of these gradients.</param>
    public void Add(Gramian gramian, ReadOnlySpan<double> norms)
    {
        var values = sums.Values;
        for (var i = 1; i < gramian.Count; i++)
        {
            var row = gramian.Row(i);
            for (var j = 0; j < i; j++)
            {
                var pair = values.Slice(Place(gramian.Tasks[i], gramian.Tasks[j]), Numbers);
                pair[Cosines] += Math.Clamp(row[j] / norms[i] / norms[j], -1, 1);
                pair[Conflicts] += row[j] < 0 ? 1 : 0;
                pair[Steps]++;
            }
        }
    }

    /// <summary>Returns the mean cosine of each pair, [T][T], and the share of steps in which it conflicts, [T][T], over the steps in
    /// which both tasks have a gradient; NaN for a pair without such a step, and 1 and 0 for a task with itself.</summary>
    public (double[][] Cosines, double[][] Conflicts) Means() => (Matrix(Cosines, ofItself: 1), Matrix(Conflicts, ofItself: 0));

    /// <summary>Returns the place of the first number of a pair.</summary>
    private static int Place(int task, int before) => Numbers * ((task * (task - 1) / 2) + before);

    private double[][] Matrix(int number, double ofItself)
    {
        var values = sums.Values;
        double[][] matrix = [.. Enumerable.Range(0, tasks).Select(_ => new double[tasks])];
        for (var s = 0; s < tasks; s++)
        {
            matrix[s][s] = ofItself;
            for (var t = 0; t < s; t++)
            {
                var pair = values.Slice(Place(s, t), Numbers);
                matrix[s][t] = matrix[t][s] = pair[number] / pair[Steps];
            }
        }

        return matrix;
    }
}
