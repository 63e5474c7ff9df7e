using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the tasks that a variant is trained on.</summary>
internal static class TrainOnParser
{
    private const string Listed = "tasks", Left = "Except";

    /// <summary>Returns the names of the tasks, as declared; empty for all, also after a report.</summary>
    /// <param name="variant">The name of the variant.</param>
    /// <param name="attributes">The attributes of the variant.</param>
    /// <param name="plan">The training plan of the variant, which can watch a task.</param>
    /// <param name="tasks">The tasks of the experiment.</param>
    public static EquatableArray<string> Parse(
        string variant, IReadOnlyList<AttributeReader> attributes, PlanModel plan, TaskSetModel tasks)
    {
        if (attributes.Find(WellKnownNames.TrainOn) is not { } trained)
        {
            return [];
        }

        var (listed, left) = (Places(trained, Listed, tasks), Places(trained, Left, tasks));
        var chosen = Enumerable.Range(0, tasks.Count)
            .Where(t => trained.States(Left) ? !left.Contains(t) : listed.Contains(t)).OrderBy(t => tasks.Tasks[t].LabelColumn).ToList();
        var unknown = listed.Count + left.Count < trained.Texts(Listed).Count + trained.Texts(Left).Count;
        if (Why(trained, chosen.Count > 0 || unknown, tasks) is { } why)
        {
            trained.Context.Report(Rules.BadTaskChoice, trained.Location, variant, why);
            return [];
        }

        Check(variant, attributes, plan, tasks, chosen);
        return [.. chosen.Select(t => Name(tasks.Tasks[t]))];
    }

    /// <summary>Returns the places of the tasks that an argument names, and reports names of none.</summary>
    private static List<int> Places(AttributeReader attribute, string argument, TaskSetModel tasks) =>
        [.. attribute.Texts(argument).Select(name => TaskNames.Find(attribute, argument, name, tasks)).OfType<int>()];

    private static string? Why(AttributeReader trained, bool some, TaskSetModel tasks)
    {
        var names = trained.Texts(Listed).Count;
        return tasks.OneVsAll ? "they are the classes of one problem, of which a row needs all; remove [TrainOn]"
            : tasks.PerTask ? "each row of the data is of one task; leave rows out in the data set instead"
            : names > 0 && trained.States(Left) ? "it lists tasks and exceptions; keep one of the two"
            : names + trained.Texts(Left).Count == 0 ? "it names no task; name some, [TrainOn(nameof(T.A))], or exceptions"
            : some ? null : "none is left; name fewer exceptions";
    }

    /// <summary>Reports attributes that name a task on which the variant is not trained.</summary>
    private static void Check(
        string variant, IReadOnlyList<AttributeReader> attributes, PlanModel plan, TaskSetModel tasks, List<int> chosen)
    {
        foreach (var attribute in attributes)
        {
            foreach (var name in attribute.Properties.Where(p => attribute.Of(p, WellKnownNames.TaskName) is not null)
                .Select(p => p.Name).Where(attribute.States))
            {
                if (Unfit(attribute.Text(name), tasks, chosen) is { } why)
                {
                    attribute.Context.Report(Rules.BadTaskChoice, attribute.LocationOf(name), variant, $"[{attribute.Name}] {why}");
                }
            }
        }

        if (Unfit(plan.Monitor, tasks, chosen) is { } unfit)
        {
            var trained = attributes.Find(WellKnownNames.TrainOn)!;
            trained.Context.Report(Rules.BadTaskChoice, trained.Location, variant, $"early stopping {unfit}");
        }
    }

    private static string? Unfit(string? named, TaskSetModel tasks, List<int> chosen)
    {
        var place = Enumerable.Range(0, tasks.Count).Where(t => tasks.Tasks[t].Name == named || Name(tasks.Tasks[t]) == named);
        return place.All(chosen.Contains) ? null : $"needs '{named}', which is not among them; add it, or name another";
    }

    private static string Name(TaskModel task) => task.Label ?? task.Name;
}
