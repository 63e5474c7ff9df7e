using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using UAmtfl.Generators.Diagnostics;

namespace UAmtfl.Generators.Tests.Support;

/// <summary>Runs the analyzer and the code fixes on source text with marks: {|#0:Linear(500)|} is where the first finding must
/// be.</summary>
internal static class Verify
{
    /// <summary>Fails unless the analyzer reports exactly these findings, in the order of their marks and with these full
    /// messages.</summary>
    public static async Task RuleAsync(string source, params (string Id, string Message)[] findings)
    {
        var test = new FixTest<EmptyCodeFixProvider> { TestCode = source };
        Expect(test, findings);
        await test.RunAsync();
    }

    /// <summary>Fails unless the analyzer reports exactly these findings in a project with additional files.</summary>
    public static async Task RuleAsync(string source, (string Path, string Text)[] files, params (string Id, string Message)[] findings)
    {
        var test = new FixTest<EmptyCodeFixProvider> { TestCode = source };
        test.TestState.AdditionalFiles.AddRange(files.Select(f => (f.Path, Microsoft.CodeAnalysis.Text.SourceText.From(f.Text))));
        Expect(test, findings);
        await test.RunAsync();
    }

    /// <summary>Fails unless the analyzer reports exactly these findings in a project with a further reference.</summary>
    public static async Task RuleAsync(string source, MetadataReference reference, params (string Id, string Message)[] findings)
    {
        var test = new FixTest<EmptyCodeFixProvider> { TestCode = source };
        test.TestState.AdditionalReferences.Add(reference);
        Expect(test, findings);
        await test.RunAsync();
    }

    /// <summary>Fails unless the code fix gives this source both when it is applied to the findings one by one and when it is applied to
    /// all at once.</summary>
    public static async Task FixAsync<TFix>(string source, string fixedSource)
        where TFix : CodeFixProvider, new()
    {
        var test = new FixTest<TFix>
        {
            TestCode = source, FixedCode = fixedSource, BatchFixedCode = fixedSource, CompilerDiagnostics = CompilerDiagnostics.None,
        };
        await test.RunAsync();
    }

    private static void Expect(FixTest<EmptyCodeFixProvider> test, (string Id, string Message)[] findings)
    {
        for (var i = 0; i < findings.Length; i++)
        {
            var severity = Rules.All.Single(r => r.Id == findings[i].Id).DefaultSeverity;
            test.ExpectedDiagnostics.Add(new DiagnosticResult(findings[i].Id, severity).WithLocation(i).WithMessage(findings[i].Message));
        }
    }

    /// <summary>A test with the references of all other tests, because the test library would download reference packages
    /// otherwise.</summary>
    private sealed class FixTest<TFix> : CSharpCodeFixTest<ExperimentAnalyzer, TFix, DefaultVerifier>
        where TFix : CodeFixProvider, new()
    {
        public FixTest()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(Net100.References.All);
            TestState.AdditionalReferences.AddRange(References.Libraries);
        }

        protected override ParseOptions CreateParseOptions() => References.Parse;
    }
}
