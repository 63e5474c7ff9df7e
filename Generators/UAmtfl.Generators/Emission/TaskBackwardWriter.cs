using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the backward pass of a trunk for the gradients of all tasks at once, and the forward pass that keeps the tensors which
/// it needs.</summary>
internal static class TaskBackwardWriter
{
    public const string Interface = "global::UAmtfl.Trunks.TaskBackward.ITaskBackward";

    public static readonly (string Name, string Target) Alias = ("LayerBackward", "global::UAmtfl.Trunks.TaskBackward.LayerBackward");

    public static void Write(CodeWriter writer, TrunkModel trunk)
    {
        var layers = Read(trunk, out var count);
        writer.Doc($"Z [N, {trunk.Features}], number for number that of Features above, and what Backward needs.");
        writer.Block("public Tensor Features(Tensor prepared, out Tensor[] kept)", () =>
        {
            writer.Line($"kept = new Tensor[{count}];").Line("Tensor h = prepared;");
            writer.Aligned([.. layers.Select(l => (l.Code.Forward, TrunkWriter.Shape(l.At.Layer.Output)))]);
            writer.Line("return h;");
        });
        writer.Line()
            .Doc($"The gradients of each layer's parameters for T tasks at once, from those with respect to Z [T, N, {trunk.Features}].");
        writer.Block("public void Backward(Tensor[] kept, Tensor gradients, global::UAmtfl.Trunks.TaskBackward.LayerGradients sink)", () =>
        {
            writer.Line("using global::TorchSharp.DisposeScope scope = global::TorchSharp.torch.NewDisposeScope();")
                .Line("using global::System.IDisposable frozen = global::TorchSharp.torch.no_grad();");
            WriteBackward(writer, trunk, layers);
        });
    }

    /// <summary>Writes the backward pass from the last layer to the first one with parameters, because no gradients are needed before
    /// that.</summary>
    private static void WriteBackward(CodeWriter writer, TrunkModel trunk, List<(PlacedLayer At, TaskBackwardCode Code)> layers)
    {
        var lines = new List<(string Code, string Comment)> { ("Tensor g = gradients.alias();", Shape([trunk.Features])) };
        var first = layers.FindIndex(l => l.Code.Gradients is not null);
        for (var i = layers.Count - 1; i >= first; i--)
        {
            var (at, code) = layers[i];
            if (code.Gradients is { } gradients)
            {
                lines.Add((gradients, at.Module));
            }

            if (code.Gradients is not null && i > first)
            {
                writer.Aligned(lines);
                lines.Clear();
                writer.Block("if (sink.IsComplete)", () => writer.Line("return;"));
                writer.Line();
            }

            if (code.Back is { } back && i > first)
            {
                lines.Add((back, Shape(at.Layer.Input)));
            }
        }

        writer.Aligned(lines);
    }

    /// <summary>Returns the code of each layer. The layers before the first one with parameters keep no tensors.</summary>
    private static List<(PlacedLayer At, TaskBackwardCode Code)> Read(TrunkModel trunk, out int count)
    {
        var layers = new List<(PlacedLayer, TaskBackwardCode)>();
        var (kept, began) = (0, false);
        foreach (var at in PlacedLayer.Of(trunk))
        {
            began |= at.Layer.Kind.HasParameters;
            var code = at.Layer.TaskBackward(new(at.Module, at.Apply, $"kept[{kept}]", at.IsPrepared))!;
            code = began ? code : code with { Forward = at.Apply };
            kept += code.Forward == at.Apply ? 0 : 1;
            layers.Add((at, code));
        }

        count = kept;
        return layers;
    }

    private static string Shape(IReadOnlyList<int> shape) => $"[T, N, {string.Join(", ", LayerShape.Held(shape))}]";
}
