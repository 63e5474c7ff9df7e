using System.Runtime.CompilerServices;

namespace UAmtfl.Weighting;

/// <summary>Checks of what the constructors of strategies are given.</summary>
internal static class StrategyArguments
{
    /// <summary>At least 1.</summary>
    public static int AtLeastOne(int value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }

    /// <summary>Finite and above 0.</summary>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Give a finite number above 0.");

    /// <summary>Finite and at least 0.</summary>
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Give a finite number, at least 0.");

    /// <summary>Between 0 and 1.</summary>
    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
        => value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Give a number between 0 and 1.");

    /// <summary>T finite numbers.</summary>
    public static double[] OneEach(int tasks, double[] values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Length != tasks ? throw new ArgumentException($"{values.Length} numbers for {tasks} tasks: give one each.", name)
            : Array.Exists(values, v => !double.IsFinite(v)) ? throw new ArgumentException("A number is not finite.", name)
            : values;
    }

    /// <summary>T finite numbers above 0; 1/T each where left out.</summary>
    public static double[] Preference(int tasks, double[]? values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        var preference = values is null ? [.. Enumerable.Repeat(1.0 / AtLeastOne(tasks), tasks)] : OneEach(tasks, values, name);
        return Array.TrueForAll(preference, v => v > 0) ? preference : throw new ArgumentException("A preference is not above 0.", name);
    }
}
