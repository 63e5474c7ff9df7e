using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The backward pass of a trunk with the gradients of all tasks, as it is read by a person; it compiles as well.</summary>
public sealed class TaskBackwardTests
{
    private const string Hint = "Lab.Study+Net.g.cs";

    [Fact]
    public void OfRows() => Match("[Input(6), Linear(16), Sigmoid, Dropout(0.25), Linear(8, Bias = false), Tanh]");

    /// <summary>Two convolutions of equal numbers, of which the first alone finds its patches cut.</summary>
    [Fact]
    public void OfImages() => Match("[Input(3, 16, 16), Conv2d(3, Padding = 1), ReLU, Conv2d(3, Padding = 1), MaxPool2d(2), Conv2d(4, Kernel = 2, Stride = 2), AvgPool2d(2), Flatten, Linear(5)]");

    /// <summary>What is before the first layer with parameters keeps nothing, and what is behind the last comes first.</summary>
    [Fact]
    public void OfLayersAroundASingleOneWithParameters() => Match("[Input(2, 6, 6), MaxPool2d(2), Tanh, Flatten, Linear(5), ReLU]");

    /// <summary>Trunks that have to go backwards once a task, and those that need not go backwards at all.</summary>
    [Theory]
    [InlineData("[Input(4), Linear(8), BatchNorm, ReLU]")]
    [InlineData("[Input(4), Trunk<Perceptron>(4)]")]
    [InlineData("[Input(4)]")]
    [InlineData("[Input(2, 6, 6), Flatten, ReLU]")]
    public void OfTrunksThatHaveNone(string layers)
    {
        var run = Run(layers);
        var file = File(run);
        Assert.False(file.Trunk.BatchesTaskGradients);
        Assert.Equal(run[Hint], TrunkWriter.Write(file with { TaskGradients = true }));
    }

    /// <summary>No weighting of the declarations here looks at gradients.</summary>
    [Fact]
    public void NoneIsWrittenThatNobodyNeeds() => Assert.False(File(Run("[Input(4), Linear(8)]")).TaskGradients);

    private static GeneratorRun Run(string layers)
    {
        var run = GeneratorRun.Of(Declaration.Of(trunks: $"{layers} public partial class Net;"));
        GeneratorRun.AssertNone(run.Problems);
        return run;
    }

    private static TrunkFile File(GeneratorRun run) => run.Step(TrackingNames.Trunks).Select(step => (TrunkFile)step.Value).Single();

    private static void Match(string layers, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var run = Run(layers);
        var text = TrunkWriter.Write(File(run) with { TaskGradients = true });
        var old = run.Output.SyntaxTrees.Single(tree => Path.GetFileName(tree.FilePath) == Hint);
        var output = run.Output.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, References.Parse, old.FilePath));
        GeneratorRun.AssertNone([.. output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)]);
        Assert.Contains(output.GetTypeByMetadataName("Lab.Study+Net")!.AllInterfaces, i => i.Name == "ITaskBackward");
        Snapshot.Match([(Hint, text)], test);
    }
}
