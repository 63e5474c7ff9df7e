namespace UAmtfl.Messages;

/// <summary>Finds the known name that a misspelt one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>Returns «did you mean 'x'?», or the list of the known names if none is near.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        var nearest = all.Select(k => (Name: k, Distance: Distance(name, k)))
            .OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, name.Length / 3)
            ? $"did you mean '{nearest.Name}'?"
            : all.Count == 0 ? "there are none here" : $"known are: {string.Join(", ", all)}";
    }

    /// <summary>Counts the edits (insert, delete, replace, swap of neighbours) that turn one name into another. Upper and lower case count
    /// as equal.</summary>
    public static int Distance(string a, string b)
    {
        a = a.ToLowerInvariant();
        b = b.ToLowerInvariant();
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
