using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the learnt transfer |AS| from rows to columns as a heat map (Lee et al. 2018, figure 6b). If there are many tasks, it
/// shows those that transfer most.</summary>
internal static class TransferChart
{
    private const int Shades = 24;
    private const double SmallestSide = 420;
    private const double SmallestCell = 13;

    /// <summary>The largest number of tasks for which cells show their numbers.</summary>
    private const int WithNumbers = 12;

    /// <summary>The largest number of tasks up to which all of them are shown.</summary>
    private const int ShownInFull = 80;

    /// <summary>The number of the largest transfers that the words beside the chart list.</summary>
    private const int Listed = 10;

    public static Chart Of(VariantReport variant, LearntTransfer learnt, Report report)
    {
        var transfer = learnt.Tasks.Count <= ShownInFull ? learnt : learnt.Most(LearntTransfer.Kept);
        string[] tasks = [.. transfer.Tasks.Select(t => report.Tasks[t])];
        return new Chart(
            $"transfer-{Chart.FilePart(variant.Info.Name)}.svg",
            $"transfer that {variant.Info.Name} learnt, from the task of a row to the task of a column",
            () => Draw(variant, transfer, tasks))
        {
            Data = Largest(transfer, tasks),
        };
    }

    private static Picture Draw(VariantReport variant, LearntTransfer transfer, string[] tasks)
    {
        var cell = Math.Max(SmallestCell, SmallestSide / tasks.Length);
        var side = cell * tasks.Length;
        var names = Plot.NameWidth(tasks);
        var (title, reading) = ($"{variant.Info.Name}: learnt transfer |AS|", Reading(variant, transfer));
        var turned = tasks.Max(n => TextWidth.Of(n, Plot.Small)) > cell - 4;
        var (left, top) = (18 + Math.Max(names, TextWidth.Of("from task", Plot.Small)), Plot.Head + 18);
        var below = turned ? names + 14 : 20;
        var picture = Plot.Begin(Math.Max(left + side + 90, Plot.Needed(title, reading)), top + side + below + 24, title, reading);
        var matrix = transfer.Values;
        var largest = matrix.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        largest = largest > 0 ? largest : 1;
        picture.Box(left, top, side, side, Colour(0));
        foreach (var shade in Cells(matrix, largest, (left, top, cell)))
        {
            picture.Areas(shade.Areas, Colour(shade.Shade));
        }

        for (var t = 0; t < tasks.Length; t++)
        {
            var middle = (t + 0.5) * cell;
            Plot.Name(picture, left - 6, top + middle, tasks[t]);
            var name = TextWidth.Cut(tasks[t], Plot.Small, Plot.LongestName);
            var style = Plot.Label with { At = turned ? Anchor.End : Anchor.Middle, Turned = turned };
            picture.Words(left + middle, top + side + (turned ? 6 : 12), name, style);
        }

        picture.Words(left - 6, top - 10, "from task", Plot.Note with { At = Anchor.End });
        picture.Words(left + (side / 2), top + side + below + 8, "to task", Plot.Note with { At = Anchor.Middle });
        picture.Strokes([[.. Picture.Corners(left, top, side, side), new(left, top)]], new(Palette.Frame));
        if (tasks.Length <= WithNumbers)
        {
            WriteNumbers(picture, matrix, largest, (left, top, cell));
        }

        Key(picture, largest, left + side + 20, top);
        return picture;
    }

    private static string Reading(VariantReport variant, LearntTransfer transfer) =>
        (variant.Seeds.Count == 1 ? "One run" : $"Mean over {variant.Seeds.Count} seeds")
        + (transfer.Tasks.Count == transfer.AllTasks
            ? "."
            : $"; the {transfer.Tasks.Count} of {transfer.AllTasks} tasks that give and take most (all: cells/*/transfer.npy).");

