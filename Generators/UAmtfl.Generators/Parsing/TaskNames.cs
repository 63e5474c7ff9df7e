using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Finds the task that an attribute names.</summary>
internal static class TaskNames
{
    /// <summary>Returns the place of the task among those of the network; null after a report that there is no such task.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">The name of the argument with the name of the task.</param>
    /// <param name="tasks">The tasks.</param>
    public static int? Find(AttributeReader attribute, string argument, TaskSetModel tasks) =>
        Find(attribute, argument, attribute.Text(argument) ?? "", tasks);

    /// <summary>Returns the place of a task among those of the network; null after a report that there is no such task.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">The name of the argument with the name of the task, perhaps among others.</param>
    /// <param name="stated">The name of the task.</param>
    /// <param name="tasks">The tasks.</param>
    public static int? Find(AttributeReader attribute, string argument, string stated, TaskSetModel tasks)
    {
        for (var t = 0; t < tasks.Count; t++)
        {
            if (tasks.Tasks[t].Name == stated || tasks.Tasks[t].Label == stated)
            {
                return t;
            }
        }

        var names = tasks.Tasks.OrderBy(t => t.LabelColumn).Take(10).Select(t => $"'{t.Name}'");
        var known = string.Join(", ", names) + (tasks.Count > 10 ? ", …" : "");
        attribute.Context.Report(Rules.UnknownTask, attribute.LocationOf(argument), attribute.Name, stated, known);
        return null;
    }
}
