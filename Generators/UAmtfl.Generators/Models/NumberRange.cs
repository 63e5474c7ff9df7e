namespace UAmtfl.Generators.Models;

/// <summary>The finite numbers that are allowed for an argument of an attribute, as <c>[Number]</c> on its property states them.
/// The names are those of the runtime's <c>NumberAttribute</c>.</summary>
internal readonly record struct NumberRange(
    double Minimum, double Maximum = double.PositiveInfinity, bool OpenBelow = false, bool OpenAbove = false)
{
    public bool Contains(double value) => !double.IsInfinity(value)
        && (OpenBelow ? value > Minimum : value >= Minimum)
        && (OpenAbove ? value < Maximum : value <= Maximum);

    /// <summary>The limits as arguments of the runtime's <c>[Number]</c>: <c>0, 1, Above = true</c>.</summary>
    public string Arguments
    {
        get
        {
            var limits = double.IsInfinity(Maximum)
                ? FormattableString.Invariant($"{Minimum}")
                : FormattableString.Invariant($"{Minimum}, {Maximum}");
            return $"{limits}{(OpenBelow ? ", Above = true" : "")}{(OpenAbove ? ", Below = true" : "")}";
        }
    }

    public override string ToString()
    {
        var lower = FormattableString.Invariant($"{(OpenBelow ? "above" : "at least")} {Minimum}");
        return double.IsInfinity(Maximum)
            ? lower
            : lower + FormattableString.Invariant($" and {(OpenAbove ? "below" : "at most")} {Maximum}");
    }
}