    /// <summary>Returns the cells of each shade. Neighbours in a row share an area, and cells of the lightest shade have none but
    /// the ground, so that the file of a sparse matrix stays small.</summary>
    private static IEnumerable<(int Shade, IReadOnlyList<IReadOnlyList<Spot>> Areas)> Cells(
        double[][] matrix, double largest, (double Left, double Top, double Cell) place)
    {
        var areas = new SortedDictionary<int, List<IReadOnlyList<Spot>>>();
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
                    if (!areas.TryGetValue(shade, out var same))
                    {
                        areas[shade] = same = [];
                    }

                    same.Add(Picture.Corners(
                        place.Left + (from * place.Cell), place.Top + (row * place.Cell), (to + 1 - from) * place.Cell, place.Cell));
                }

                from = to + 1;
            }
        }

        return areas.Select(a => (a.Key, (IReadOnlyList<IReadOnlyList<Spot>>)a.Value));
    }

    private static int? Shade(double value, double largest) =>
        double.IsFinite(value) ? (int)Math.Clamp(value / largest * Shades, 0, Shades - 1) : null;

    /// <summary>Returns the colour of a shade, from a light blue to a dark one, which are as far apart in grey.</summary>
    private static string Colour(int shade)
    {
        var at = shade / (double)(Shades - 1);
        return $"#{Part(0xf5, 0x08):x2}{Part(0xf9, 0x30):x2}{Part(0xfc, 0x6b):x2}";

        int Part(int light, int dark) => (int)Math.Round(light + (at * (dark - light)));
    }

    private static void Key(Picture picture, double largest, double left, double top)
    {
        const double Height = 160;
        for (var shade = 0; shade < Shades; shade++)
        {
            var y = top + (Height * (Shades - 1 - shade) / Shades);
            picture.Box(left, y, 14, (Height / Shades) + 0.3, Colour(shade));
        }

        picture.Strokes([[.. Picture.Corners(left, top, 14, Height), new(left, top)]], new(Palette.Frame));
        var scale = new Scale(0, largest, top + Height, top);
        foreach (var tick in scale.Ticks(5))
        {
            picture.Words(left + 20, scale.At(tick), Plot.Tick(tick), Plot.Note);
        }
    }

    private static void WriteNumbers(
        Picture picture, double[][] matrix, double largest, (double Left, double Top, double Cell) place)
    {
        // The largest number has two digits, and all have as many decimals; where that would be too wide, each has digits of its own.
        var decimals = Math.Max(0, 1 - Numbers.Magnitude(largest));
        for (var row = 0; row < matrix.Length; row++)
        {
            for (var column = 0; column < matrix[row].Length; column++)
            {
                var (value, shade) = (matrix[row][column], Shade(matrix[row][column], largest) ?? 0);
                var words = decimals <= 3 && double.IsFinite(value) && largest < 10_000 ? Numbers.Fixed(value, decimals) : Number(value);
                picture.Words(
                    place.Left + ((column + 0.5) * place.Cell), place.Top + ((row + 0.5) * place.Cell), words,
                    new(11, shade > 0.45 * Shades ? "#fff" : "#111", Anchor.Middle));
            }
        }
    }

    private static Table Largest(LearntTransfer transfer, string[] tasks) => new(
        ["from task", "to task", "|AS|"],
        2,
        [
            .. (from row in Enumerable.Range(0, tasks.Length)
                from column in Enumerable.Range(0, tasks.Length)
                where row != column && double.IsFinite(transfer.Values[row][column])
                orderby transfer.Values[row][column] descending
                select new Row(tasks[row], tasks[column], Number(transfer.Values[row][column]))).Take(Listed),
        ]);

    /// <summary>Returns a number with two significant digits, short enough for a cell: «1.1», «0.31», «0.042», «3.4e−5».</summary>
    internal static string Number(double value) =>
        !double.IsFinite(value) ? Numbers.None
        : value == 0 ? "0"
        : Math.Abs(value) is < 0.0095 or >= 9950 ? Numbers.Exponent(value, 2)
        : Numbers.Fixed(value, Math.Max(0, 1 - Numbers.Magnitude(value)));
}
