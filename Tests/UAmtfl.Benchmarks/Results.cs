namespace UAmtfl.Benchmarks;

/// <summary>Prints measurements, compares them with their limits, and counts the limits that were missed.</summary>
internal sealed class Results
{
    /// <summary>The number of limits that were missed.</summary>
    public int Missed { get; private set; }

    /// <summary>Prints the title of a table.</summary>
    public static void Title(string title) => Console.WriteLine($"\n{title}");

    /// <summary>Prints that the alternatives of a comparison do equal work.</summary>
    public static void Checked(string title, int alternatives) => Console.WriteLine($"  {title}: {alternatives} alternatives, equal work");

    /// <summary>Prints a quantity that has no limit.</summary>
    public static void Show(string what, string value, string? note = null) =>
        Console.WriteLine(FormattableString.Invariant($"  {what,-44}{value,14}   {note}").TrimEnd());

    /// <summary>Prints a time that has no limit.</summary>
    public static void ShowTime(string what, double seconds) => Show(what, Milliseconds(seconds));

    /// <summary>Prints a ratio that has no limit.</summary>
    public static void Show(string what, Spread ratio) => Show(what, Times(ratio.Median), Between(ratio));

    /// <summary>Prints a ratio, and counts a miss if its median is above the limit.</summary>
    public void AtMost(string what, Spread ratio, double limit) =>
        Verdict(what, Times(ratio.Median), Between(ratio), FormattableString.Invariant($"at most {limit} x"), ratio.Median <= limit);

    /// <summary>Prints a ratio, and counts a miss if its median is below the limit.</summary>
    public void AtLeast(string what, Spread ratio, double limit) =>
        Verdict(what, Times(ratio.Median), Between(ratio), FormattableString.Invariant($"at least {limit} x"), ratio.Median >= limit);

    /// <summary>Prints a quantity and its limit, and counts a miss if the limit is not met.</summary>
    public void Verdict(string what, string value, string spread, string floor, bool met)
    {
        Missed += met ? 0 : 1;
        Console.WriteLine($"  {what,-44}{value,14}   {spread,-16}{floor,-16}{(met ? "met" : "MISSED")}");
    }

    /// <summary>Formats a time, given in seconds, as milliseconds.</summary>
    public static string Milliseconds(double seconds) => FormattableString.Invariant($"{seconds * 1e3:0.00} ms");

    private static string Times(double ratio) => FormattableString.Invariant($"{ratio:0.00} x");

    private static string Between(Spread ratio) => FormattableString.Invariant($"{ratio.Lower:0.00} - {ratio.Upper:0.00}");
}
