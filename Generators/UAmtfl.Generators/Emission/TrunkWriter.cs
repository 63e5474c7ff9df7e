using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the file of a trunk: its layers as a module, with the shape after each.</summary>
internal static class TrunkWriter
{
    private const string Dtype = "global::TorchSharp.torch.ScalarType dtype, global::TorchSharp.torch.Device device";

    public static string Write(TrunkFile file) => CodeWriter.File(file.Experiment.Class, Comment(file.Trunk), writer =>
    {
        var (trunk, name) = (file.Trunk, ExperimentWriter.Escape(file.Trunk.Name));
        writer.Block($"partial class {name} : global::TorchSharp.torch.nn.Module<Tensor, Tensor>", () =>
        {
            if (trunk.HandWritten is null)
            {
                WriteLayers(writer, trunk, name);
            }
            else
            {
                WriteHandWritten(writer, trunk, name);
            }
        });
    });

    private static IEnumerable<string> Comment(TrunkModel trunk)
    {
        yield return $"{trunk.Name}: [N, {string.Join(", ", trunk.Input)}] → [N, {trunk.Features}]";
    }

    private static void WriteLayers(CodeWriter writer, TrunkModel trunk, string name)
    {
        var modules = Modules(trunk);
        writer.Doc("Draws the initial weights from the current random state.");
        writer.Block($"public {name}({Dtype}) : base(\"{trunk.Name}\")", () =>
        {
            foreach (var (layer, property, (_, create)) in modules.Where(m => m.Module is not null).Select(m => (m.Layer, m.Name, m.Module!.Value)))
            {
                writer.Line($"{property} = {create};");
                writer.Line($"register_module(\"{property}\", {property});");
                if (LayerCatalogue.Of(layer).Start is { } start)
                {
                    writer.Line($"global::UAmtfl.Trunks.Parameters.{start}({property}.weight, {property}.bias);");
                }

                if (LayerCatalogue.Of(layer).ChannelsLast && !(trunk.CutsPatches && layer == trunk.Layers[0]))
                {
                    writer.Line($"global::UAmtfl.Trunks.Layout.ChannelsLast({property}.weight);");
                }
            }
        });
        foreach (var (layer, property, module) in modules.Where(m => m.Module is not null))
        {
            writer.Line().Line($"public {module!.Value.Type} {property} {{ get; }}   // {Shape(layer.Input)} → {Shape(layer.Output)}");
        }

        writer.Line();
        WritePrepare(writer, trunk);
        writer.Line().Doc($"Z [N, {trunk.Features}] from what Prepare gives.");
        writer.Block("public Tensor Features(Tensor prepared)", () =>
        {
            writer.Line("var h = prepared;");
            writer.Aligned([.. modules.Select((m, i) => (i == 0 && trunk.CutsPatches ? FirstConvolution(m.Layer, m.Name) : $"h = {LayerCatalogue.Of(m.Layer).Apply(m.Layer, m.Name)};", Shape(m.Layer.Output)))]);
            writer.Line("return h;");
        });
        writer.Line().Line("/// <inheritdoc/>").Line("public override Tensor forward(Tensor input) => Features(Prepare(input));");
    }

    private static void WritePrepare(CodeWriter writer, TrunkModel trunk)
    {
        if (!trunk.CutsPatches)
        {
            writer.Doc("Nothing of this network can be computed once for all epochs: the inputs themselves.");
            writer.Line("public static Tensor Prepare(Tensor inputs) => inputs;");
            return;
        }

        var (layer, arguments) = (trunk.Layers[0], trunk.Layers[0].Arguments);
        var positions = layer.Output[1] * layer.Output[2];
        var size = layer.Input[0] * (int)arguments[0] * (int)arguments[0];
        writer.Doc($"Cuts the patches that the first convolution multiplies, which is done once for a whole data set: {Shape(layer.Input)} → [N, {positions}, {size}].");
        writer.Line($"public static Tensor Prepare(Tensor inputs) => global::UAmtfl.Trunks.Patches.Cut(inputs, kernel: {arguments[0]}, stride: {arguments[1]}, padding: {arguments[2]});");
    }

    private static string FirstConvolution(LayerModel layer, string property) =>
        $"h = global::UAmtfl.Trunks.Patches.Convolve(h, {property}.weight, {property}.bias, {layer.Output[1]}, {layer.Output[2]});";

    private static void WriteHandWritten(CodeWriter writer, TrunkModel trunk, string name)
    {
        writer.Doc("Draws the initial weights from the current random state.");
        writer.Block($"public {name}({Dtype}) : base(\"{trunk.Name}\")", () => writer
            .Line($"Module = global::UAmtfl.Trunks.Layout.Placed(new {trunk.HandWritten}(), dtype, device);")
            .Line("register_module(\"Module\", Module);"));
        writer.Line().Line($"public {trunk.HandWritten} Module {{ get; }}   // [N, {string.Join(", ", trunk.Input)}] → [N, {trunk.Features}]");
        writer.Line().Doc("What a hand-written module does first is its own affair: the inputs themselves.");
        writer.Line("public static Tensor Prepare(Tensor inputs) => inputs;");
        writer.Line().Doc($"Z [N, {trunk.Features}].");
        writer.Line($"public Tensor Features(Tensor prepared) => global::UAmtfl.Trunks.Layout.Checked(Module.call(prepared), {trunk.Features}, \"{trunk.Name}\");");
        writer.Line().Line("/// <inheritdoc/>").Line("public override Tensor forward(Tensor input) => Features(input);");
    }

    /// <summary>Each layer with the property of its module: Conv1, Conv2, Linear1.</summary>
    private static List<(LayerModel Layer, string Name, (string Type, string New)? Module)> Modules(TrunkModel trunk)
    {
        var counts = new Dictionary<string, int>();
        return [.. trunk.Layers.Select(layer =>
        {
            counts[layer.Kind] = counts.TryGetValue(layer.Kind, out var n) ? n + 1 : 1;
            return (layer, $"{layer.Kind.Replace("2d", "")}{counts[layer.Kind]}", LayerCatalogue.Of(layer).Module(layer));
        })];
    }

    private static string Shape(IEnumerable<int> shape) => $"[N, {string.Join(", ", shape)}]";
}
