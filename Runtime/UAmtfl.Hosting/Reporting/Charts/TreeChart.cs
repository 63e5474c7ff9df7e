using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the trees that a training went through side by side, each from the stretch that is first to the tasks.</summary>
internal static class TreeChart
{
    private const double LevelWidth = 52;
    private const double RowHeight = 20;
    private const double LargestHeight = 1600;

    public static Chart Of(VariantReport variant, LearntTree tree, Report report) => new(
        $"branches-{Chart.FilePart(variant.Info.Name)}.svg",
        $"branches of {variant.Info.Name} in the training with seed {tree.Seed}: {Caption(tree.Phases)}",
        () => Draw(variant, tree, report));

    private static string Caption(IReadOnlyList<TreePhase> phases) => string.Join("; ", phases.Select(p =>
        $"from epoch {p.Epoch} {string.Join(", ", p.Branches.Select(of => of.Max() + 1))} branches in the stretches from first to last"));

    private static Picture Draw(VariantReport variant, LearntTree tree, Report report)
    {
        var (tasks, phases) = (report.Tasks.Count, tree.Phases);
        var levels = phases[0].Branches.Count + 1;
        var named = tasks <= TaskSection.ListedInFull;
        var title = $"{variant.Info.Name}: branches by epoch";
        var reading = $"Seed {tree.Seed}; from the first stretch (left) to the tasks (right).";
        var row = Math.Min(RowHeight, (LargestHeight - Plot.Head) / tasks);
        var top = Plot.Head + 26;
        var trees = 20 + (phases.Count * (levels + 1) * LevelWidth);
        var width = trees + (named ? Plot.NameWidth(report.Tasks) : 0);
        var picture = Plot.Begin(Math.Max(width, Plot.Needed(title, reading)), top + (row * tasks) + 14, title, reading);
        var order = Order(phases[^1]);
        foreach (var (p, phase) in phases.Index())
        {
            var left = 20 + (p * (levels + 1) * LevelWidth);
            Draw(picture, phase, order, (left, top, row), levels);
            picture.Words(left + (levels * LevelWidth / 2), top - 12, $"from epoch {phase.Epoch}", Plot.Note with { At = Anchor.Middle });
        }

        for (var t = 0; named && t < tasks; t++)
        {
            var name = TextWidth.Cut(report.Tasks[t], Plot.Small, Plot.LongestName);
            picture.Words(trees - LevelWidth + 8, top + ((order[t] + 0.5) * row), name, Plot.Label);
        }

        return picture;
    }

    /// <summary>Draws a tree from left to right. A branch is as high as the middle of its tasks, and a line as thick as its tasks are
    /// many.</summary>
    private static void Draw(Picture picture, TreePhase phase, int[] order, (double Left, double Top, double Row) place, int levels)
    {
        var tasks = order.Length;
        int[][] nodes = [new int[tasks], .. phase.Branches, [.. Enumerable.Range(0, tasks)]];
        var dots = new List<Spot>();
        for (var level = 0; level <= levels; level++)
        {
            foreach (var node in nodes[level].Distinct())
            {
                int[] own = [.. Enumerable.Range(0, tasks).Where(t => nodes[level][t] == node)];
                var here = At(level, own);
                if (level > 0)
                {
                    var parent = nodes[level - 1][own[0]];
                    var before = At(level - 1, Enumerable.Range(0, tasks).Where(t => nodes[level - 1][t] == parent));
                    picture.Curve([before, here], new(Palette.Good, 1 + (5.0 * (own.Length - 1) / Math.Max(1, tasks - 1))));
                }

                if (level < levels)
                {
                    dots.Add(here);
                }
            }
        }

        picture.Dots(dots, 4, Palette.Ink);

        Spot At(int level, IEnumerable<int> of) =>
            new(place.Left + (level * LevelWidth), place.Top + ((of.Average(t => order[t]) + 0.5) * place.Row));
    }

    /// <summary>Returns the row of each task. Tasks that share more stretches of the last tree stand closer together, so that no lines of
    /// it cross.</summary>
    private static int[] Order(TreePhase last)
    {
        var tasks = last.Branches[0].Length;
        var sorted = Enumerable.Range(0, tasks).OrderBy(_ => 0);
        int[] ordered = [.. last.Branches.Aggregate(sorted, (by, of) => by.ThenBy(t => of[t]))];
        var rows = new int[tasks];
        for (var i = 0; i < tasks; i++)
        {
            rows[ordered[i]] = i;
        }

        return rows;
    }
}
