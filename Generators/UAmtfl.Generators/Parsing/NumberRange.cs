namespace UAmtfl.Generators.Parsing;

/// <summary>The finite numbers that an attribute's argument can have.</summary>
internal readonly record struct NumberRange(double Minimum, double Maximum = double.PositiveInfinity, bool OpenBelow = false, bool OpenAbove = false)
{
    public static readonly NumberRange NotNegative = new(0);
    public static readonly NumberRange Positive = new(0, OpenBelow: true);
    public static readonly NumberRange Below1 = new(0, 1, OpenAbove: true);

    public bool Contains(double value) => !double.IsInfinity(value)
        && (OpenBelow ? value > Minimum : value >= Minimum)
        && (OpenAbove ? value < Maximum : value <= Maximum);

    public override string ToString() => FormattableString.Invariant(
        $"{(OpenBelow ? "above" : "at least")} {Minimum}{(double.IsInfinity(Maximum) ? "" : $" and {(OpenAbove ? "below" : "at most")} {Maximum}")}");
}
