using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;

namespace UAmtfl.LinearModels;

/// <summary>Predicts each task's training mean, w = 0 and b = ȳ, or for a binary task b = log(p / (1 − p)) with p the share of ones.
/// Every other method should have a smaller error.</summary>
public static class MeanPredictor
{
    /// <summary>Computes the means of a problem's labels.</summary>
    /// <param name="problem">Regression and binary tasks, each with at least one label. For a binary task p is clamped to [1/(2N), 1 −
    /// 1/(2N)], half a label from certainty, so that a task with one class has a finite b.</param>
    /// <exception cref="UAmtflException">A task has no labels, or is a classification task.</exception>
    public static LinearModel Fit(LinearProblem problem)
    {
        problem.Check("The mean predictor", null, "leave it out");
        var biases = problem.Tasks.Select(task =>
        {
            var mean = task.Labels.ToArray().Average();
            if (task.Kind == TaskKind.Regression)
            {
                return mean;
            }

            var share = Math.Clamp(mean, 0.5 / task.Count, 1 - (0.5 / task.Count));
            return Math.Log(share / (1 - share));
        }).ToArray();
        return Paths.Model(new double[problem.Count * problem.Dimension], biases);
    }
}
