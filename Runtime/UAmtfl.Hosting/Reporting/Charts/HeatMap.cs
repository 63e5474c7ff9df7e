using UAmtfl.Reporting.Charts.Drawing;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws a matrix of tasks by tasks as coloured cells, which show their numbers if there are few.</summary>
/// <param name="Title">The title.</param>
/// <param name="Reading">The line that says how to read the chart.</param>
/// <param name="Tasks">The names of the tasks of the rows, which are those of the columns, [K].</param>
/// <param name="Values">The values, [K][K]; NaN for a value that does not exist.</param>
/// <param name="Shades">The colours of the values.</param>
internal sealed record HeatMap(string Title, string Reading, string[] Tasks, double[][] Values, ShadeScale Shades)
{
    private const double SmallestSide = 420;
    private const double SmallestCell = 13;
    private const double NumberSize = 11;

    /// <summary>The largest number of tasks for which cells show their numbers.</summary>
    private const int WithNumbers = 12;

    /// <summary>The name of the rows; empty for none.</summary>
    public string Rows { get; init; } = "";

    /// <summary>The name of the columns; empty for none.</summary>
    public string Columns { get; init; } = "";

    private string[][] Printed { get; } = Values.Length <= WithNumbers ? Texts(Values, Shades) : [];

    public Picture Draw()
    {
        var widest = Printed.SelectMany(row => row).Select(n => TextWidth.Of(n, NumberSize)).DefaultIfEmpty(0).Max();
        var cell = Math.Max(Math.Max(SmallestCell, SmallestSide / Tasks.Length), widest + 4);
        var side = cell * Tasks.Length;
        var names = Plot.NameWidth(Tasks);
        var turned = Tasks.Max(n => TextWidth.Of(n, Plot.Small)) > cell - 4;
        var (left, top) = (18 + Math.Max(names, TextWidth.Of(Rows, Plot.Small)), Plot.Head + 18);
        var below = turned ? names + 14 : 20;
        var picture = Plot.Begin(Math.Max(left + side + 90, Plot.Needed(Title, Reading)), top + side + below + 24, Title, Reading);
        picture.Box(left, top, side, side, Shades.Colour(Shades.Ground));
        foreach (var (shade, areas) in Cells((left, top, cell)))
        {
            picture.Areas(areas, shade is { } known ? Shades.Colour(known) : ShadeScale.Missing);
        }

        for (var t = 0; t < Tasks.Length; t++)
        {
            var middle = (t + 0.5) * cell;
            Plot.Name(picture, left - 6, top + middle, Tasks[t]);
            var name = TextWidth.Cut(Tasks[t], Plot.Small, Plot.LongestName);
            var style = Plot.Label with { At = turned ? Anchor.End : Anchor.Middle, Turned = turned };
            picture.Words(left + middle, top + side + (turned ? 6 : 12), name, style);
        }

        if (Rows.Length > 0)
        {
            picture.Words(left - 6, top - 10, Rows, Plot.Note with { At = Anchor.End });
            picture.Words(left + (side / 2), top + side + below + 8, Columns, Plot.Note with { At = Anchor.Middle });
        }

        picture.Strokes([[.. Picture.Corners(left, top, side, side), new(left, top)]], new(Palette.Frame));
        Mark(picture, (left, top, cell));
        Key(picture, left + side + 20, top);
        return picture;
    }

    /// <summary>Returns the cells of each shade. Neighbours in a row share an area, and cells of the shade of the ground have none, so
    /// that the file of a sparse matrix stays small.</summary>
    private List<(int? Shade, List<IReadOnlyList<Spot>> Areas)> Cells((double Left, double Top, double Cell) place)
    {
        // A shade that does not exist has the key −1, because a dictionary has no key null.
        var areas = new SortedDictionary<int, List<IReadOnlyList<Spot>>>();
        for (var row = 0; row < Values.Length; row++)
        {
            for (var from = 0; from < Values[row].Length;)
            {
                var (to, shade) = (from, Shades.Of(Values[row][from]));
                while (to + 1 < Values[row].Length && Shades.Of(Values[row][to + 1]) == shade)
                {
                    to++;
                }

                if (shade != Shades.Ground)
                {
                    var key = shade ?? -1;
                    (areas.TryGetValue(key, out var same) ? same : areas[key] = []).Add(Picture.Corners(
                        place.Left + (from * place.Cell), place.Top + (row * place.Cell), (to + 1 - from) * place.Cell, place.Cell));
                }

                from = to + 1;
            }
        }

        return [.. areas.Select(a => (a.Key < 0 ? (int?)null : a.Key, a.Value))];
    }

    /// <summary>Writes the numbers of a small matrix, and strikes out the cells without a value. A large matrix has a dash in each cell
    /// whose shade is below that of 0, for readers who do not tell the two colours apart.</summary>
    private void Mark(Picture picture, (double Left, double Top, double Cell) place)
    {
        var (dashes, strokes) = (new List<IReadOnlyList<Spot>>(), new List<IReadOnlyList<Spot>>());
        for (var row = 0; row < Values.Length; row++)
        {
            for (var column = 0; column < Values[row].Length; column++)
            {
                var (x, y) = (place.Left + ((column + 0.5) * place.Cell), place.Top + ((row + 0.5) * place.Cell));
                var shade = Shades.Of(Values[row][column]);
                if (shade is null)
                {
                    strokes.Add([new(x - (place.Cell / 2), y - (place.Cell / 2)), new(x + (place.Cell / 2), y + (place.Cell / 2))]);
                }
                else if (Printed.Length > 0)
                {
                    var colour = Shades.IsDark(shade.Value) ? "#fff" : "#111";
                    picture.Words(x, y, Printed[row][column], new(NumberSize, colour, Anchor.Middle));
                }
                else if (shade < Shades.Ground)
                {
                    dashes.Add([new(x - (0.25 * place.Cell), y), new(x + (0.25 * place.Cell), y)]);
                }
            }
        }

        picture.Strokes(strokes, new(Palette.Frame));
        picture.Strokes(dashes, new(Palette.Ink));
    }

    private void Key(Picture picture, double left, double top)
    {
        const double Height = 160;
        for (var shade = 0; shade < Shades.Count; shade++)
        {
            var y = top + (Height * (Shades.Count - 1 - shade) / Shades.Count);
            picture.Box(left, y, 14, (Height / Shades.Count) + 0.3, Shades.Colour(shade));
        }

        picture.Strokes([[.. Picture.Corners(left, top, 14, Height), new(left, top)]], new(Palette.Frame));
        var scale = new Scale(Shades.Low, Shades.High, top + Height, top);
        foreach (var tick in scale.Ticks(5))
        {
            picture.Words(left + 20, scale.At(tick), Plot.Tick(tick), Plot.Note);
        }
    }

    /// <summary>Returns the numbers of the cells. The largest has two digits, and all have as many decimals; where that would be too wide,
    /// each has digits of its own.</summary>
    private static string[][] Texts(double[][] values, ShadeScale shades)
    {
        var decimals = Math.Max(0, 1 - Numbers.Magnitude(shades.High));
        return Array.ConvertAll(values, row => Array.ConvertAll(row, value => !double.IsFinite(value) ? ""
            : decimals <= 3 && shades.High < 10_000 ? Numbers.Fixed(value, decimals)
            : TransferChart.Number(value)));
    }
}
