using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the sources of weak labels whose votes the data set gives, and the dependencies between all sources.</summary>
internal static class SourceParser
{
    /// <summary>Returns the sources, and reports those that cannot vote.</summary>
    public static EquatableArray<SourceModel> Sources(IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks)
    {
        var sources = attributes.Where(a => a.Is(WellKnownNames.Source)).ToList();
        if (sources.Count > 0 && DatasetParser.Declared(attributes) is { } declared)
        {
            Report(
                sources[0], "name", Source(Name(sources[0])),
                $"the rows of [{declared.Name}] have no votes; use a [Dataset<T>] whose samples have Votes");
        }

        return [.. sources.Select(s => new SourceModel(Name(s), [.. Columns(s, tasks)]))];
    }

    /// <summary>Returns the label columns of all tasks with classes.</summary>
    public static IEnumerable<int> AllColumns(TaskSetModel tasks) =>
        tasks.Tasks.Where(t => t.Classes > 0).Select(t => t.LabelColumn).OrderBy(column => column);

    /// <summary>Returns the pairs of sources that depend on each other. Reports sources of one name, and dependencies of others.</summary>
    /// <param name="attributes">The attributes of the experiment.</param>
    /// <param name="functions">The names of the labelling functions, and their attributes.</param>
    public static EquatableArray<SourcePair> Dependencies(
        IReadOnlyList<AttributeReader> attributes, IEnumerable<(string Name, AttributeReader Attribute)> functions)
    {
        var all = attributes.Where(a => a.Is(WellKnownNames.Source)).Select(a => (Name: Name(a), Attribute: a)).Concat(functions).ToList();
        var names = new List<string>();
        foreach (var (name, attribute) in all)
        {
            var why = name.Length == 0 ? "it has no name; give it one"
                : names.Contains(name) ? "another has its name; rename one"
                : name.Any(char.IsControl) ? "its name has a line break or another control character; leave it out"
                : null;
            if (why is not null)
            {
                Report(attribute, "name", Source(string.Concat(name.Select(c => char.IsControl(c) ? ' ' : c))), why);
            }

            names.Add(name);
        }

        return [.. attributes.Where(a => a.Is(WellKnownNames.Depends)).SelectMany(a => Pairs(a, names)).Distinct()];
    }

    private static string Name(AttributeReader source) => source.Text("name") ?? "";

    private static string Source(string name) => $"The source '{name}'";

    /// <summary>Returns the label columns of the tasks that a source may label, in their order.</summary>
    private static IEnumerable<int> Columns(AttributeReader source, TaskSetModel tasks)
    {
        if (source.Texts("Tasks").Count == 0)
        {
            if (!AllColumns(tasks).Any())
            {
                Report(source, "name", Source(Name(source)), "no task has classes, which alone it can label; declare one");
            }

            return AllColumns(tasks);
        }

        var named = source.Texts("Tasks").Select(name => TaskNames.Find(source, "Tasks", name, tasks)).OfType<int>()
            .Select(t => tasks.Tasks[t]).ToList();
        foreach (var task in named.Where(t => t.Classes == 0))
        {
            Report(
                source, "Tasks", Source(Name(source)), $"'{task.Name}' is a regression, which has no classes to vote for; leave it out");
        }

        return named.Select(t => t.LabelColumn).Distinct().OrderBy(column => column);
    }

    private static IEnumerable<SourcePair> Pairs(AttributeReader depends, List<string> names)
    {
        var stated = depends.Texts("sources");
        var known = string.Join(", ", names.Take(10).Select(n => $"'{n}'")) + (names.Count > 10 ? ", …" : "");
        var unknown = stated.FirstOrDefault(name => !names.Contains(name));
        var why = unknown is not null && names.Count == 0 ? "there is no source; declare some with [Source(…)] or [LabellingFunction]"
            : unknown is not null ? $"'{unknown}' is none of the sources {known}; name one of these"
            : stated.Count < 2 ? $"a dependency is between two sources or more, and it names {stated.Count}; name another"
            : stated.Distinct().Count() < stated.Count ? "it names a source twice; name each once"
            : null;
        if (why is not null)
        {
            Report(depends, "sources", "[Depends]", why);
            return [];
        }

        return stated.SelectMany((first, i) => stated.Skip(i + 1).Select(second => new SourcePair(first, second)));
    }

    private static void Report(AttributeReader attribute, string argument, string what, string why) =>
        attribute.Context.Report(Rules.BadSource, attribute.LocationOf(argument), what, why);
}
