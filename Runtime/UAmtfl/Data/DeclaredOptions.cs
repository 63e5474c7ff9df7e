using System.Globalization;

namespace UAmtfl.Data;

/// <summary>Lists the options of a data set that an experiment declares (<see cref="IDataset.Declared"/>).</summary>
internal static class DeclaredOptions
{
    /// <summary>The option that names the class of the data set.</summary>
    public const string Class = "Class";

    /// <summary>Returns the options that have another value than that of a declaration which does not state them.</summary>
    /// <param name="options">The name of each option, its value, and the value of one that is not stated.</param>
    public static IReadOnlyDictionary<string, string> Of(params (string Name, object? Value, object? Unstated)[] options) => options
        .Select(o => (o.Name, Value: Text(o.Value), Unstated: Text(o.Unstated)))
        .Where(o => o.Value != o.Unstated).ToDictionary(o => o.Name, o => o.Value);

    /// <summary>Returns the class of a data set and the options that it declares.</summary>
    /// <param name="dataset">The data set.</param>
    public static IReadOnlyDictionary<string, string> Of(IDataset dataset) =>
        new Dictionary<string, string>(dataset.Declared) { [Class] = dataset.GetType().FullName ?? dataset.GetType().Name };

    /// <summary>Names the options that differ between two declarations, as in «Folds was 5 and is 10».</summary>
    /// <param name="before">The declaration before.</param>
    /// <param name="now">The declaration now.</param>
    public static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        const string None = "not stated";
        return before.Keys.Union(now.Keys)
            .Select(name => (Name: name, Old: before.GetValueOrDefault(name, None), New: now.GetValueOrDefault(name, None)))
            .Where(o => o.Old != o.New).Select(o => $"{o.Name} was {o.Old} and is {o.New}");
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        // In brackets, so that a list with an empty name is not that of none, and without quotes, which JSON would escape.
        IEnumerable<string> texts => string.Join(", ", texts.Select(t => $"[{t}]")),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
