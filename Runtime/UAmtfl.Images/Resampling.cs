namespace UAmtfl.Data;

/// <summary>Resizes images by a triangle filter, which is bilinear interpolation where an image grows and averages where it shrinks. It is
/// written out because a library's filter may differ from one processor to another.</summary>
internal static class Resampling
{
    private const int Colours = 3;

    /// <summary>Resizes the shorter side of an image, and takes the square in the centre.</summary>
    /// <param name="image">The image.</param>
    /// <param name="shorter">The shorter side after resizing, in pixels.</param>
    /// <param name="side">The side of the square, at most <paramref name="shorter"/>.</param>
    /// <returns>The values [3 · side · side] in [0, 255], channel after channel.</returns>
    public static float[] Centre(DecodedImage image, int shorter, int side)
    {
        var (width, height) = image.Width <= image.Height
            ? (shorter, (int)((long)shorter * image.Height / image.Width))
            : ((int)((long)shorter * image.Width / image.Height), shorter);
        var columns = Windows(image.Width, width, (int)Math.Round((width - side) / 2.0), side);
        var rows = Windows(image.Height, height, (int)Math.Round((height - side) / 2.0), side);

        // Only the rows that the square needs are filtered across.
        var first = rows.Min(r => r.First);
        var across = new float[(rows.Max(r => r.First + r.Weights.Length) - first) * side * Colours];
        for (var at = 0; at < across.Length; at += side * Colours)
        {
            Across(image, first + (at / (side * Colours)), columns, across.AsSpan(at, side * Colours));
        }

        var result = new float[Colours * side * side];
        for (var y = 0; y < side; y++)
        {
            for (var i = 0; i < side * Colours; i++)
            {
                var sum = 0f;
                for (var r = 0; r < rows[y].Weights.Length; r++)
                {
                    sum += rows[y].Weights[r] * across[((rows[y].First - first + r) * side * Colours) + i];
                }

                result[(((i % Colours * side) + y) * side) + (i / Colours)] = sum;
            }
        }

        return result;
    }

    /// <summary>Filters a row of an image.</summary>
    private static void Across(DecodedImage image, int row, Window[] columns, Span<float> result)
    {
        for (var x = 0; x < columns.Length; x++)
        {
            var start = ((row * image.Width) + columns[x].First) * DecodedImage.Channels;
            for (var colour = 0; colour < Colours; colour++)
            {
                var sum = 0f;
                for (var c = 0; c < columns[x].Weights.Length; c++)
                {
                    sum += columns[x].Weights[c] * image.Pixels[start + (c * DecodedImage.Channels) + colour];
                }

                result[(x * Colours) + colour] = sum;
            }
        }
    }

    /// <summary>Returns the source pixels of each resized pixel along one side, with their weights, which sum to 1.</summary>
    /// <param name="source">The number of source pixels.</param>
    /// <param name="resized">The number of pixels after resizing.</param>
    /// <param name="first">The first resized pixel that is needed.</param>
    /// <param name="count">The number of those that are needed.</param>
    private static Window[] Windows(int source, int resized, int first, int count)
    {
        var scale = (double)source / resized;
        var reach = Math.Max(scale, 1);
        return [.. Enumerable.Range(first, count).Select(pixel =>
        {
            var centre = (pixel + 0.5) * scale;
            var (from, to) = ((int)Math.Max(0, centre - reach + 0.5), (int)Math.Min(source, centre + reach + 0.5));
            var weights = Enumerable.Range(from, to - from).Select(s => Math.Max(0, 1 - (Math.Abs(s + 0.5 - centre) / reach))).ToArray();
            var sum = weights.Sum();
            return new Window(from, Array.ConvertAll(weights, w => (float)(w / sum)));
        })];
    }

    /// <summary>The source pixels of a resized pixel.</summary>
    private readonly record struct Window(int First, float[] Weights);
}
