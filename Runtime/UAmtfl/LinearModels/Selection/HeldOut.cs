using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Selection;

/// <summary>Collects the losses of all strengths on labels that the fits have not seen, summed for each task.</summary>
/// <param name="strengths">The strengths of each task, the strongest first.</param>
/// <param name="kind">The kind of the tasks, which decides the loss.</param>
internal sealed class HeldOut(IReadOnlyList<IReadOnlyList<Strength>> strengths, TaskKind kind)
{
    private readonly double[][] sums = [.. strengths.Select(s => new double[s.Count])];
    private readonly int[] counts = new int[strengths.Count];

    /// <summary>Collects losses by K-fold cross-validation, in which tasks of one group share the folds of its rows. All strengths of a
    /// regression task with a single label get the same score, because it has no label left to be scored on.</summary>
    public HeldOut CrossValidate(LinearProblem problem, PathSolverFactory solver, int folds, long seed)
    {
        if (folds < 2)
        {
            throw new UAmtflException($"Cross-validation needs at least 2 folds, not {folds}.");
        }

        foreach (var group in RowGroup.Of(problem, share: kind == TaskKind.Regression))
        {
            var fold = kind == TaskKind.Regression
                ? Folds.Assign(group.Count, folds, seed)
                : Folds.Stratified(group.Tasks[0].Labels, folds, seed);
            for (var k = 0; k < folds; k++)
            {
                using var scope = NewDisposeScope();
                IPathSolver? shared = null;
                foreach (var task in group.Tasks)
                {
                    var (training, held) = (task.Where(n => fold[n] != k), task.Where(n => fold[n] == k));
                    if (held.Rows.Length == 0 || (kind == TaskKind.Regression && task.Rows.Length == 1))
                    {
                        continue;
                    }

                    CheckTraining(problem, training, k);
                    shared ??= solver(group, [.. Enumerable.Range(0, group.Count).Where(n => fold[n] != k)]);
                    var path = shared.Solve(training, strengths[task.Task]);
                    Add(task.Task, path, held.Labels, i => group.Row(held.Rows[i]));
                }
            }
        }

        return this;
    }

    /// <summary>Returns for each task the strength with the smallest mean loss; of equals the strongest.</summary>
    public SelectedStrengths Best(bool ratios)
    {
        var best = sums.Select(s => Array.IndexOf(s, s.Min())).ToArray();
        return new(
            [.. best.Select((i, t) => strengths[t][i].Lambda)],
            ratios ? [.. best.Select((i, t) => strengths[t][i].Ratio)] : [],
            [.. best.Select((i, t) => sums[t][i] / counts[t])])
        {
            Smallest = best.Index().Count(b => strengths[b.Index].Count > 1 && strengths[b.Index][b.Item] is var chosen
                && strengths[b.Index].Where(s => s.Ratio == chosen.Ratio).Min(s => s.Lambda) == chosen.Lambda),
        };
    }

    private void Add(int task, LinearPath path, double[] labels, RowOf row)
    {
        counts[task] += labels.Length;
        for (var i = 0; i < labels.Length; i++)
        {
            for (var l = 0; l < path.Biases.Length; l++)
            {
                var output = path.Output(l, row(i));
                sums[task][l] += kind == TaskKind.Binary
                    ? LogisticLoss.Of(output, labels[i])
                    : (output - labels[i]) * (output - labels[i]);
            }
        }
    }

    private void CheckTraining(LinearProblem problem, TaskRows training, int fold)
    {
        if (training.Rows.Length == 0 || (kind == TaskKind.Binary && training.Labels.Distinct().Count() < 2))
        {
            throw new UAmtflException(
                $"Cross-validation: outside fold {fold} {problem.Called(training.Task)} "
                + $"has {(training.Rows.Length == 0 ? "no labels" : "one class only")}: "
                + "state the Strength, which needs no cross-validation, or leave the task out.");
        }
    }

    private delegate ReadOnlySpan<double> RowOf(int i);
}
