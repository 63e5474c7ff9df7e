using System.Text.RegularExpressions;
using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Documentation;

/// <summary>A C# sample of a page of the documentation.</summary>
/// <param name="Page">The path of the page in the repository.</param>
/// <param name="Line">The line at which the sample's fence stands.</param>
/// <param name="Heading">The heading above the sample; «Wrong» above one that a rule must report.</param>
/// <param name="Context">The context that a comment above the fence names, <c>&lt;!-- sample: NAME --&gt;</c>; null for none.</param>
/// <param name="Code">The sample.</param>
internal sealed partial record Sample(string Page, int Line, string Heading, string? Context, string Code)
{
    private const string Fence = "```csharp";

    /// <summary>The pages of the documentation.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. Files("", SearchOption.TopDirectoryOnly), .. Files("Generators", SearchOption.TopDirectoryOnly),
        .. Files("Runtime", SearchOption.TopDirectoryOnly), .. Files("docs", SearchOption.AllDirectories),
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "Experiments"))
            .SelectMany(study => Files(Path.GetRelativePath(Repository.Root, study), SearchOption.TopDirectoryOnly)),
    ];

    /// <summary>The rule that the sample must break; null if it must be correct.</summary>
    public string? Rule => Heading == "Wrong" ? Path.GetFileNameWithoutExtension(Page) : null;

    /// <summary>Returns the samples of a page in their order.</summary>
    /// <param name="page">The path of the page in the repository.</param>
    public static IReadOnlyList<Sample> Of(string page)
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, page));
        var (samples, heading) = (new List<Sample>(), "");
        for (var i = 0; i < lines.Length; i++)
        {
            heading = lines[i].StartsWith("## ", StringComparison.Ordinal) ? lines[i][3..] : heading;
            if (lines[i].Trim() == Fence)
            {
                var end = Array.IndexOf(lines, "```", i);
                var context = i > 0 ? Comment().Match(lines[i - 1]) : Match.Empty;
                samples.Add(new(
                    page, i + 1, heading, context.Success ? context.Groups[1].Value : null, string.Join('\n', lines[(i + 1)..end])));
                i = end;
            }
        }

        return samples;
    }

    /// <summary>Returns the namespaces that the prose of a page says its samples need.</summary>
    /// <param name="page">The path of the page in the repository.</param>
    public static IEnumerable<string> UsingsOf(string page) =>
        Usings().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(m => m.Value).Distinct();

    private static IEnumerable<string> Files(string folder, SearchOption option) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", option)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    [GeneratedRegex("^<!-- sample: (.*) -->$")]
    private static partial Regex Comment();

    /// <summary>A using directive that stands in a line between other words or marks of code, and not at its beginning.</summary>
    [GeneratedRegex(@"(?<=[`;] ?)using (static )?[\w.]+;")]
    private static partial Regex Usings();
}
