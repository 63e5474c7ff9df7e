namespace UAmtfl.Generators.Methods;

/// <summary>Joins formulas, each of which is one line: a term and, after its first comma outside of brackets, the definitions of its
/// symbols, as in <c>Σ_t w_t ℓ_t, w = …</c>.</summary>
internal static class Formulas
{
    /// <summary>Returns the sum of terms with all definitions of symbols at its end, because a definition between two terms would read as
    /// a part of the second.</summary>
    public static string Sum(IEnumerable<string> formulas)
    {
        var parts = formulas.Select(Split).ToList();
        List<string> where = [.. parts.Select(p => p.Where).Where(w => w.Length > 0)];
        return string.Join(" + ", parts.Select(p => p.Term)) + (where.Count == 0 ? "" : $", where {string.Join("; ", where)}");
    }

    private static (string Term, string Where) Split(string formula)
    {
        var depth = 0;
        for (var i = 0; i < formula.Length; i++)
        {
            depth += formula[i] switch { '(' or '{' or '[' => 1, ')' or '}' or ']' => -1, _ => 0 };
            if (depth == 0 && formula[i] == ',')
            {
                return (formula.Substring(0, i), formula.Substring(i + 1).Trim());
            }
        }

        return (formula, "");
    }
}
