using System.Globalization;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;
using UAmtfl.Generators;

namespace UAmtfl.Benchmarks;

/// <summary>A project in memory with many experiments and one file without experiments, which can be edited as in an editor.</summary>
internal sealed class GeneratorScenario
{
    // Two files are written once for all experiments: their registration, and the attribute that hides it from other assemblies.
    private const int GeneratedOnce = 2;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14);

    private readonly CSharpCompilation compilation;
    private readonly GeneratorDriver warm;
    private SyntaxTree other;
    private SyntaxTree experiment;
    private CSharpCompilation edited;
    private int edits;

    /// <summary>Parses and binds the project, and runs the generator once.</summary>
    /// <param name="experiments">The number of experiments, each with ten tasks, a LeNet and five variants, in a file of its own.</param>
    public GeneratorScenario(int experiments)
    {
        other = Other(0, 0);
        experiment = CSharpSyntaxTree.ParseText(Experiment(1), Parse);
        compilation = CSharpCompilation.Create(
            "Study",
            [
                CSharpSyntaxTree.ParseText(Data, Parse), other, experiment,
                .. Enumerable.Range(2, experiments - 1).Select(n => CSharpSyntaxTree.ParseText(Experiment(n), Parse)),
            ],
            [
                .. Net100.References.All, MetadataReference.CreateFromFile(typeof(ExperimentAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(torch).Assembly.Location),
            ],
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        edited = compilation;
        warm = NewDriver().RunGenerators(compilation);
        RequireExpansion(warm.GetRunResult(), experiments);
    }

    /// <summary>Runs a new generator, as when the project is opened. The compilation is a copy, so that its symbols are bound again as
    /// well.</summary>
    public GeneratorDriver Cold() => NewDriver().RunGenerators(compilation.Clone());

    /// <summary>Changes the body of a method in the file that has no experiment, as nearly every keystroke does.</summary>
    public void TypeInBody() => Replace(ref other, Other(name: 0, ++edits));

    /// <summary>Changes the name of a method in the file that has no experiment.</summary>
    public void TypeInDeclaration() => Replace(ref other, Other(++edits, value: 0));

    /// <summary>Changes a number in the declaration of the first experiment.</summary>
    public void TypeInExperiment() => Replace(ref experiment, CSharpSyntaxTree.ParseText(Experiment(1, epochs: 80 + ++edits), Parse));

    /// <summary>Runs the generator after an edit, starting from what it kept of its run before all edits.</summary>
    public GeneratorDriver Keystroke() => warm.RunGenerators(edited);

    /// <summary>Runs the generator again on a project in which nothing has changed.</summary>
    public GeneratorDriver NoChange() => warm.RunGenerators(compilation);

    /// <summary>Checks that a run after an edit, or without one, writes the same code as the first run.</summary>
    /// <exception cref="UAmtflException">A run writes other code; the message names the edit.</exception>
    public void RequireEqualOutput()
    {
        var wanted = Text(Cold());
        Require("no change", NoChange());
        TypeInBody();
        Require("an edit in a method of another file", Keystroke());
        TypeInDeclaration();
        Require("an edit in a declaration of another file", Keystroke());

        void Require(string what, GeneratorDriver driver)
        {
            if (!Text(driver).SequenceEqual(wanted))
            {
                throw new UAmtflException($"the generator writes other code after {what} than in its first run: not equal work");
            }
        }

        static List<string> Text(GeneratorDriver driver) => [.. driver.GetRunResult().GeneratedTrees.Select(t => t.ToString())];
    }

    private static CSharpGeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new ExperimentGenerator().AsSourceGenerator()], parseOptions: Parse);

    private static void RequireExpansion(GeneratorDriverRunResult result, int experiments)
    {
        if (result.Diagnostics.Length > 0
            || result.Results.Any(r => r.Exception is not null)
            || result.GeneratedTrees.Length != (experiments * 7) + GeneratedOnce)
        {
            throw new UAmtflException(
                $"the generator wrote {result.GeneratedTrees.Length} files for {experiments} experiments of seven: "
                    + $"{result.Diagnostics.FirstOrDefault()}");
        }
    }

    private static SyntaxTree Other(int name, int value) => CSharpSyntaxTree.ParseText(
        string.Create(
            CultureInfo.InvariantCulture, $"namespace Study; public static class Other {{ public static int Value{name}() => {value}; }}"),
        Parse);

    private void Replace(ref SyntaxTree file, SyntaxTree next)
    {
        edited = edited.ReplaceSyntaxTree(file, next);
        file = next;
    }

    private const string Data = """
        using UAmtfl.Data;

        namespace Study;

        public sealed class Digits : IDataset
        {
            public Splits Load(DataRequest request) => throw new System.NotSupportedException();
        }
        """;

    private static string Experiment(int n, int epochs = 80) => string.Create(CultureInfo.InvariantCulture, $$"""
        using UAmtfl;
        using UAmtfl.Layers;
        using UAmtfl.Methods;
        using UAmtfl.Weightings;

        namespace Study;

        /// <summary>Experiment {{n}}.</summary>
        [Experiment("experiment-{{n}}", Seeds = 3)]
        [Dataset<Digits>]
        [Training(Epochs = {{epochs}}, BatchSize = 100), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
        public static partial class Experiment{{n}}
        {
            [Binary(OneVsAll = true)]
            public enum Digit { Zero, One, Two, Three, Four, Five, Six, Seven, Eight, Nine }

            [Input(1, 28, 28)]
            [Conv2d(20, Kernel = 5), ReLU, MaxPool2d(2)]
            [Conv2d(50, Kernel = 5), ReLU, MaxPool2d(2)]
            [Flatten, Linear(500), ReLU]
            public partial class LeNet;

            [Baseline]
            [HardSharing, L2(1e-4)]
            public partial class Cnn;

            [HardSharing, L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
            public partial class MtCnn;

            [DeepAmtl(Alpha = 0.1, Gamma = 0.01), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
            public partial class DeepAmtl;

            [Amtfl(Alpha = 0.1, Gamma = 0.01), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
            public partial class DeepAmtfl;

            [Proposed]
            [Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
            public partial class UAmtfl;
        }
        """);
}
