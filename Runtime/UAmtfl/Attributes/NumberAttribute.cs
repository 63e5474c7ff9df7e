using System.Collections.Concurrent;
using System.Reflection;

namespace UAmtfl;

/// <summary>Describes a number of the language: the values that the property can have, and the one that it has where it is not written. The rules of the compiler, grids,
/// settings and the constructors of the methods all read the range here, so that what one accepts another does not refuse.</summary>
/// <param name="minimum">The smallest value.</param>
/// <param name="maximum">The largest value; infinity for none, though the number itself must always be finite.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberAttribute(double minimum, double maximum = double.PositiveInfinity) : Attribute
{
    private static readonly ConcurrentDictionary<(Type, string), NumberAttribute> Known = new();

    /// <summary>The smallest value, or the value that it must be above.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The largest value, or the value that it must be below.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>True if <see cref="Minimum"/> itself is refused.</summary>
    public bool Above { get; init; }

    /// <summary>True if <see cref="Maximum"/> itself is refused.</summary>
    public bool Below { get; init; }

    /// <summary>The value where the number is not written; NaN for a number that must be.</summary>
    public double Default { get; init; } = double.NaN;

    /// <summary>The description of a property of an attribute.</summary>
    /// <typeparam name="TAttribute">The attribute.</typeparam>
    /// <param name="property">The property's name; case does not matter, so that a parameter of a method finds it.</param>
    /// <exception cref="ArgumentException">The attribute has no such number.</exception>
    public static NumberAttribute Of<TAttribute>(string property)
        where TAttribute : Attribute => Known.GetOrAdd((typeof(TAttribute), property), static key => Read(typeof(TAttribute), key.Item2));

    /// <summary>True if a value is in the range; a value that is not finite never is.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(double value) => double.IsFinite(value) && (Above ? value > Minimum : value >= Minimum) && (Below ? value < Maximum : value <= Maximum);

    /// <summary>The range in words: <c>above 0 and at most 1</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{(Above ? "above" : "at least")} {Minimum}{(double.IsInfinity(Maximum) ? "" : $" and {(Below ? "below" : "at most")} {Maximum}")}");

    private static NumberAttribute Read(Type type, string property) =>
        type.GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.GetCustomAttribute<NumberAttribute>()
        ?? throw new ArgumentException($"{type.Name} has no number '{property}'.", nameof(property));
}
