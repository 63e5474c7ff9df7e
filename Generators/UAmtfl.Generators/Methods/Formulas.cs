namespace UAmtfl.Generators.Methods;

/// <summary>Formulas as one line. A formula is a term, and after its first comma outside of brackets what the symbols in it are: <c>Σ_t
/// w_t ℓ_t, w = …</c>.</summary>
internal static class Formulas
{
    /// <summary>The sum of terms, with what the symbols are behind all of it, because between two terms it would read as a part of the
    /// second.</summary>
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
