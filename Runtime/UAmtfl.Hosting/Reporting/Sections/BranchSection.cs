using System.Globalization;
using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section with the branches that tasks share, of variants whose network branches while it is trained.</summary>
internal static class BranchSection
{
    public static Section? Of(Report report)
    {
        var branching = report.Variants.Where(v => v.Trees.Count > 0).ToList();
        return branching.Count == 0 ? null : new Section(
            "Branches",
            [
                new Table(
                    ["variant", "seed", "from epoch", "branches of each stretch", "tasks of each branch of the last stretch"],
                    5,
                    [
                        .. from variant in branching
                        from tree in variant.Trees
                        from phase in tree.Phases
                        select new Row(
                            variant.Info.Name, Whole(tree.Seed), Whole(phase.Epoch),
                            string.Join(", ", phase.Branches.Select(of => Whole(of.Max() + 1))), Groups(phase.Branches[^1], report)),
                    ]),
            ],
            [
                "Tasks pass through one branch of each stretch of layers, from the first to the last; those that part stay apart.",
                "The parameters that Cost counts include the room for a branch of each task in each stretch.",
            ],
            [.. branching.Select(v => TreeChart.Of(v, v.Trees[0], report))]);
    }

    /// <summary>Returns the tasks of each branch by name, or their number if there are many.</summary>
    private static string Groups(int[] branches, Report report)
    {
        var groups = branches.Index().GroupBy(b => b.Item, b => report.Tasks[b.Index]).Select(g => g.ToList());
        return branches.Length <= TaskSection.ListedInFull
            ? string.Join("; ", groups.Select(g => string.Join(", ", g)))
            : string.Join(", ", groups.Select(g => Whole(g.Count))) + " tasks";
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
