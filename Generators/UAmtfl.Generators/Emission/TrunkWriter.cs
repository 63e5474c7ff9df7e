using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the file of a trunk: its layers as a module, with the shape after each.</summary>
internal static class TrunkWriter
{
    private const string Dtype = "global::TorchSharp.torch.ScalarType dtype, global::TorchSharp.torch.Device device";

    public static string Write(TrunkFile file)
    {
        var batched = file.TaskGradients && file.Trunk.BatchesTaskGradients;
        return CodeWriter.File(file.Experiment.Class, Comment(file.Trunk), writer => WriteClass(writer, file, batched), batched ? [TaskBackwardWriter.Alias] : []);
    }

    private static void WriteClass(CodeWriter writer, TrunkFile file, bool batched)
    {
        var (trunk, name) = (file.Trunk, ExperimentWriter.Escape(file.Trunk.Name));
        writer.Block($"partial class {name} : global::TorchSharp.torch.nn.Module<Tensor, Tensor>{(batched ? $", {TaskBackwardWriter.Interface}" : "")}", () =>
        {
            if (trunk.HandWritten is null)
            {
                WriteLayers(writer, trunk, name);
            }
            else
            {
                WriteHandWritten(writer, trunk, name);
            }

            if (batched)
            {
                writer.Line();
                TaskBackwardWriter.Write(writer, trunk);
            }

            if (file.PerTask)
            {
                writer.Line();
                WritePerTask(writer, trunk);
            }
        });
    }

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

                if (LayerCatalogue.Of(layer).ChannelsLast && !IsCut(trunk, layer) && layer.Input[0] > 1)
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
            if (modules.Count == 0)
            {
                writer.Line("return prepared;   // the inputs themselves: heads on them are linear models");
                return;
            }

            writer.Line("Tensor h = prepared;");
            writer.Aligned([.. modules.Select(m => (Apply(trunk, m.Layer, m.Name), Shape(m.Layer.Output)))]);
            writer.Line("return h;");
        });
        writer.Line().Line("/// <inheritdoc/>").Line("public override Tensor forward(Tensor input) => Features(Prepare(input));");
    }

    /// <summary>T networks of this kind side by side: one product a layer.</summary>
    private static void WritePerTask(CodeWriter writer, TrunkModel trunk)
    {
        var modules = Modules(trunk);
        writer.Doc("Networks of this kind, one a task, that share nothing: each layer is one batched product for all of them.");
        writer.Block("public sealed class PerTask : global::TorchSharp.torch.nn.Module<Tensor, Tensor>", () =>
        {
            writer.Line("private readonly int tasks;").Line();
            writer.Doc("Draws the initial weights from the current random state.");
            writer.Block($"public PerTask(int tasks, {Dtype}) : base(\"{trunk.Name}\")", () =>
            {
                writer.Line("this.tasks = tasks;");
                foreach (var (layer, property, _) in modules)
                {
                    if (LayerCatalogue.Of(layer).PerTask(layer) is { } module)
                    {
                        writer.Line($"{property} = {module.New};").Line($"register_module(\"{property}\", {property});");
                    }
                }
            });
            foreach (var (layer, property, _) in modules)
            {
                if (LayerCatalogue.Of(layer).PerTask(layer) is { } module)
                {
                    writer.Line().Line($"public {module.Type} {property} {{ get; }}   // each {Shape(layer.Input)} → {Shape(layer.Output)}");
                }
            }

            writer.Line().Doc($"Z [T, N, {trunk.Features}] from what Prepare gives.");
            writer.Block("public Tensor Features(Tensor prepared)", () =>
            {
                var shared = true;
                var lines = new List<(string, string)>();
                foreach (var (layer, property, _) in modules)
                {
                    var code = LayerCatalogue.Of(layer);
                    var first = lines.Count == 0 && trunk.CutsPatches;
                    lines.Add((first ? $"h = {property}.FirstOfPatches(h, {layer.Output[1]}, {layer.Output[2]});" : $"h = {code.ApplyPerTask(layer, property, shared)};", ""));
                    shared &= !code.HasParameters;
                    lines[lines.Count - 1] = (lines[lines.Count - 1].Item1, PerTaskShape(layer.Output, shared));
                }

                writer.Line("Tensor h = prepared;");
                writer.Aligned(lines);
                writer.Line("return h;");
            });
            writer.Line().Line("/// <inheritdoc/>").Line("public override Tensor forward(Tensor input) => Features(Prepare(input));");
        });
    }

    private static string PerTaskShape(IReadOnlyList<int> shape, bool shared) => shared ? Shape(shape)
        : shape.Count == 1 ? $"[T, N, {shape[0]}]" : $"[N, T·{shape[0]}, {shape[1]}, {shape[2]}]";

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

    /// <summary>True if the layer is the convolution whose patches are cut; a later one may have equal numbers.</summary>
    public static bool IsCut(TrunkModel trunk, LayerModel layer) => trunk.CutsPatches && ReferenceEquals(layer, trunk.Layers[0]);

    /// <summary>The statement that applies a layer to <c>h</c>.</summary>
    public static string Apply(TrunkModel trunk, LayerModel layer, string property) => IsCut(trunk, layer)
        ? $"h = global::UAmtfl.Trunks.Patches.Convolve(h, {property}.weight, {property}.bias, {layer.Output[1]}, {layer.Output[2]});"
        : $"h = {LayerCatalogue.Of(layer).Apply(layer, property)};";

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
        writer.Line($"public Tensor Features(Tensor prepared) => global::UAmtfl.Trunks.HandWritten.Features(Module, prepared, {trunk.Features}, \"{trunk.Name}\");");
        writer.Line().Line("/// <inheritdoc/>").Line("public override Tensor forward(Tensor input) => Features(input);");
    }

    /// <summary>Each layer with the property of its module: Conv1, Conv2, Linear1.</summary>
    public static List<(LayerModel Layer, string Name, (string Type, string New)? Module)> Modules(TrunkModel trunk)
    {
        var counts = new Dictionary<string, int>();
        return [.. trunk.Layers.Select(layer =>
        {
            counts[layer.Kind] = counts.TryGetValue(layer.Kind, out var n) ? n + 1 : 1;
            return (layer, $"{layer.Kind.Replace("2d", "")}{counts[layer.Kind]}", LayerCatalogue.Of(layer).Module(layer));
        })];
    }

    public static string Shape(IEnumerable<int> shape) => $"[N, {string.Join(", ", shape)}]";
}
