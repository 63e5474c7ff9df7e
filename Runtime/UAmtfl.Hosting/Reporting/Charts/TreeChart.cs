using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the trees that a training went through side by side, each from the stretch that is first to the tasks.</summary>
internal static class TreeChart
{
    private const double LevelWidth = 52;
    private const double RowHeight = 20;
    private const double LargestHeight = 1600;

    public static Chart Of(VariantReport variant, LearntTree tree, Report report)
    {
        var (tasks, phases) = (report.Tasks.Count, tree.Phases);
        var levels = phases[0].Branches.Count + 1;
        var named = tasks <= TaskSection.ListedInFull;
        var names = named ? ChartStyle.LetterWidth * Math.Min(ChartStyle.LongestName, report.Tasks.Max(t => t.Length)) : 0;
        var width = 60 + (phases.Count * (levels + 1) * LevelWidth) + names;
        return new Chart(
            $"branches-{Chart.FilePart(variant.Info.Name)}.svg",
            $"branches of {variant.Info.Name} in the training with seed {tree.Seed}: {Caption(phases)}",
            Math.Max(420, width),
            Math.Min(LargestHeight, 150 + (RowHeight * tasks)),
            () => Model(variant, tree, report, named, levels));
    }

    private static string Caption(IReadOnlyList<TreePhase> phases) => string.Join("; ", phases.Select(p =>
        $"from epoch {p.Epoch} {string.Join(", ", p.Branches.Select(of => of.Max() + 1))} branches in the stretches from first to last"));

    private static PlotModel Model(VariantReport variant, LearntTree tree, Report report, bool named, int levels)
    {
        var model = ChartStyle.Plot(
            $"{variant.Info.Name}: branches by epoch", $"seed {tree.Seed}; from the first stretch (left) to the tasks (right)");
        model.PlotAreaBorderThickness = new OxyThickness(0);
        var (tasks, count) = (report.Tasks.Count, tree.Phases.Count);
        var order = Order(tree.Phases[^1]);
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom, Minimum = -0.5, Maximum = (count * (levels + 1)) + (named ? LongestName(report) : -0.5),
            IsAxisVisible = false,
        });
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Left, Minimum = -1, Maximum = tasks, StartPosition = 1, EndPosition = 0, IsAxisVisible = false,
        });
        for (var p = 0; p < count; p++)
        {
            Draw(model, tree.Phases[p], order, p * (levels + 1), levels);
            model.Annotations.Add(Text($"from epoch {tree.Phases[p].Epoch}", (p * (levels + 1)) + (levels / 2.0), -0.8, centred: true));
        }

        for (var t = 0; named && t < tasks; t++)
        {
            model.Annotations.Add(Text(report.Tasks[t], (count * (levels + 1)) - 0.8, order[t], centred: false));
        }

        return model;
    }

    /// <summary>Draws a tree from left to right. A branch is as high as the middle of its tasks, and a line as thick as its tasks are
    /// many.</summary>
    private static void Draw(PlotModel model, TreePhase phase, int[] order, double left, int levels)
    {
        var tasks = order.Length;
        int[][] nodes = [new int[tasks], .. phase.Branches, [.. Enumerable.Range(0, tasks)]];
        var dots = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 4, MarkerFill = ChartStyle.Ink };
        for (var level = 0; level <= levels; level++)
        {
            foreach (var node in nodes[level].Distinct())
            {
                int[] own = [.. Enumerable.Range(0, tasks).Where(t => nodes[level][t] == node)];
                DataPoint here = new(left + level, own.Average(t => order[t]));
                if (level > 0)
                {
                    var parent = nodes[level - 1][own[0]];
                    var before = Enumerable.Range(0, tasks).Where(t => nodes[level - 1][t] == parent).Average(t => order[t]);
                    var line = new LineSeries
                    {
                        Color = OxyColor.FromRgb(0x00, 0x72, 0xB2),
                        StrokeThickness = 1 + (5.0 * (own.Length - 1) / Math.Max(1, tasks - 1)),
                    };
                    line.Points.AddRange([new(left + level - 1, before), here]);
                    model.Series.Add(line);
                }

                if (level < levels)
                {
                    dots.Points.Add(new(here.X, here.Y));
                }
            }
        }

        model.Series.Add(dots);
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

    private static double LongestName(Report report) =>
        Math.Min(ChartStyle.LongestName, report.Tasks.Max(t => t.Length)) * ChartStyle.LetterWidth / LevelWidth;

    private static TextAnnotation Text(string text, double x, double y, bool centred) => new()
    {
        Text = text,
        TextPosition = new DataPoint(x, y),
        TextHorizontalAlignment = centred ? HorizontalAlignment.Center : HorizontalAlignment.Left,
        TextVerticalAlignment = VerticalAlignment.Middle,
        StrokeThickness = 0,
        TextColor = ChartStyle.Ink,
    };
}
