using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the learnt transfer |AS| from rows to columns as a heat map of rectangles (Lee et al. 2018, figure 6b). If there are
/// many tasks, it shows those that transfer most.</summary>
internal static class TransferChart
{
    private const int Shades = 32;
    private const double SmallestSide = 480;
    private const double LabelPixels = 15;

    /// <summary>The largest number of tasks for which cells show their numbers.</summary>
    private const int WithNumbers = 12;

    /// <summary>The largest number of tasks up to which all of them are shown.</summary>
    private const int ShownInFull = 80;

    public static Chart Of(VariantReport variant, LearntTransfer learnt, Report report)
    {
        var transfer = learnt.Tasks.Count <= ShownInFull ? learnt : learnt.Most(LearntTransfer.Kept);
        string[] tasks = [.. transfer.Tasks.Select(t => report.Tasks[t])];
        var side = Math.Max(SmallestSide, LabelPixels * tasks.Length);
        var margin = 95 + (ChartStyle.LetterWidth * Math.Min(ChartStyle.LongestName, tasks.Max(t => t.Length)));
        return new Chart(
            $"transfer-{Chart.FilePart(variant.Info.Name)}.svg",
            $"transfer that {variant.Info.Name} learnt, from the task of a row to the task of a column",
            side + margin + 100,
            side + margin + 50,
            () => Model(variant, transfer, tasks, side));
    }

    private static PlotModel Model(VariantReport variant, LearntTransfer transfer, string[] tasks, double side)
    {
        var matrix = transfer.Values;
        var largest = matrix.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        largest = largest > 0 ? largest : 1;
        var palette = OxyPalette.Interpolate(
            Shades,
            OxyColors.White,
            OxyColor.FromRgb(0x9E, 0xCA, 0xE1),
            OxyColor.FromRgb(0x21, 0x71, 0xB5),
            OxyColor.FromRgb(0x08, 0x30, 0x6B));
        var model = ChartStyle.Plot($"{variant.Info.Name}: learnt transfer |AS|", Subtitle(variant, transfer));
        model.PlotAreaBorderThickness = new OxyThickness(1);
        model.Axes.Add(Names(tasks, side, AxisPosition.Bottom, "to task"));
        model.Axes.Add(Names(tasks, side, AxisPosition.Left, "from task"));
        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Palette = palette,
            Minimum = 0,
            Maximum = largest,
            Title = "|AS|",
            AxisDistance = 12,
            AxisTitleDistance = 8,
            LabelFormatter = ChartStyle.Tick,
        });
        model.Series.Add(Cells(matrix, palette, largest));
        if (tasks.Length <= WithNumbers)
        {
            AddNumbers(model, matrix, largest);
        }

        return model;
    }

    private static string Subtitle(VariantReport variant, LearntTransfer transfer) =>
        (variant.Seeds.Count == 1 ? "one run" : $"mean over {variant.Seeds.Count} seeds")
        + (transfer.Tasks.Count == transfer.AllTasks
            ? ""
            : $"; the {transfer.Tasks.Count} of {transfer.AllTasks} tasks that give and take most (all: cells/*/transfer.npy)");

    private static CategoryAxis Names(string[] tasks, double side, AxisPosition position, string title)
    {
        var axis = position == AxisPosition.Bottom ? ChartStyle.Names(tasks, side) : ChartStyle.Rows(tasks);
        axis.Title = title;
        axis.AxisTitleDistance = 10;
        axis.FontSize = tasks.Length > 30 ? 11 : axis.FontSize;
        axis.Angle = axis.Angle == 0 || tasks.Length <= 30 ? axis.Angle : -90;
        return axis;
    }

    /// <summary>Returns the rectangles of a matrix. Neighbours of the same shade share one, and cells of the background's shade have none,
    /// so that the file of a sparse matrix stays small.</summary>
    private static RectangleBarSeries Cells(double[][] matrix, OxyPalette palette, double largest)
    {
        var cells = new RectangleBarSeries { StrokeThickness = 0, StrokeColor = OxyColors.Undefined };
        for (var row = 0; row < matrix.Length; row++)
        {
            for (var from = 0; from < matrix[row].Length;)
            {
                var to = from;
                while (to + 1 < matrix[row].Length && Shade(matrix[row][to + 1], largest) == Shade(matrix[row][from], largest))
                {
                    to++;
                }

                if (Shade(matrix[row][from], largest) is { } shade and > 0)
                {
                    cells.Items.Add(new RectangleBarItem(from - 0.5, row - 0.5, to + 0.5, row + 0.5) { Color = palette.Colors[shade] });
                }

                from = to + 1;
            }
        }

        return cells;
    }

    private static int? Shade(double value, double largest) =>
        double.IsFinite(value) ? (int)Math.Clamp(value / largest * Shades, 0, Shades - 1) : null;

    private static void AddNumbers(PlotModel model, double[][] matrix, double largest)
    {
        for (var row = 0; row < matrix.Length; row++)
        {
            for (var column = 0; column < matrix[row].Length; column++)
            {
                model.Annotations.Add(new TextAnnotation
                {
                    Text = Number(matrix[row][column]),
                    TextPosition = new DataPoint(column, row),
                    TextVerticalAlignment = VerticalAlignment.Middle,
                    TextColor = matrix[row][column] > 0.45 * largest ? OxyColors.White : ChartStyle.Ink,
                    FontSize = 11,
                    StrokeThickness = 0,
                });
            }
        }
    }

    /// <summary>Returns a number with two significant digits, short enough for a cell: «1.1», «0.31», «0.042», «3.4e−5».</summary>
    internal static string Number(double value) =>
        !double.IsFinite(value) ? Numbers.None
        : value == 0 ? "0"
        : Math.Abs(value) is < 0.0095 or >= 9950 ? Numbers.Exponent(value, 2)
        : Numbers.Fixed(value, Math.Max(0, 1 - Numbers.Magnitude(value)));
}
