using System.Globalization;
using System.Text.RegularExpressions;

namespace UAmtfl.Tests.Printed;

/// <summary>The printed loss of a kind of task, <c>(MAE(o_t, y_t) + δ_t) / σ_t</c>.</summary>
/// <param name="Name">The name of the loss, such as «Huber[δ = 0.7]».</param>
/// <param name="Tempered">True if the outputs are divided by σ_t².</param>
/// <param name="Floor">True if δ_t is added.</param>
/// <param name="Divisor">What the loss is divided by, such as «2σ_t²»; empty for nothing.</param>
internal sealed record PrintedLoss(string Name, bool Tempered, bool Floor, string Divisor);

/// <summary>A printed objective, split into its terms and the definitions of its symbols.</summary>
/// <param name="Terms">The terms of the sum, such as «γ/N ‖Z‖²».</param>
/// <param name="Where">The definitions after «where», and last the losses of the kinds of tasks.</param>
internal sealed partial record Formula(IReadOnlyList<string> Terms, IReadOnlyList<string> Where)
{
    /// <summary>Finds the printed loss of a task; null if none is printed.</summary>
    /// <param name="task">The place of the task in the network, from 0.</param>
    public PrintedLoss? LossOf(int task)
    {
        foreach (var match in Where.Select(w => LossPattern().Match(w)).Where(m => m.Success))
        {
            var first = int.Parse(match.Groups["first"].Value, CultureInfo.InvariantCulture);
            var last = match.Groups["last"] is { Success: true } end ? int.Parse(end.Value, CultureInfo.InvariantCulture) : first;
            if (task + 1 >= first && task < last)
            {
                return new(
                    match.Groups["name"].Value, match.Groups["tempered"].Success, match.Groups["floor"].Success, match.Groups["by"].Value);
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"^ℓ_(?<first>\d+)(…ℓ_(?<last>\d+))? = \(?(?<name>[^()]+)\(o_t(?<tempered> / σ_t²)?, y_t\)(?<floor> \+ δ_t\))?( / (?<by>.+))?$")]
    private static partial Regex LossPattern();

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
