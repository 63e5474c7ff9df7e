using System.Text.RegularExpressions;
using UAmtfl.Messages;

namespace UAmtfl.Data.Tables;

/// <summary>Finds columns of a table by name or by pattern.</summary>
/// <param name="names">The names of the columns; no two are the same.</param>
internal sealed class ColumnNames(IReadOnlyList<string> names)
{
    /// <summary>The largest number of names for which a message looks for a near one.</summary>
    private const int Searched = 2000;

    /// <summary>The largest number of names that a message lists.</summary>
    private const int Listed = 30;

    private readonly Dictionary<string, int> exact = Index(names, StringComparer.Ordinal);
    private readonly Dictionary<string, int> loose = Index(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> All { get; } = names;

    /// <summary>Finds the column with a name; upper and lower case count only if names differ in nothing else.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The place of the column, from 0; −1 if there is none, or two that differ in case.</returns>
    public int Find(string name) =>
        exact.TryGetValue(name, out var place) || loose.TryGetValue(name, out place) ? place : -1;

    /// <summary>Finds the columns that a pattern matches, in order.</summary>
    /// <param name="pattern">A name, in which <c>*</c> stands for any characters.</param>
    public IReadOnlyList<int> Match(string pattern)
    {
        if (pattern.IndexOf('*') < 0)
        {
            return Find(pattern) is >= 0 and var place ? [place] : [];
        }

        var expression = new Regex(
            $"^{Regex.Escape(pattern).Replace("\\*", ".*")}$",
            RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
        return [.. Enumerable.Range(0, All.Count).Where(c => expression.IsMatch(All[c]))];
    }

    /// <summary>Lists the names for a message, or the first and the last of many.</summary>
    public string Known => All.Count <= Listed
        ? $"known are: {string.Join(", ", All)}"
        : $"there are {All.Count}, from '{All[0]}' to '{All[All.Count - 1]}'";

    /// <summary>Says what a missing name was probably meant to be.</summary>
    /// <param name="name">The name.</param>
    public string Hint(string name) =>
        All.Count <= Searched && Nearest.Hint(name, All) is var hint && hint.StartsWith("did", StringComparison.Ordinal) ? hint : Known;

    private static Dictionary<string, int> Index(IReadOnlyList<string> names, StringComparer comparer)
    {
        var (index, twice) = (new Dictionary<string, int>(names.Count, comparer), new HashSet<string>(comparer));
        for (var i = 0; i < names.Count; i++)
        {
            if (index.ContainsKey(names[i]))
            {
                twice.Add(names[i]);
            }

            index[names[i]] = i;
        }

        foreach (var name in twice)
        {
            index.Remove(name);
        }

        return index;
    }
}
