using System.Runtime.CompilerServices;

namespace UAmtfl.Weighting;

/// <summary>Checks of what the constructors of weightings are given.</summary>
internal static class WeightingArguments
{
    /// <summary>An integer not below a bound.</summary>
    public static int AtLeast(int value, int least, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= least
            ? value
            : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"must be at least {least}."));

    /// <summary>A number in the range that the weighting's attribute has for the property of the same name.</summary>
    /// <typeparam name="TAttribute">The attribute.</typeparam>
    public static double In<TAttribute>(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        where TAttribute : Attribute => NumberAttribute.Of<TAttribute>(name) is var range && range.Contains(value) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"must be finite and {range}.");

    /// <summary>The same for a whole number.</summary>
    /// <typeparam name="TAttribute">The attribute.</typeparam>
    public static int In<TAttribute>(int value, [CallerArgumentExpression(nameof(value))] string name = "")
        where TAttribute : Attribute => (int)In<TAttribute>((double)value, name);

    /// <summary>One of an enumeration's values.</summary>
    public static TEnum Defined<TEnum>(TEnum value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where TEnum : struct, Enum => Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            name, value, $"is no {typeof(TEnum).Name}.");

    /// <summary>T finite numbers.</summary>
    public static double[] OneEach(int tasks, double[] values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Length != tasks ? throw new ArgumentException($"{values.Length} numbers for {tasks} tasks: give one each.", name)
            : Array.Exists(values, v => !double.IsFinite(v)) ? throw new ArgumentException("A number is not finite.", name)
            : [.. values];
    }

    /// <summary>How important each task is: a copy of the numbers given, or 1/T each.</summary>
    public static double[] Preference(int tasks, double[]? values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        var preference = values is null ? [.. Enumerable.Repeat(1.0 / tasks, tasks)] : OneEach(tasks, values, name);
        return Array.Exists(preference, p => p < 0) || Array.TrueForAll(preference, p => p == 0)
            ? throw new ArgumentException("A preference is below 0, or all are 0.", name)
            : preference;
    }
}
