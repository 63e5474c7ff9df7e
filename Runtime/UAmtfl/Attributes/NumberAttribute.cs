using System.Collections.Concurrent;
using System.Reflection;

namespace UAmtfl;

/// <summary>Gives the range and the default of a numeric property of an attribute. The generator's diagnostics, grids, settings and the
/// constructors of the methods all read the range here, because a value that one of them accepts must not be refused by
/// another.</summary>
/// <param name="minimum">The smallest value.</param>
/// <param name="maximum">The largest value; infinity if there is none, though the number itself must always be finite.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberAttribute(double minimum, double maximum = double.PositiveInfinity) : Attribute
{
    private static readonly ConcurrentDictionary<(Type, string), NumberAttribute> Known = new();

    /// <summary>The smallest value, or, where <see cref="Above"/> is true, the value that the number must exceed.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The largest value, or, where <see cref="Below"/> is true, the value that the number must stay under.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>True if the number must be above <see cref="Minimum"/>, which is itself refused.</summary>
    public bool Above { get; init; }

    /// <summary>True if the number must be below <see cref="Maximum"/>, which is itself refused.</summary>
    public bool Below { get; init; }

    /// <summary>The value of a number that is not written; NaN if it must be written.</summary>
    public double Default { get; init; } = double.NaN;

    /// <summary>The docstring of the hyper-parameter in generated code: one line that says what the number means. Null if the method has
    /// the docstring itself.</summary>
    public string? Summary { get; init; }

    /// <summary>Returns the range and the default of a numeric property of an attribute.</summary>
    /// <typeparam name="TAttribute">The attribute.</typeparam>
    /// <param name="property">The property's name; case does not matter, because constructors of methods pass the names of their
    /// parameters.</param>
    /// <exception cref="ArgumentException">The attribute has no such number.</exception>
    public static NumberAttribute Of<TAttribute>(string property)
        where TAttribute : Attribute => Known.GetOrAdd((typeof(TAttribute), property), static key => Read(typeof(TAttribute), key.Item2));

    /// <summary>True if a value is in the range; a value that is not finite never is.</summary>
    /// <param name="value">The value.</param>
    public bool Contains(double value) =>
        double.IsFinite(value) && (Above ? value > Minimum : value >= Minimum) && (Below ? value < Maximum : value <= Maximum);

    /// <summary>Returns the range in words, such as <c>above 0 and at most 1</c>.</summary>
    public override string ToString()
    {
        var upper = double.IsInfinity(Maximum) ? "" : FormattableString.Invariant($" and {(Below ? "below" : "at most")} {Maximum}");
        return FormattableString.Invariant($"{(Above ? "above" : "at least")} {Minimum}") + upper;
    }

    private static NumberAttribute Read(Type type, string property) =>
        type.GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
            ?.GetCustomAttribute<NumberAttribute>()
        ?? throw new ArgumentException($"{type.Name} has no number '{property}'.", nameof(property));
}
