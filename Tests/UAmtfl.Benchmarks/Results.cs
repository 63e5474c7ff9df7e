namespace UAmtfl.Benchmarks;

/// <summary>Prints measurements, each against its floor, and remembers whether all were met.</summary>
internal sealed class Results
{
    /// <summary>How many floors were missed.</summary>
    public int Missed { get; private set; }

    /// <summary>Starts a table.</summary>
    public static void Title(string title) => Console.WriteLine($"\n{title}");

    /// <summary>A comparison whose alternatives do equal work.</summary>
    public static void Checked(string title, int alternatives) => Console.WriteLine($"  {title}: {alternatives} alternatives, equal work");

    /// <summary>A quantity without a floor.</summary>
    public static void Show(string what, string value, string? note = null) =>
        Console.WriteLine(FormattableString.Invariant($"  {what,-44}{value,14}   {note}").TrimEnd());

    /// <summary>A time without a floor.</summary>
    public static void ShowTime(string what, double seconds) => Show(what, Milliseconds(seconds));

    /// <summary>A ratio that must not be larger.</summary>
    public void AtMost(string what, Spread ratio, double limit) =>
        Verdict(what, Times(ratio.Median), Between(ratio), FormattableString.Invariant($"at most {limit} x"), ratio.Median <= limit);

    /// <summary>A ratio that must not be smaller.</summary>
    public void AtLeast(string what, Spread ratio, double limit) =>
        Verdict(what, Times(ratio.Median), Between(ratio), FormattableString.Invariant($"at least {limit} x"), ratio.Median >= limit);

    /// <summary>Any quantity that must meet a condition.</summary>
    public void Verdict(string what, string value, string spread, string floor, bool met)
    {
        Missed += met ? 0 : 1;
        Console.WriteLine($"  {what,-44}{value,14}   {spread,-16}{floor,-16}{(met ? "met" : "MISSED")}");
    }

    /// <summary>A time as text.</summary>
    public static string Milliseconds(double seconds) => FormattableString.Invariant($"{seconds * 1e3:0.00} ms");

    private static string Times(double ratio) => FormattableString.Invariant($"{ratio:0.00} x");

    private static string Between(Spread ratio) => FormattableString.Invariant($"{ratio.Lower:0.00} - {ratio.Upper:0.00}");
}
