namespace UAmtfl.Hosting;

/// <summary>Finds the class of an objective in the generated code of a variant.</summary>
internal static class GeneratedObjective
{
    private const string Declaration = "public sealed class Objective";

    /// <summary>Returns the class with the comment before it, moved to the left; empty if the code has none, as that of a variant which a
    /// solver fits.</summary>
    /// <param name="code">The generated file of the variant.</param>
    public static string Of(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, l => l.TrimStart().StartsWith(Declaration, StringComparison.Ordinal));
        if (first < 0)
        {
            return "";
        }

        var indent = lines[first].Length - lines[first].TrimStart().Length;
        var last = Array.FindIndex(lines, first, l => l == new string(' ', indent) + "}");
        while (first > 0 && lines[first - 1].TrimStart().StartsWith("///", StringComparison.Ordinal))
        {
            first--;
        }

        return last < 0 ? "" : string.Join('\n', lines[first..(last + 1)].Select(l => l.Length > indent ? l[indent..] : l.TrimStart()));
    }
}
