using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The generated backward pass of a trunk with the gradients of all tasks has the expected code, and compiles.</summary>
public sealed class TaskBackwardTests
{
    private const string Hint = "Lab.Study+Net.g.cs";

    [Fact]
    public void OfRows() => Match("[Input(6), Linear(16), Sigmoid, Dropout(0.25), Linear(8, Bias = false), Tanh]", """
        public Tensor Features(Tensor prepared, out Tensor[] kept)
        {
            kept = new Tensor[5];
            Tensor h = prepared;
            kept[0] = h.detach(); h = F.linear(h, Linear1.weight, Linear1.bias);   // [N, 16]
            h = h.sigmoid(); kept[1] = h.detach();   // [N, 16]
            kept[2] = LayerBackward.Mask(Dropout1, h); h = h * kept[2];   // [N, 16]
            kept[3] = h.detach(); h = F.linear(h, Linear2.weight);   // [N, 8]
            h = h.tanh(); kept[4] = h.detach();   // [N, 8]
            return h;
        }

        public void Backward(Tensor[] kept, Tensor gradients, Trunks.TaskBackward.LayerGradients sink)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using System.IDisposable frozen = torch.no_grad();
            Tensor g = gradients.alias();   // [T, N, 8]
            g = LayerBackward.Tanh(g, kept[4]);   // [T, N, 8]
            sink.Linear(kept[3], g, Linear2.weight, null);   // Linear2
            if (sink.IsComplete)
            {
                return;
            }

            g = LayerBackward.Linear(g, Linear2.weight);   // [T, N, 16]
            g = LayerBackward.Dropout(g, kept[2]);   // [T, N, 16]
            g = LayerBackward.Sigmoid(g, kept[1]);   // [T, N, 16]
            sink.Linear(kept[0], g, Linear1.weight, Linear1.bias);   // Linear1
        }
        """);

    /// <summary>Of two convolutions with equal arguments only the first, on the inputs, works on patches that are cut
    /// beforehand.</summary>
    [Fact]
    public void OfImages() => Match("""
        [Input(3, 16, 16), Conv2d(3, Padding = 1), ReLU, Conv2d(3, Padding = 1), MaxPool2d(2), Conv2d(4, Kernel = 2, Stride = 2)]
        [AvgPool2d(2), Flatten, Linear(5)]
        """, """
        public Tensor Features(Tensor prepared, out Tensor[] kept)
        {
            kept = new Tensor[6];
            Tensor h = prepared;
            kept[0] = h.detach(); h = Trunks.Patches.Convolve(h, Conv1.weight, Conv1.bias, 16, 16);   // [N, 3, 16, 16]
            h = F.relu(h); kept[1] = h.detach();   // [N, 3, 16, 16]
            kept[2] = h.detach(); h = Conv2.call(h);   // [N, 3, 16, 16]
            (h, kept[3]) = LayerBackward.MaxPool2d(h, 2);   // [N, 3, 8, 8]
            kept[4] = h.detach(); h = Conv3.call(h);   // [N, 4, 4, 4]
            h = F.avg_pool2d(h, 2);   // [N, 4, 2, 2]
            h = h.flatten(1);   // [N, 16]
            kept[5] = h.detach(); h = F.linear(h, Linear1.weight, Linear1.bias);   // [N, 5]
            return h;
        }

        public void Backward(Tensor[] kept, Tensor gradients, Trunks.TaskBackward.LayerGradients sink)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using System.IDisposable frozen = torch.no_grad();
            Tensor g = gradients.alias();   // [T, N, 5]
            sink.Linear(kept[5], g, Linear1.weight, Linear1.bias);   // Linear1
            if (sink.IsComplete)
            {
                return;
            }

            g = LayerBackward.Linear(g, Linear1.weight);   // [T, N, 16]
            g = LayerBackward.Flatten(g, 4, 2, 2);   // [T, N, 4, 2, 2]
            g = LayerBackward.AvgPool2d(g, 2, 4, 4);   // [T, N, 4, 4, 4]
            sink.Convolution(kept[4], g, Conv3.weight, Conv3.bias, stride: 2, padding: 0);   // Conv3
            if (sink.IsComplete)
            {
                return;
            }

            g = LayerBackward.Conv2d(g, Conv3.weight, 8, 8, 2, 0);   // [T, N, 3, 8, 8]
            g = LayerBackward.MaxPool2d(g, kept[3], 16, 16);   // [T, N, 3, 16, 16]
            sink.Convolution(kept[2], g, Conv2.weight, Conv2.bias, stride: 1, padding: 1);   // Conv2
            if (sink.IsComplete)
            {
                return;
            }

            g = LayerBackward.Conv2d(g, Conv2.weight, 16, 16, 1, 1);   // [T, N, 3, 16, 16]
            g = LayerBackward.ReLU(g, kept[1]);   // [T, N, 3, 16, 16]
            sink.Convolution(kept[0], LayerBackward.Positions(g), Conv1.weight, Conv1.bias);   // Conv1
        }
        """);

    /// <summary>Layers before the first one with parameters keep nothing for the backward pass. Layers after the last one with parameters
    /// come first in it.</summary>
    [Fact]
    public void OfLayersAroundASingleOneWithParameters() => Match("[Input(2, 6, 6), MaxPool2d(2), Tanh, Flatten, Linear(5), ReLU]", """
        public Tensor Features(Tensor prepared, out Tensor[] kept)
        {
            kept = new Tensor[2];
            Tensor h = prepared;
            h = F.max_pool2d(h, 2);   // [N, 2, 3, 3]
            h = h.tanh();   // [N, 2, 3, 3]
            h = h.flatten(1);   // [N, 18]
            kept[0] = h.detach(); h = F.linear(h, Linear1.weight, Linear1.bias);   // [N, 5]
            h = F.relu(h); kept[1] = h.detach();   // [N, 5]
            return h;
        }

        public void Backward(Tensor[] kept, Tensor gradients, Trunks.TaskBackward.LayerGradients sink)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using System.IDisposable frozen = torch.no_grad();
            Tensor g = gradients.alias();   // [T, N, 5]
            g = LayerBackward.ReLU(g, kept[1]);   // [T, N, 5]
            sink.Linear(kept[0], g, Linear1.weight, Linear1.bias);   // Linear1
        }
        """);

    /// <summary>No batched backward pass is generated for trunks whose layers do not have one, or that have no parameters at
    /// all.</summary>
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

    /// <summary>Without a weighting that looks at gradients, no backward pass is generated.</summary>
    [Fact]
    public void NoneIsWrittenThatNobodyNeeds() => Assert.False(File(Run("[Input(4), Linear(8)]")).TaskGradients);

    private static GeneratorRun Run(string layers)
    {
        var run = GeneratorRun.Of(Declaration.Of(trunks: $"{layers} public partial class Net;"));
        GeneratorRun.AssertNone(run.Problems);
        return run;
    }

    private static TrunkFile File(GeneratorRun run) => run.Step(TrackingNames.Trunks).Select(step => (TrunkFile)step.Value).Single();

    private static void Match(string layers, string members)
    {
        var run = Run(layers);
        var text = TrunkWriter.Write(File(run) with { TaskGradients = true });
        var old = run.Output.SyntaxTrees.Single(tree => Path.GetFileName(tree.FilePath) == Hint);
        var output = run.Output.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, References.Parse, old.FilePath));
        GeneratorRun.AssertNone([.. output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)]);
        Assert.Contains(output.GetTypeByMetadataName("Lab.Study+Net")!.AllInterfaces, i => i.Name == "ITaskBackward");
        Members.AssertHas([text], "Net", members);
    }
}
