using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>An additional file of the compiler whose lines are the names of the tasks of a family.</summary>
/// <param name="Path">The path of the file, with forward slashes.</param>
/// <param name="Names">The lines, without blank ones and those that start with #.</param>
internal sealed record NameFile(string Path, EquatableArray<string> Names)
{
    private const string Suffix = ".tasks.txt";

    public static bool Is(AdditionalText file) => file.Path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    public static NameFile Read(AdditionalText file, CancellationToken cancellation) => new(
        file.Path.Replace('\\', '/'),
        (file.GetText(cancellation)?.ToString() ?? "").Split('\n').Select(l => l.Trim())
            .Where(l => l.Length > 0 && l[0] != '#').ToEquatableArray());

    /// <summary>True if a declaration refers to this file by its path or the end of it.</summary>
    public bool IsNamed(string file) => Path == file || Path.EndsWith("/" + file, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a C# name for a task, in which characters that are not allowed become underscores.</summary>
    public static string Identifier(string name)
    {
        var letters = new string([.. name.Select(c => char.IsLetterOrDigit(c) && c < 128 ? c : '_')]);
        return letters.Length == 0 || char.IsDigit(letters[0]) ? "_" + letters : letters;
    }
}
