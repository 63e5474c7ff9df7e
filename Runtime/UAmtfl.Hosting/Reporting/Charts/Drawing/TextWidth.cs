namespace UAmtfl.Reporting.Charts.Drawing;

/// <summary>Measures words with the widths of DejaVu Sans, the widest common replacement of Arial, because the viewer of an SVG chooses
/// the font, and words that are measured too narrow overlap their neighbours.</summary>
internal static class TextWidth
{
    /// <summary>The baseline of words below the middle of small letters, as a part of their size. It is computed because not all viewers
    /// know SVG's dominant-baseline.</summary>
    public const double Drop = 0.35;

    private const double Bold = 1.12;

    /// <summary>Returns the width of words in pixels.</summary>
    /// <param name="words">The words.</param>
    /// <param name="size">The size of the letters.</param>
    /// <param name="bold">True for bold letters.</param>
    public static double Of(string words, double size, bool bold = false) => words.Sum(Letter) * size * (bold ? Bold : 1);

    /// <summary>Returns words that fit a width. Longer ones lose letters in the middle, because the names of tasks often differ only at
    /// their ends.</summary>
    /// <param name="words">The words.</param>
    /// <param name="size">The size of the letters.</param>
    /// <param name="width">The width in pixels.</param>
    public static string Cut(string words, double size, double width)
    {
        if (Of(words, size) <= width)
        {
            return words;
        }

        var kept = words.Length - 1;
        while (kept > 1 && Of(Shortened(words, kept), size) > width)
        {
            kept--;
        }

        return Shortened(words, kept);
    }

    private static string Shortened(string words, int kept) => $"{words[..((kept + 1) / 2)]}…{words[^(kept / 2)..]}";

    /// <summary>Returns the width of a letter in ems.</summary>
    private static double Letter(char letter) => letter switch
    {
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' => 0.4,
        ' ' or '.' or ',' or ':' or ';' or '|' or '\'' or '-' or '(' or ')' or '[' or ']' => 0.4,
        'm' or 'M' or 'w' or 'W' or '%' or '−' or '±' => 0.98,
        >= 'A' and <= 'Z' => 0.76,
        _ => 0.64,
    };
}
