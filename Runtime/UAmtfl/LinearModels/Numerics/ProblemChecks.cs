using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>Checks that a solver can fit a problem before it starts.</summary>
internal static class ProblemChecks
{
    /// <summary>Throws if a method cannot fit a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="method">The method's name, for the message.</param>
    /// <param name="kind">The kind that every task must have; null if both regression and binary tasks are allowed.</param>
    /// <param name="instead">The advice for a task of another kind, for the message.</param>
    public static void Check(this LinearProblem problem, string method, TaskKind? kind, string instead)
    {
        if (problem.Count == 0)
        {
            throw new UAmtflException($"{method}: the problem has no tasks: give at least one.");
        }

        for (var t = 0; t < problem.Count; t++)
        {
            var task = problem.Tasks[t];
            if (task.Kind == TaskKind.Classification || (kind is { } wanted && task.Kind != wanted))
            {
                throw new UAmtflException(
                    $"{method}: {problem.Called(t)} is a {task.Kind.ToString().ToLowerInvariant()} task, "
                    + $"which this method cannot fit: {instead}.");
            }

            if (task.Inputs.dim() != 2
                || task.Inputs.shape[1] != problem.Dimension
                || task.Labels.dim() != 1
                || task.Inputs.shape[0] != task.Count)
            {
                throw new UAmtflException(
                    $"{method}: {problem.Called(t)} has inputs [{string.Join(", ", task.Inputs.shape)}] and labels "
                    + $"[{string.Join(", ", task.Labels.shape)}]: give [N_t, {problem.Dimension}] and [N_t].");
            }

            if (task.Inputs.dtype != ScalarType.Float64 || task.Labels.dtype != ScalarType.Float64)
            {
                throw new UAmtflException(
                    $"{method}: {problem.Called(t)} is not in float64: "
                    + "convert its inputs and labels, or build the problem with LinearProblem.From.");
            }

            if (task.Count == 0)
            {
                throw new UAmtflException($"{method}: {problem.Called(t)} has no labels: leave it out of the problem.");
            }
        }
    }

    /// <summary>Throws if a strength is not a finite number in the range of the method.</summary>
    public static void CheckStrength(string method, string name, double value, bool zero)
    {
        if (!double.IsFinite(value) || value < 0 || (value == 0 && !zero))
        {
            throw new UAmtflException(FormattableString.Invariant(
                $"{method}: {name} = {value} is out of range: give a number {(zero ? "of at least" : "above")} 0."));
        }
    }

    /// <summary>Throws if there is not one strength for each task, or a strength is out of range.</summary>
    public static void CheckStrengths(string method, string name, IReadOnlyList<double> values, int tasks, bool zero)
    {
        if (values.Count != tasks)
        {
            throw new UAmtflException($"{method}: {values.Count} numbers for {name} and {tasks} tasks: give one for each task.");
        }
        foreach (var value in values)
        {
            CheckStrength(method, name, value, zero);
        }
    }
}
