namespace UAmtfl.Experiments.WeakDigits;

/// <summary>What can be measured of a written digit without knowing which one it is: the record that labelling functions read.</summary>
public sealed class DigitShape
{
    private const int Side = Mnist.DigitImages.Side;

    /// <summary>The least ink of a pixel that belongs to the digit.</summary>
    private const byte Dark = 110;

    /// <summary>The least number of pixels of a hole.</summary>
    private const int LeastHole = 3;

    private readonly bool[] ink = new bool[Side * Side];

    /// <summary>Measures a digit.</summary>
    /// <param name="pixels">[784], row-major, from 0 (paper) to 255 (ink).</param>
    public DigitShape(ReadOnlySpan<byte> pixels)
    {
        var (top, bottom, left, right) = (Side, -1, Side, -1);
        for (var i = 0; i < pixels.Length; i++)
        {
            if (ink[i] = pixels[i] >= Dark)
            {
                var (y, x) = (i / Side, i % Side);
                (top, bottom, left, right) = (Math.Min(top, y), Math.Max(bottom, y), Math.Min(left, x), Math.Max(right, x));
            }
        }

        (Top, Bottom, Left, Right) = bottom < 0 ? (0, Side - 1, 0, Side - 1) : (top, bottom, left, right);
        Holes = FindHoles();
    }

    /// <summary>The holes in the ink, from the highest to the lowest: the place of each between the top (0) and the bottom (1) of the
    /// digit, and its share of the digit's box.</summary>
    public IReadOnlyList<(double Height, double Area)> Holes { get; }

    /// <summary>The width of the digit's box in units of its height.</summary>
    public double Width => (Right - Left + 1.0) / Rows;

    private int Top { get; }

    private int Bottom { get; }

    private int Left { get; }

    private int Right { get; }

    private double Rows => Bottom - Top + 1;

    /// <summary>The number of strokes that a horizontal line crosses.</summary>
    /// <param name="height">The place of the line, from the top (0) to the bottom (1) of the digit.</param>
    public int Across(double height)
    {
        var y = Row(height);
        return Enumerable.Range(Left, Right - Left + 1).Count(x => ink[(y * Side) + x] && (x == Left || !ink[(y * Side) + x - 1]));
    }

    /// <summary>The number of strokes that a vertical line crosses.</summary>
    /// <param name="place">The place of the line, from the left (0) to the right (1) of the digit.</param>
    public int Down(double place)
    {
        var x = Left + (int)Math.Round(place * (Right - Left));
        return Enumerable.Range(Top, Bottom - Top + 1).Count(y => ink[(y * Side) + x] && (y == Top || !ink[((y - 1) * Side) + x]));
    }

    /// <summary>The share of a horizontal line that is ink.</summary>
    /// <param name="height">The place of the line, from the top (0) to the bottom (1) of the digit.</param>
    public double Stroke(double height)
    {
        var y = Row(height);
        return Enumerable.Range(Left, Right - Left + 1).Count(x => ink[(y * Side) + x]) / (Right - Left + 1.0);
    }

    /// <summary>The mean place of the ink of a horizontal line between left (0) and right (1); 0.5 if it has none.</summary>
    /// <param name="height">The place of the line, from the top (0) to the bottom (1) of the digit.</param>
    public double Centre(double height)
    {
        var y = Row(height);
        return Enumerable.Range(Left, Right - Left + 1).Where(x => ink[(y * Side) + x])
            .Select(x => (x - Left) / Math.Max(1.0, Right - Left)).DefaultIfEmpty(0.5).Average();
    }

    /// <summary>The share of the ink that a turn by 180 degrees within the box covers with ink.</summary>
    public double TurnSymmetry()
    {
        var (all, covered) = (0, 0);
        for (var i = 0; i < ink.Length; i++)
        {
            if (ink[i])
            {
                (all, covered) = (all + 1, covered + (ink[((Top + Bottom - (i / Side)) * Side) + Left + Right - (i % Side)] ? 1 : 0));
            }
        }

        return covered / Math.Max(1.0, all);
    }

    private int Row(double height) => Top + (int)Math.Round(height * (Bottom - Top));

    /// <summary>Fills the paper from each pixel that was not reached before; what does not reach the edge is a hole.</summary>
    private List<(double, double)> FindHoles()
    {
        var (reached, holes) = ((bool[])ink.Clone(), new List<(double, double)>());
        for (var start = 0; start < ink.Length; start++)
        {
            if (reached[start])
            {
                continue;
            }

            var (open, count, heights, edge) = (new Stack<int>([start]), 0, 0.0, false);
            reached[start] = true;
            while (open.TryPop(out var pixel))
            {
                var (y, x) = (pixel / Side, pixel % Side);
                (count, heights) = (count + 1, heights + y);
                edge |= y is 0 or Side - 1 || x is 0 or Side - 1;
                foreach (var next in Around(y, x))
                {
                    if (!reached[next])
                    {
                        reached[next] = true;
                        open.Push(next);
                    }
                }
            }

            if (!edge && count >= LeastHole)
            {
                holes.Add((((heights / count) - Top) / Math.Max(1, Rows - 1), count / (Rows * (Right - Left + 1))));
            }
        }

        return [.. holes.OrderBy(h => h.Item1)];
    }

    private static IEnumerable<int> Around(int y, int x)
    {
        if (y > 0)
        {
            yield return ((y - 1) * Side) + x;
        }

        if (y < Side - 1)
        {
            yield return ((y + 1) * Side) + x;
        }

        if (x > 0)
        {
            yield return (y * Side) + x - 1;
        }

        if (x < Side - 1)
        {
            yield return (y * Side) + x + 1;
        }
    }
}
