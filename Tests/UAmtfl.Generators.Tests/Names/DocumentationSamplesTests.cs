using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Tests.Support;
using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Names;

/// <summary>The C# samples in the documentation are correct C#, and their attributes and the options of these exist.</summary>
public sealed class DocumentationSamplesTests
{
    /// <summary>The attributes of others that samples may have.</summary>
    private static readonly string[] Foreign = ["AttributeUsage", "Fact", "Theory", "InlineData", "DefaultValue"];

    private static readonly ILookup<string, Type> Attributes = typeof(ExperimentAttribute).Assembly.GetExportedTypes()
        .Where(t => t.IsSubclassOf(typeof(Attribute))).ToLookup(t => t.Name.Split('`')[0][..^"Attribute".Length]);

    public static TheoryData<string> Pages =>
        [
            "README.md", "Generators/README.md",
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void SamplesAreCorrect(string page)
    {
        var trees = Samples(page).Select(sample => Parse(page, sample)).ToList();
        var declared = trees.SelectMany(t => t.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>())
            .Select(c => c.Identifier.ValueText).ToHashSet();
        foreach (var attribute in trees.SelectMany(t => t.GetRoot().DescendantNodes().OfType<AttributeSyntax>()))
        {
            var name = attribute.Name.ToString().Split('.')[^1].Split('<')[0];
            if (Foreign.Contains(name) || declared.Contains($"{name}Attribute"))
            {
                continue;
            }

            var type = Attributes[name].FirstOrDefault();
            Assert.True(type is not null, $"{page}: there is no attribute [{attribute}]");
            var options = attribute.ArgumentList?.Arguments.Select(a => a.NameEquals?.Name.Identifier.ValueText).OfType<string>() ?? [];
            Assert.All(options, option => Assert.True(
                type!.GetProperty(option)?.SetMethod is not null, $"{page}: [{attribute}] has no option {option}"));
        }
    }

    /// <summary>A sample is a file, or members of a class, or statements, or the head of a class; an ellipsis stands for
    /// anything.</summary>
    private static SyntaxTree Parse(string page, string sample)
    {
        sample = sample.Replace("…", "", StringComparison.Ordinal);
        string[] wrapped =
        [
            sample, $"class C {{\n{sample}\n}}", $"class C {{ async Task M() {{\n{sample}\n}} }}",
            $"{sample}\nclass C;", $"{sample}\n{{ }}", $"class C {{\n{sample}\n{{ }} }}",
        ];
        var trees = wrapped.Select(text => CSharpSyntaxTree.ParseText(text, References.Parse)).ToList();
        return trees.FirstOrDefault(t => !t.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error))
            ?? throw new Xunit.Sdk.XunitException(
                $"{page} has a sample that is no C#: {trees[0].GetDiagnostics().First()}\n{sample}");
    }

    private static IEnumerable<string> Samples(string page)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");
        return text.Split("\n```csharp\n").Skip(1).Select(rest => rest[..rest.IndexOf("\n```", StringComparison.Ordinal)]);
    }
}
