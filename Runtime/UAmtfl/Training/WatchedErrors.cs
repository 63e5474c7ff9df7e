using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>The validation errors that early stopping watches.</summary>
internal sealed class WatchedErrors
{
    private readonly TrainingPlan plan;
    private readonly DeclaredOrder declared;
    private readonly int settled;

    /// <summary>Finds what can be watched.</summary>
    /// <param name="plan">The plan, which says what is watched.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="objective">The objective, whose network may be changed by a search.</param>
    /// <param name="validation">The labels of the validation set; null if there is none.</param>
    /// <exception cref="UAmtflException">The task that is watched has no label in the validation set.</exception>
    public WatchedErrors(TrainingPlan plan, TaskSet tasks, Objective objective, Labels? validation)
    {
        (this.plan, declared) = (plan, new(tasks));
        settled = objective.Search?.SettledAfter(plan.Epochs) ?? 0;
        if (plan.Patience == 0 || plan.Monitor is not { } monitor || validation is not { } labels)
        {
            return;
        }

        using var scope = NewDisposeScope();
        var counts = labels.Counts(tasks.Count).to(ScalarType.Float64).cpu().data<double>().ToArray();
        var unlabelled = tasks.Tasks.Where((_, t) => counts[t] == 0).Select(t => t.Name).ToList();
        if (unlabelled.Contains(monitor))
        {
            throw new UAmtflException(
                $"variant {objective.Network.GetName()} cannot be trained: early stopping watches {monitor}, which has no label in the "
                + "validation set; watch another task, or give it validation rows");
        }

        if (monitor == TrainingPlan.EachTask && unlabelled.Count > 0)
        {
            Notice = $"early stopping cannot watch {string.Join(", ", unlabelled.Take(5))}"
                + $"{(unlabelled.Count > 5 ? $" and {unlabelled.Count - 5} more" : "")}, which {(unlabelled.Count == 1 ? "has" : "have")} "
                + "no label in the validation set, and tests the last epoch there";
        }
    }

    /// <summary>Says which tasks cannot be watched; null if all that should be can.</summary>
    public string? Notice { get; }

    /// <summary>Returns the errors of an epoch that are watched; none if they were not measured, or if a search has not yet given the
    /// network its last structure.</summary>
    public double[] Of(EpochRecord record) => record.Epoch <= settled ? [] : (record.TaskValidationErrors, plan.Monitor) switch
    {
        (null, _) => record.ValidationError is { } error ? [error] : [],
        ({ } errors, TrainingPlan.EachTask) => errors,
        ({ } errors, var task) => [errors[declared.Tasks.Tasks.TakeWhile(t => t.Name != task).Count()]],
    };
}
