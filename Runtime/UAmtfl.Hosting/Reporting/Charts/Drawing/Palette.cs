namespace UAmtfl.Reporting.Charts.Drawing;

/// <summary>The colours and fonts of all charts. The colours of data can be told apart by colour-blind readers (Okabe and Ito 2008), stand
/// out from white and from black, and differ in grey.</summary>
internal static class Palette
{
    /// <summary>The fonts, of which the viewer takes the first that it has.</summary>
    public const string Fonts = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif";

    /// <summary>The colour of words and axes.</summary>
    public const string Ink = "#1c2126";

    /// <summary>The colour of words that matter less.</summary>
    public const string Muted = "#5a636d";

    /// <summary>The colour of lines behind the data.</summary>
    public const string Grid = "#e1e5e9";

    /// <summary>The colour of the ground.</summary>
    public const string Paper = "#ffffff";

    /// <summary>The colour of what was helped, and of the value of a matrix that is above 0.</summary>
    public const string Good = "#1f78b4";

    /// <summary>The colour of what was hurt.</summary>
    public const string Bad = "#d0570b";

    /// <summary>The colour of frames, and of dots whose interval includes 0.</summary>
    public const string Frame = "#6b737b";

    /// <summary>The colour of the baseline.</summary>
    public const string Ground = "#4d555d";

    /// <summary>The colour of intervals that include 0, where there are many.</summary>
    public const string Faint = "#a9b1b8";

    /// <summary>The colour of the proposed variant.</summary>
    public const string Proposed = "#d0570b";

    /// <summary>The colours of other methods. Dark and light ones alternate, so that neighbours differ in grey as well.</summary>
    private static readonly string[] Distinct = ["#0a6cb0", "#d99a1c", "#0b7a5b", "#4aa7dc", "#8c564b", "#c77fae"];

    /// <summary>Colours of about the same lightness from blue to red.</summary>
    private static readonly string[] Rainbow = ["#3b74d9", "#1b98a8", "#37994d", "#ad8411", "#d9601e", "#c4344f"];

    /// <summary>Returns the colour of a method. If there are more methods than colours, lighter and then darker versions follow.</summary>
    /// <param name="index">The number of the method, from 0.</param>
    public static string Method(int index)
    {
        var colour = Distinct[index % Distinct.Length];
        return (index / Distinct.Length % 3) switch
        {
            0 => colour,
            1 => Mix(colour, 255, 0.4),
            _ => Mix(colour, 0, 0.3),
        };
    }

    /// <summary>Returns one of several greys.</summary>
    /// <param name="at">The place among them, 0 for the darkest and 1 for the lightest.</param>
    public static string Grey(double at) => Mix("#808890", 255, 0.55 * at);

    /// <summary>Returns one of several colours from blue through green to red, which stand out from white and from black.</summary>
    /// <param name="index">The number of the colour, from 0.</param>
    /// <param name="count">The number of colours.</param>
    public static string Hue(int index, int count)
    {
        var at = count == 1 ? 0 : (double)index / (count - 1) * (Rainbow.Length - 1);
        var first = Math.Min((int)at, Rainbow.Length - 2);
        var colour = $"#{Part(1):x2}{Part(3):x2}{Part(5):x2}";
        return index % 2 == 0 ? colour : Mix(colour, 0, 0.18);

        int Part(int digit)
        {
            var (from, to) = (Component(Rainbow[first], digit), Component(Rainbow[first + 1], digit));
            return (int)Math.Round(from + ((at - first) * (to - from)));
        }
    }

    /// <summary>Returns a colour mixed with a grey.</summary>
    private static string Mix(string colour, int grey, double share)
    {
        return $"#{Part(1):x2}{Part(3):x2}{Part(5):x2}";

        int Part(int at)
        {
            var part = Component(colour, at);
            return (int)Math.Round(part + (share * (grey - part)));
        }
    }

    /// <summary>Returns the part of a colour with two digits from one on.</summary>
    private static int Component(string colour, int digit) => Convert.ToInt32(colour.Substring(digit, 2), 16);
}
