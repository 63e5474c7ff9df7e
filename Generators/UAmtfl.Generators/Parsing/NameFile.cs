using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>A file among the compiler's additional files that names the tasks of a family, one a line.</summary>
/// <param name="Path">Where it is, with forward slashes.</param>
/// <param name="Names">The lines, without blank ones and those that start with #.</param>
internal sealed record NameFile(string Path, EquatableArray<string> Names)
{
    private const string Suffix = ".tasks.txt";

    public static bool Is(AdditionalText file) => file.Path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    public static NameFile Read(AdditionalText file, CancellationToken cancellation) => new(
        file.Path.Replace('\\', '/'),
        (file.GetText(cancellation)?.ToString() ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').ToEquatableArray());

    /// <summary>True if a declaration means this file: by its path from some folder on.</summary>
    public bool IsNamed(string file) => Path == file || Path.EndsWith("/" + file, StringComparison.OrdinalIgnoreCase);

    /// <summary>A C# name for a task: whatever cannot stand in one becomes an underscore.</summary>
    public static string Identifier(string name)
    {
        var letters = new string([.. name.Select(c => char.IsLetterOrDigit(c) && c < 128 ? c : '_')]);
        return letters.Length == 0 || char.IsDigit(letters[0]) ? "_" + letters : letters;
    }
}
