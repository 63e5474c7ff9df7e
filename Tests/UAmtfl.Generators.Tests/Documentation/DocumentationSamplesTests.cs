using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Documentation;

/// <summary>The C# samples in the documentation compile with the generator, and the wrong sample of a rule breaks that rule
/// alone.</summary>
public sealed partial class DocumentationSamplesTests
{
    /// <summary>The context of a sample that shows what the generator writes for the experiments above it on the page.</summary>
    private const string Generated = "generated";

    public static TheoryData<string> Pages => [.. Sample.Pages.Where(page => Sample.Of(page).Count > 0)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task SamplesAreCorrect(string page)
    {
        var (faults, written) = (new List<string>(), "");
        foreach (var sample in Sample.Of(page))
        {
            if (sample.Context == Generated)
            {
                faults.AddRange(sample.Code.Split("\n\n").Where(member => !written.Contains(Plain(member), StringComparison.Ordinal))
                    .Select(member => $"{page}:{sample.Line}: the generator does not write\n{member}\nbut\n{written}"));
                continue;
            }

            var (fault, text) = await CompileAsync(sample);
            faults.AddRange(fault is null ? [] : [fault]);
            written += text;
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    /// <summary>A sample that is wrong or breaks another rule than its page is about fails, as does one without an end.</summary>
    [Theory]
    [InlineData("Right", "[HardSharing, L2(1e-4)] public partial class Mtl;", null)]
    [InlineData("Right", "[HardSharing, L2(-1e-4)] public partial class Mtl;", "UAM011")]
    [InlineData("Right", "[HardSharing, L3(1e-4)] public partial class Mtl;", "CS0246")]
    [InlineData("Right", "[HardSharing] public partial class Mtl { … }", "CS1056")]
    [InlineData("Wrong", "[HardSharing, L2(-1e-4)] public partial class Mtl;", null)]
    [InlineData("Wrong", "[HardSharing, L2(1e-4)] public partial class Mtl;", "expected UAM011")]
    [InlineData("Wrong", "[HardSharing, Amtl, L2(-1)] public partial class Mtl;", "UAM008")]
    public async Task AWrongSampleIsFound(string heading, string code, string? found)
    {
        var (fault, _) = await CompileAsync(new("docs/diagnostics/UAM011.md", 9, heading, null, code));
        Assert.Equal(found is null, fault is null);
        Assert.Contains(found ?? "", fault ?? "");
    }

    [Fact]
    public void ContextsAreThoseThatSamplesName()
    {
        var named = Sample.Pages.SelectMany(Sample.Of).Select(s => s.Context).OfType<string>().ToList();
        Assert.Equal(SampleContexts.Names.Append(Generated).Order(), named.Distinct().Order());
        var comments = Sample.Pages.Sum(page => File.ReadLines(Path.Combine(Repository.Root, page)).Count(
            line => line.StartsWith("<!-- sample: ", StringComparison.Ordinal)));
        Assert.True(comments == named.Count, "a comment <!-- sample: NAME --> stands in the line above the fence of its sample");
    }

    /// <summary>Compiles a sample, and returns what is wrong, or null, and what the generator writes for it.</summary>
    private static async Task<(string? Fault, string Written)> CompileAsync(Sample sample)
    {
        var context = SampleContexts.Of(sample);
        var run = CompletedSample.Run(sample, context);
        var found = (await run.AllAsync()).Concat(run.GeneratorDiagnostics)
            .Where(d => d.Severity >= DiagnosticSeverity.Warning || d.Id.StartsWith("UAM", StringComparison.Ordinal))
            .Where(d => !context.Follows.Contains(d.Id)).OrderBy(d => d.Location.SourceSpan.Start).ToList();
        var right = sample.Rule is null ? found.Count == 0
            : found.Count > 0 && found.All(d => d.Id == sample.Rule && d.Location.SourceTree?.FilePath == CompletedSample.File);
        return (
            right ? null : $"{sample.Page}:{sample.Line}: expected {sample.Rule ?? "nothing"}, found\n{string.Join('\n', found)}\n\n"
                + run.Input.SyntaxTrees.Last(),
            string.Concat(run.Sources.Select(s => Plain(s.Text))));
    }

    /// <summary>Returns code without namespaces, line breaks and columns.</summary>
    private static string Plain(string code) => Blanks().Replace(Namespaces().Replace(code, ""), " ").Trim();

    [GeneratedRegex(@"global::(UAmtfl\.(WeakSupervision\.)?|TorchSharp\.)?")]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
