using System.Runtime.CompilerServices;

namespace UAmtfl.Weighting;

/// <summary>Checks the arguments of the constructors of weightings.</summary>
internal static class WeightingArguments
{
    /// <summary>Returns a whole number, or throws if it is below a bound.</summary>
    public static int AtLeast(int value, int least, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= least
            ? value
            : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"must be at least {least}."));

    /// <summary>Returns a number, or throws if it is outside the range that an attribute has for the property of the same name.</summary>
    /// <typeparam name="TAttribute">The attribute of the weighting.</typeparam>
    public static double In<TAttribute>(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        where TAttribute : Attribute => NumberAttribute.Of<TAttribute>(name) is var range && range.Contains(value) ? value
        : throw new ArgumentOutOfRangeException(name, value, $"must be finite and {range}.");

    /// <summary>Returns a whole number, or throws if it is outside the range that an attribute has for the property of the same
    /// name.</summary>
    /// <typeparam name="TAttribute">The attribute of the weighting.</typeparam>
    public static int In<TAttribute>(int value, [CallerArgumentExpression(nameof(value))] string name = "")
        where TAttribute : Attribute => (int)In<TAttribute>((double)value, name);

    /// <summary>Returns a member of an enum, or throws if the enum has no member of this value.</summary>
    public static TEnum Defined<TEnum>(TEnum value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where TEnum : struct, Enum => Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            name, value, $"is no {typeof(TEnum).Name}.");

    /// <summary>Returns a copy of T numbers, or throws if their number is another or one is not finite.</summary>
    public static double[] OneEach(int tasks, double[] values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Length != tasks ? throw new ArgumentException($"{values.Length} numbers for {tasks} tasks: give one each.", name)
            : Array.Exists(values, v => !double.IsFinite(v)) ? throw new ArgumentException("A number is not finite.", name)
            : [.. values];
    }

    /// <summary>Returns the importance of each task: a copy of the numbers, or 1/T for each task if they are null.</summary>
    public static double[] Preference(int tasks, double[]? values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        var preference = values is null ? [.. Enumerable.Repeat(1.0 / tasks, tasks)] : OneEach(tasks, values, name);
        return Array.Exists(preference, p => p < 0) || Array.TrueForAll(preference, p => p == 0)
            ? throw new ArgumentException("A preference is below 0, or all are 0.", name)
            : preference;
    }
}
