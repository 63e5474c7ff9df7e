using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using UAmtfl.Generators.Diagnostics;

namespace UAmtfl.Generators.Tests.Names;

/// <summary>Each rule keeps its number, and has its page in the documentation and its row in the list of rules.</summary>
public sealed class RulePagesTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Ids => [.. Rules.All.Select(r => r.Id)];

    [Fact]
    public void TheNumbersAreUniqueAndInOrder() =>
        Assert.Equal(Enumerable.Range(1, Rules.All.Count).Select(i => $"UAM{i:000}"), Rules.All.Select(r => r.Id));

    [Fact]
    public void TheAnalyzerSupportsEveryRule() => Assert.Equal(Rules.All, new ExperimentAnalyzer().SupportedDiagnostics);

    [Theory]
    [MemberData(nameof(Ids))]
    public void ARuleHasAPageWithItsTitleAndParts(string id)
    {
        var rule = Rules.All.Single(r => r.Id == id);
        var page = File.ReadAllText(Path.Combine(Root, rule.HelpLinkUri)).ReplaceLineEndings("\n");
        Assert.StartsWith($"# {id}: {rule.Title}\n", page);
        Assert.All(["## Cause", "## Wrong", "## Right", "## Why"], part => Assert.Contains($"\n{part}\n", page));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ARuleHasALineInTheIndex(string id)
    {
        var rule = Rules.All.Single(r => r.Id == id);
        var severity = rule.DefaultSeverity.ToString().ToLowerInvariant();
        Assert.Contains(
            $"\n| [{id}]({id}.md) | {severity} | {rule.Title} |\n",
            File.ReadAllText(Path.Combine(Root, "docs/diagnostics/README.md")).ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ARuleHasOneRowInTheReleases(string id)
    {
        var rule = Rules.All.Single(r => r.Id == id);
        var releases = string.Concat(
            new[] { "Shipped", "Unshipped" }
                .Select(name => File.ReadAllText(Path.Combine(Root, $"Generators/UAmtfl.Generators/AnalyzerReleases.{name}.md"))));
        Assert.Single(Regex.Matches(releases, $@"(?m)^{id} \| UAmtfl \| {rule.DefaultSeverity} \| {Regex.Escape(rule.HelpLinkUri)}\r?$"));
    }

    [Fact]
    public void NoPageIsLeftOver() => Assert.Equal(
        [.. Rules.All.Select(r => $"{r.Id}.md").Append("README.md").Order(StringComparer.Ordinal)],
        Directory.GetFiles(Path.Combine(Root, "docs/diagnostics")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    private static string FindRoot([CallerFilePath] string path = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(path)!);
        while (!File.Exists(Path.Combine(folder.FullName, "UAmtfl.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
