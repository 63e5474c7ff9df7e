using System.Globalization;
using Microsoft.Extensions.Configuration;
using UAmtfl.Messages;

namespace UAmtfl.Descriptors;

/// <summary>Reads the values of a section of the configuration, and remembers the keys that were read, so that a misspelt key can be
/// refused.</summary>
/// <param name="section">The section, such as <c>mnist-imbalanced:UAmtfl</c>.</param>
public sealed class Settings(IConfigurationSection section)
{
    private readonly SortedSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a real number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value if the configuration has none.</param>
    /// <param name="minimum">The smallest allowed value.</param>
    /// <param name="maximum">The largest allowed value.</param>
    /// <param name="above">A number that the value must be above, in place of <paramref name="minimum"/>.</param>
    /// <param name="below">A number that the value must be below, in place of <paramref name="maximum"/>.</param>
    /// <exception cref="UAmtflException">The value is not a number, or out of range.</exception>
    public double Number(
        string key,
        double fallback,
        double minimum = double.NegativeInfinity,
        double maximum = double.PositiveInfinity,
        double? above = null,
        double? below = null) =>
        Number(
            key,
            fallback,
            new NumberAttribute(above ?? minimum, below ?? maximum) { Above = above is not null, Below = below is not null });

    /// <summary>Reads a real number in the range that an attribute states for it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value if the configuration has none.</param>
    /// <param name="range">The range of the number.</param>
    /// <exception cref="UAmtflException">The value is not a number, or out of range.</exception>
    public double Number(string key, double fallback, NumberAttribute range)
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || double.IsNaN(value))
        {
            throw Refuse(key, text, "a number");
        }

        var wanted = double.IsInfinity(range.Minimum) ? "a finite number" : $"{range}";
        return range.Contains(value) ? value
            : throw Refuse(key, text, double.IsInfinity(value) && wanted == $"{range}" ? $"a finite number, {wanted}" : wanted);
    }

    /// <summary>Reads real numbers in the range that an attribute states for each, separated by commas.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The values if the configuration has none.</param>
    /// <param name="range">The range of each number.</param>
    /// <exception cref="UAmtflException">A value is not a number, or out of range.</exception>
    internal IReadOnlyList<double> Numbers(string key, IReadOnlyList<double> fallback, NumberAttribute range) =>
        Text(key) is not { } text ? fallback
        :
        [
            .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(
                part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && range.Contains(value)
                    ? value
                    : throw Refuse(key, text, $"numbers separated by commas, each {range}")),
        ];

    /// <summary>Reads true or false; case does not matter.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value if the configuration has none.</param>
    /// <exception cref="UAmtflException">The value is neither.</exception>
    internal bool Flag(string key, bool fallback) =>
        Text(key) is not { } text ? fallback : bool.TryParse(text, out var value) ? value : throw Refuse(key, text, "true or false");

    /// <summary>Reads a whole number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value if the configuration has none.</param>
    /// <param name="minimum">The smallest allowed value.</param>
    /// <param name="maximum">The largest allowed value.</param>
    /// <exception cref="UAmtflException">The value is not a whole number, or out of range.</exception>
    public int Integer(string key, int fallback, int minimum = int.MinValue, int maximum = int.MaxValue) =>
        Text(key) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum ? value
        : throw Refuse(key, text, $"a whole number, at least {minimum}{(maximum < int.MaxValue ? $" and at most {maximum}" : "")}");

    /// <summary>Reads a whole number in the range that an attribute states for it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value if the configuration has none.</param>
    /// <param name="range">The range of the number.</param>
    /// <exception cref="UAmtflException">The value is not a whole number, or out of range.</exception>
    internal int Integer(string key, int fallback, NumberAttribute range)
    {
        var least = range.Above ? Math.Floor(range.Minimum) + 1 : Math.Ceiling(range.Minimum);
        var most = range.Below ? Math.Ceiling(range.Maximum) - 1 : Math.Floor(range.Maximum);
        return Integer(key, fallback, (int)Math.Max(least, int.MinValue), (int)Math.Min(most, int.MaxValue));
    }

    /// <summary>Reads the name of a member of an enum; case does not matter.</summary>
    /// <typeparam name="T">The type of the enum.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value if the configuration has none.</param>
    /// <exception cref="UAmtflException">The value is not the name of a member.</exception>
    public T Choice<T>(string key, T fallback)
        where T : struct, Enum =>
        Text(key) is not { } text ? fallback
        : Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) ? value
        : throw Refuse(key, text, string.Join(" or ", Enum.GetNames<T>()));

    /// <summary>Reads a text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">The value if the configuration has none.</param>
    internal string? Text(string key, string? fallback) => Text(key) ?? fallback;

    /// <summary>Throws if the section has a key that was not read, or keys below a key that has a single value.</summary>
    /// <param name="others">Keys that are read elsewhere, such as sections of variants.</param>
    /// <exception cref="UAmtflException">There is an unknown key; the message proposes the nearest known one.</exception>
    public void RefuseUnknown(IEnumerable<string> others)
    {
        var all = known.Concat(others).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var child in section.GetChildren())
        {
            if (!all.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new UAmtflException($"unknown setting {child.Path}; {Nearest.Hint(child.Key, all)}");
            }

            if (known.Contains(child.Key) && child.GetChildren().FirstOrDefault() is { } below)
            {
                throw new UAmtflException($"unknown setting {below.Path}; {child.Path} is a single value");
            }
        }
    }

    private string? Text(string key)
    {
        known.Add(key);
        return section[key];
    }

    private UAmtflException Refuse(string key, string text, string wanted) =>
        new($"setting {section.Path}:{key} is '{text}'; it must be {wanted}");
}
