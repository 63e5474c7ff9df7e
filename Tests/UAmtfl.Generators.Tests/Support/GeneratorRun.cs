using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using UAmtfl.Generators.Diagnostics;

namespace UAmtfl.Generators.Tests.Support;

/// <summary>A run of the generator on source files in memory. An edit continues with the same driver, as an editor does.</summary>
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

    /// <summary>The driver after the run, with all that it keeps for the next run.</summary>
    public GeneratorDriver Driver { get; }

    /// <summary>The user's code without the generated files.</summary>
    public Compilation Input => input;

    /// <summary>The user's code with the generated files.</summary>
    public Compilation Output { get; }

    /// <summary>The diagnostics of the generator and of its driver, which reports an exception in the generator as one of them.</summary>
    public ImmutableArray<Diagnostic> GeneratorDiagnostics { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>The generated files in the order of their names, as <see cref="Snapshot.Match"/> takes them.</summary>
    public IReadOnlyList<(string Hint, string Text)> Sources =>
        [.. Written.Select(s => (s.HintName, s.SourceText.ToString())).OrderBy(s => s.HintName, StringComparer.Ordinal)];

    /// <summary>The files that the generator wrote, without the definition of the compiler's attribute that hides a class from other
    /// projects.</summary>
    private IEnumerable<GeneratedSourceResult> Written =>
        Result.GeneratedSources.Where(s => s.HintName.EndsWith(".g.cs", StringComparison.Ordinal));

    public IReadOnlyList<string> Hints => [.. Sources.Select(s => s.Hint)];

    /// <summary>The text of the generated file of this name.</summary>
    public string this[string hint] => Sources.Single(s => s.Hint == hint).Text;

    /// <summary>The errors and warnings of the generator, and those of the compiler in user code and generated code.</summary>
    public IReadOnlyList<Diagnostic> Problems =>
        [.. GeneratorDiagnostics.Concat(Output.GetDiagnostics()).Where(d => d.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>The errors and warnings of the generator, and those of the compiler in generated code alone, because the user code is
    /// broken on purpose.</summary>
    public IReadOnlyList<Diagnostic> ProblemsOfGenerator =>
        [.. Problems.Where(d => d.Location.SourceTree is not { } tree || tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))];

    /// <summary>Fails if there are problems, and lists them one a line.</summary>
    public static void AssertNone(IReadOnlyList<Diagnostic> problems) => Assert.True(problems.Count == 0, string.Join("\n", problems));

    /// <summary>Runs on one or more source texts, in files named Study.cs, Study.1.cs and so on.</summary>
    public static GeneratorRun Of(params string[] sources) =>
        Of([.. sources.Select((text, i) => (i == 0 ? "Study.cs" : $"Study.{i}.cs", text))]);

    /// <summary>Runs on one source text, and fails if the generator or the compiler reports an error or a warning.</summary>
    public static GeneratorRun Clean(string source)
    {
        var run = Of(source);
        AssertNone(run.Problems);
        return run;
    }

    /// <summary>Runs on files with given paths.</summary>
    public static GeneratorRun Of(params (string Path, string Text)[] files) => Of(References.Parse, files);

    /// <summary>Runs on one source text in a project with a given name, kind of output and references.</summary>
    public static GeneratorRun OfProject(string source, string assembly, OutputKind kind, params MetadataReference[] references) =>
        new(
            NewDriver(References.Parse),
            References.Compile([Tree("Study.cs", source)])
                .WithAssemblyName(assembly)
                .WithOptions(References.Options.WithOutputKind(kind))
                .AddReferences(references));

    /// <summary>Runs on one source text with additional files beside it.</summary>
    public static GeneratorRun WithFiles(string source, params (string Path, string Text)[] additional) =>
        Of(References.Compile([Tree("Study.cs", source)]), additional);

    /// <summary>Runs on a compilation with additional files beside it.</summary>
    public static GeneratorRun Of(CSharpCompilation input, params (string Path, string Text)[] additional) =>
        WithFiles(input, [.. additional.Select(a => new TextFile(a.Path, a.Text))]);

    private static GeneratorRun WithFiles(CSharpCompilation input, ImmutableArray<AdditionalText> additional) =>
        new(NewDriver(References.Parse).AddAdditionalTexts(additional), input, additional);

    /// <summary>Runs again after the text of an additional file has changed.</summary>
    public GeneratorRun EditFile(string path, string old, string text) =>
        new(Driver.ReplaceAdditionalText(new TextFile(path, old), new TextFile(path, text)), input);

    /// <summary>Runs on one source text in a project that writes its documentation file, in which the compiler reports missing comments
    /// (CS1591).</summary>
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

    /// <summary>Runs again after a file was added.</summary>
    public GeneratorRun Add(string path, string text) => new(Driver, input.AddSyntaxTrees(Tree(path, text)));

    /// <summary>Runs again after a replacement in a file. The replaced text must occur exactly once.</summary>
    public GeneratorRun Edit(string path, string old, string replacement)
    {
        var tree = input.SyntaxTrees.Single(t => t.FilePath == path);
        var text = tree.ToString();
        Assert.Equal(2, text.Split(old).Length);
        return new(Driver, input.ReplaceSyntaxTree(tree, Tree(path, text.Replace(old, replacement))));
    }

    /// <summary>Runs again after a replacement in the only file. The replaced text must occur exactly once.</summary>
    public GeneratorRun Edit(string old, string replacement) => Edit(input.SyntaxTrees.Single().FilePath, old, replacement);

    /// <summary>Runs the analyzer on the user's code with the generated files, as a build does.</summary>
    public async Task<ImmutableArray<Diagnostic>> AnalyzeAsync() =>
        await Output.WithAnalyzers([new ExperimentAnalyzer()], new AnalyzerOptions(additional)).GetAnalyzerDiagnosticsAsync();

    /// <summary>Runs the analyzer and the compiler in one pass on the user's code with the generated files.</summary>
    public async Task<ImmutableArray<Diagnostic>> AllAsync() =>
        await Output.WithAnalyzers([new ExperimentAnalyzer()], new AnalyzerOptions(additional)).GetAllDiagnosticsAsync();

    /// <summary>Loads the user's code with the generated files.</summary>
    public Assembly Load()
    {
        using var stream = new MemoryStream();
        Assert.True(Output.Emit(stream).Success, string.Join("\n", Problems.Take(5)));
        return Assembly.Load(stream.ToArray());
    }

    /// <summary>Names the files that were written anew, added or removed since an earlier run. A file that was not written anew is the
    /// same object.</summary>
    public IReadOnlyList<string> WrittenSince(GeneratorRun earlier)
    {
        var texts = earlier.Written.ToDictionary(s => s.HintName, s => s.SourceText);
        var written = Written.Where(s => !texts.TryGetValue(s.HintName, out var text) || !ReferenceEquals(text, s.SourceText))
            .Select(s => s.HintName);
        return [.. written.Concat(texts.Keys.Except(Hints)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The outputs of a named step of the generator's pipeline, each with the reason why it was computed or reused.</summary>
    public IEnumerable<(object Value, IncrementalStepRunReason Reason)> Step(string name) =>
        Result.TrackedSteps.TryGetValue(name, out var steps) ? steps.SelectMany(s => s.Outputs) : [];

    /// <summary>An additional file in memory. Two are equal if their paths and texts are.</summary>
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
