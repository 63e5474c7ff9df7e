namespace UAmtfl.Tests.Printed;

/// <summary>A printed objective, split into its terms and the definitions of its symbols.</summary>
/// <param name="Terms">The terms of the sum, such as «γ/N ‖Z‖²».</param>
/// <param name="Where">The definitions after «where», and last the losses of the kinds of tasks.</param>
internal sealed record Formula(IReadOnlyList<string> Terms, IReadOnlyList<string> Where)
{
    public static Formula Of(string printed)
    {
        var parts = printed.Split(", where ", 2);
        var (sum, rest) = parts.Length == 2
            ? (parts[0], parts[1])
            : (parts[0].Split("; ", 2)[0], parts[0].Split("; ", 2) is [_, var kinds] ? kinds : "");
        return new(Added(sum), rest.Length == 0 ? [] : rest.Split("; "));
    }

    /// <summary>Splits a sum into its terms, at plus signs outside of brackets.</summary>
    private static List<string> Added(string sum)
    {
        var (terms, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i < sum.Length; i++)
        {
            depth += sum[i] switch { '(' or '{' => 1, ')' or '}' => -1, _ => 0 };
            if (depth == 0 && i + 3 <= sum.Length && sum.Substring(i, 3) == " + " && !sum.AsSpan(i).StartsWith(" + θ d₂"))
            {
                terms.Add(sum[start..i]);
                start = i + 3;
            }
        }

        return [.. terms, sum[start..]];
    }
}
