namespace UAmtfl.Hosting;

/// <summary>Finds what a report shows in the generated code of a variant.</summary>
internal static class GeneratedFile
{
    private const string Class = "public sealed class Objective", Declared = "// Declaration:", Indent = "//     ";

    /// <summary>Returns the declaration of the variant, as its comment at the top has it; empty if there is none.</summary>
    /// <param name="code">The generated file of the variant.</param>
    public static string Declaration(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n')
        .SkipWhile(line => line != Declared).Skip(1).TakeWhile(line => line.StartsWith(Indent, StringComparison.Ordinal))
        .Select(line => line[Indent.Length..]));

    /// <summary>Returns the class of the objective with the comment before it, moved to the left; empty if the code has none, as that of a
    /// variant which a solver fits.</summary>
    /// <param name="code">The generated file of the variant.</param>
    public static string Objective(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, l => l.TrimStart().StartsWith(Class, StringComparison.Ordinal));
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
