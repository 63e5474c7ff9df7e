using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the layers of heads, which follow marks, and the tasks that have them.</summary>
internal static class HeadParser
{
    private const string Named = "tasks", Kinds = "For";

    /// <summary>Returns the trunk with the layers of the heads; null if one of them does not fit, or the tasks of the marks do
    /// not.</summary>
    public static TrunkModel? WithHeads(TrunkModel trunk, IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks)
    {
        var places = Enumerable.Range(0, attributes.Count).Where(i => attributes[i].Is(WellKnownNames.Heads)).ToList();
        var marks = places.Select(i => attributes[i]).ToList();
        var groups = new List<HeadGroup>();
        for (var i = 0; i < marks.Count; i++)
        {
            var (mark, number) = (marks[i], marks.Count == 1 ? "" : $"{i + 1}");
            var after = attributes.Skip(places[i] + 1).TakeWhile(a => !a.Is(WellKnownNames.Heads)).ToList();
            if (after.Find(WellKnownNames.Split) is { } split)
            {
                Report(split, trunk, "it stands after [Heads], where each task has all layers for itself; leave it out");
                return null;
            }

            if (TrunkParser.Read(after, [trunk.Features], $"Head{number}Residual", out _) is not { } layers)
            {
                return null;
            }

            if (!layers.Any(l => l.Kind.HasParameters))
            {
                Report(
                    mark, trunk,
                    "no layer with parameters follows it, so that heads are linear without it; leave it out, or add layers after it");
                return null;
            }

            groups.Add(new($"{HeadLayersCode.Name}{number}", layers.ToEquatableArray(), []));
        }

        // Without tasks, which is an error already, nobody uses the heads.
        return tasks.Count == 0 || groups.Count == 0 ? trunk
            : Chosen(trunk, marks, tasks) is { } chosen
                ? With(trunk, groups.Zip(chosen, (g, t) => g with { Tasks = t.ToEquatableArray() }).ToEquatableArray(), tasks)
            : null;
    }

    /// <summary>Returns the tasks of each mark; none if a mark is for all tasks.</summary>
    private static List<IReadOnlyList<int>>? Chosen(TrunkModel trunk, List<AttributeReader> marks, TaskSetModel tasks)
    {
        var taken = new Dictionary<int, AttributeReader>();
        foreach (var mark in marks.Where(m => !IsForAll(m)))
        {
            var (names, kinds) = (mark.Texts(Named), mark.Whole(Kinds, 0));
            List<int?> found = [.. names.Select(name => TaskNames.Find(mark, Named, name, tasks))];
            if (found.Contains(null))
            {
                return null;
            }

            var chosen = names.Count > 0 ? [.. found.OfType<int>().Distinct()]
                : Enumerable.Range(0, tasks.Count).Where(t => (kinds & (1 << (int)tasks.Tasks[t].Kind)) != 0).ToList();
            var why = names.Count > 0 && kinds != 0 ? "it names tasks and kinds; keep one of the two"
                : chosen.Count == 0 ? "no task of the experiment is of that kind; leave it and its layers out"
                : chosen.FirstOrDefault(taken.ContainsKey) is var twice && chosen.Any(taken.ContainsKey)
                    ? $"'{tasks.Tasks[twice].Name}' has heads of another [Heads] too; let one of them name the task"
                : null;
            if (why is not null)
            {
                Report(mark, trunk, why);
                return null;
            }

            chosen.ForEach(t => taken.Add(t, mark));
        }

        var rest = Enumerable.Range(0, tasks.Count).Where(t => !taken.ContainsKey(t)).ToList();
        var all = marks.Where(IsForAll).ToList();
        if (all.Count > 1 || (all.Count == 1 && rest.Count == 0))
        {
            Report(all[all.Count - 1], trunk, all.Count > 1
                ? "another [Heads] is for all remaining tasks too; name its tasks, or leave it and its layers out"
                : "every task has heads of another [Heads]; leave it and its layers out");
            return null;
        }

        return [.. marks.Select(m => (IReadOnlyList<int>)(marks.Count == 1 && IsForAll(m) ? [] : IsForAll(m) ? rest
            : [.. taken.Where(t => t.Value == m).Select(t => t.Key).OrderBy(t => t)]))];
    }

    /// <summary>Returns the trunk with its heads, those of some tasks or of all.</summary>
    private static TrunkModel With(TrunkModel trunk, EquatableArray<HeadGroup> groups, TaskSetModel tasks)
    {
        var named = groups.SelectMany(g => g.Tasks).ToList();
        return trunk with
        {
            Heads = groups,
            LinearHeads = groups[0].Tasks.Count == 0 ? []
                : Enumerable.Range(0, tasks.Count).Where(t => !named.Contains(t)).ToEquatableArray(),
        };
    }

    private static bool IsForAll(AttributeReader mark) => mark.Texts(Named).Count == 0 && mark.Whole(Kinds, 0) == 0;

    private static void Report(AttributeReader attribute, TrunkModel trunk, string why) => attribute.Context.Report(
        Rules.BadArchitecture, attribute.Location, $"[{attribute.Name}] on '{trunk.Name}'", why);
}
