using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using UAmtfl.Generators.Diagnostics;

namespace UAmtfl.Generators.Tests.Support;

/// <summary>The generator's work on source files that lie in memory; an edit continues with the same driver, as an editor does.</summary>
internal sealed class GeneratorRun
{
    private readonly CSharpCompilation input;
    private readonly ImmutableArray<AdditionalText> additional;

    private GeneratorRun(GeneratorDriver before, CSharpCompilation input, ImmutableArray<AdditionalText> additional = default)
    {
        this.additional = additional.IsDefault ? [] : additional;
        this.input = input;
        Driver = before.RunGeneratorsAndUpdateCompilation(input, out var output, out var diagnostics);
        Output = output;
        GeneratorDiagnostics = diagnostics;
    }

    /// <summary>The driver after the run, with what it keeps for the next.</summary>
    public GeneratorDriver Driver { get; }

    /// <summary>The user's code without what is generated.</summary>
    public Compilation Input => input;

    /// <summary>The user's code with what is generated.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator, or the driver about it, reports: an exception in the generator is one of these.</summary>
    public ImmutableArray<Diagnostic> GeneratorDiagnostics { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>The generated files in the order of their hints, as <see cref="Snapshot.Match"/> takes them.</summary>
    public IReadOnlyList<(string Hint, string Text)> Sources =>
        [.. Written.Select(s => (s.HintName, s.SourceText.ToString())).OrderBy(s => s.HintName, StringComparer.Ordinal)];

    /// <summary>What the generator wrote, without the definition of the compiler's
    /// attribute that hides a class from other projects.</summary>
    private IEnumerable<GeneratedSourceResult> Written =>
        Result.GeneratedSources.Where(s => s.HintName.EndsWith(".g.cs", StringComparison.Ordinal));

    public IReadOnlyList<string> Hints => [.. Sources.Select(s => s.Hint)];

    /// <summary>The text of one generated file.</summary>
    public string this[string hint] => Sources.Single(s => s.Hint == hint).Text;

    /// <summary>The errors and warnings of the generator and, for user and generated code, of the compiler.</summary>
    public IReadOnlyList<Diagnostic> Problems =>
        [.. GeneratorDiagnostics.Concat(Output.GetDiagnostics()).Where(d => d.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>The same without those in user code, for user code that is broken on purpose.</summary>
    public IReadOnlyList<Diagnostic> ProblemsOfGenerator =>
        [.. Problems.Where(d => d.Location.SourceTree is not { } tree || tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))];

    /// <summary>Fails with every problem, one a line.</summary>
    public static void AssertNone(IReadOnlyList<Diagnostic> problems) => Assert.True(problems.Count == 0, string.Join("\n", problems));

    /// <summary>Runs on one file or several, named Study.cs, Study.1.cs, …</summary>
    public static GeneratorRun Of(params string[] sources) =>
        Of([.. sources.Select((text, i) => (i == 0 ? "Study.cs" : $"Study.{i}.cs", text))]);

    /// <summary>Runs on one file and fails with every error and warning of the generator or of the compiler.</summary>
    public static GeneratorRun Clean(string source)
    {
        var run = Of(source);
        AssertNone(run.Problems);
        return run;
    }

    /// <summary>Runs on several files.</summary>
    public static GeneratorRun Of(params (string Path, string Text)[] files) => Of(References.Parse, files);

    /// <summary>Runs on one file of a project that is called otherwise, is a program, or references others.</summary>
    public static GeneratorRun OfProject(string source, string assembly, OutputKind kind, params MetadataReference[] references) =>
        new(
            NewDriver(References.Parse),
            References.Compile([Tree("Study.cs", source)])
                .WithAssemblyName(assembly)
                .WithOptions(References.Options.WithOutputKind(kind))
                .AddReferences(references));

    /// <summary>Runs on one file with additional files beside it.</summary>
    public static GeneratorRun WithFiles(string source, params (string Path, string Text)[] additional) =>
        WithFiles(source, [.. additional.Select(a => new TextFile(a.Path, a.Text))]);

    private static GeneratorRun WithFiles(string source, ImmutableArray<AdditionalText> additional) =>
        new(NewDriver(References.Parse).AddAdditionalTexts(additional), References.Compile([Tree("Study.cs", source)]), additional);

    /// <summary>Runs again after an additional file has another text.</summary>
    public GeneratorRun EditFile(string path, string old, string text) =>
        new(Driver.ReplaceAdditionalText(new TextFile(path, old), new TextFile(path, text)), input);

    /// <summary>Runs on one file of a project that writes its documentation, where the compiler misses comments (CS1591).</summary>
    public static GeneratorRun Documented(string source) =>
        Of(References.Parse.WithDocumentationMode(DocumentationMode.Diagnose), ("Study.cs", source));

    private static GeneratorRun Of(CSharpParseOptions parse, params (string Path, string Text)[] files) => new(
        NewDriver(parse),
        References.Compile(files.Select(f => CSharpSyntaxTree.ParseText(f.Text, parse, f.Path))));

    private static GeneratorDriver NewDriver(CSharpParseOptions parse) =>
        CSharpGeneratorDriver.Create(
            [new ExperimentGenerator().AsSourceGenerator()],
            parseOptions: parse,
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs again with another file.</summary>
    public GeneratorRun Add(string path, string text) => new(Driver, input.AddSyntaxTrees(Tree(path, text)));

    /// <summary>Runs again after a replacement in a file; what is replaced must be there once.</summary>
    public GeneratorRun Edit(string path, string old, string replacement)
    {
        var tree = input.SyntaxTrees.Single(t => t.FilePath == path);
        var text = tree.ToString();
        Assert.Equal(2, text.Split(old).Length);
        return new(Driver, input.ReplaceSyntaxTree(tree, Tree(path, text.Replace(old, replacement))));
    }

    /// <summary>Runs again after a replacement in the only file.</summary>
    public GeneratorRun Edit(string old, string replacement) => Edit(input.SyntaxTrees.Single().FilePath, old, replacement);

    /// <summary>The analyzer's findings on the user's code with what is generated, as a build has them.</summary>
    public async Task<ImmutableArray<Diagnostic>> AnalyzeAsync() =>
        await Output.WithAnalyzers([new ExperimentAnalyzer()], new AnalyzerOptions(additional)).GetAnalyzerDiagnosticsAsync();

    /// <summary>The same with what the compiler finds, in one pass.</summary>
    public async Task<ImmutableArray<Diagnostic>> AllAsync() =>
        await Output.WithAnalyzers([new ExperimentAnalyzer()], new AnalyzerOptions(additional)).GetAllDiagnosticsAsync();

    /// <summary>The files that were written anew since an earlier run, added or removed: the rest are the same objects.</summary>
    public IReadOnlyList<string> WrittenSince(GeneratorRun earlier)
    {
        var texts = earlier.Written.ToDictionary(s => s.HintName, s => s.SourceText);
        var written = Written.Where(s => !texts.TryGetValue(s.HintName, out var text) || !ReferenceEquals(text, s.SourceText))
            .Select(s => s.HintName);
        return [.. written.Concat(texts.Keys.Except(Hints)).Order(StringComparer.Ordinal)];
    }

    /// <summary>What a step of the pipeline gave, each with why.</summary>
    public IEnumerable<(object Value, IncrementalStepRunReason Reason)> Step(string name) =>
        Result.TrackedSteps.TryGetValue(name, out var steps) ? steps.SelectMany(s => s.Outputs) : [];

    /// <summary>An additional file that lies in memory; equal by path and text.</summary>
    private sealed class TextFile(string path, string text) : AdditionalText, IEquatable<TextFile>
    {
        public override string Path => path;

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) =>
            Microsoft.CodeAnalysis.Text.SourceText.From(text);

        public bool Equals(TextFile? other) => other is not null && other.Path == path && other.GetText().ToString() == text;

        public override bool Equals(object? obj) => Equals(obj as TextFile);

        public override int GetHashCode() => path.GetHashCode(StringComparison.Ordinal);
    }

    private static SyntaxTree Tree(string path, string text) => CSharpSyntaxTree.ParseText(text, References.Parse, path);
}
