namespace UAmtfl.Reporting.Charts;

/// <summary>The shades of a heat map, in steps of equal size from the lowest value to the highest.</summary>
/// <param name="Low">The lowest value.</param>
/// <param name="High">The highest value, above <paramref name="Low"/> and above 0.</param>
/// <param name="Count">The number of shades.</param>
/// <param name="Ground">The shade of 0, which is the lightest.</param>
internal sealed record ShadeScale(double Low, double High, int Count, int Ground)
{
    /// <summary>The colour of a value that does not exist.</summary>
    public const string Missing = "#e4e6e8";

    private static readonly (int Red, int Green, int Blue) LightBlue = (0xf5, 0xf9, 0xfc), Blue = (0x08, 0x30, 0x6b);
    private static readonly (int Red, int Green, int Blue) White = (0xfb, 0xfb, 0xfa);
    private static readonly (int Red, int Green, int Blue) Sky = (0x14, 0x60, 0x9c), Orange = (0xb0, 0x43, 0x00);

    /// <summary>The largest distance from the ground.</summary>
    private int Steps => Math.Max(Ground, Count - 1 - Ground);

    /// <summary>Returns the shades of values from 0 on, from a light blue to a dark one, which are as far apart in grey.</summary>
    /// <param name="high">The highest value; 0 if all values are 0.</param>
    public static ShadeScale FromZero(double high) => new(0, high > 0 ? high : 1, 24, 0);

    /// <summary>Returns the shades of values on both sides of 0, orange ones below and blue ones above it. Values of one size are as dark
    /// as each other in grey, so that a mark must tell their sign.</summary>
    /// <param name="largest">The largest size of a value; 0 if all values are 0.</param>
    public static ShadeScale AroundZero(double largest) => largest > 0 ? new(-largest, largest, 25, 12) : new(-1, 1, 25, 12);

    /// <summary>Returns the shade of a value; null for a value that does not exist.</summary>
    public int? Of(double value) =>
        double.IsFinite(value) ? (int)Math.Clamp((value - Low) / (High - Low) * Count, 0, Count - 1) : null;

    /// <summary>Returns the colour of a shade.</summary>
    public string Colour(int shade)
    {
        var (light, dark) = Ground == 0 ? (LightBlue, Blue) : (White, shade < Ground ? Orange : Sky);
        var at = Math.Abs(shade - Ground) / (double)Steps;
        return $"#{Part(light.Red, dark.Red):x2}{Part(light.Green, dark.Green):x2}{Part(light.Blue, dark.Blue):x2}";

        int Part(int from, int to) => (int)Math.Round(from + (at * (to - from)));
    }

    /// <summary>True if words on a shade must be white, because black ones would stand out less.</summary>
    public bool IsDark(int shade) => Math.Abs(shade - Ground) > (Ground == 0 ? 0.45 * Count : 0.8 * Steps);
}
