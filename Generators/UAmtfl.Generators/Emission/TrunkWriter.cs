using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the file of a trunk: a module of its layers, with the shape after each layer.</summary>
internal static class TrunkWriter
{
    internal const string Dtype = "global::TorchSharp.torch.ScalarType dtype, global::TorchSharp.torch.Device device";

    public static string Write(TrunkFile file)
    {
        var batched = file.TaskGradients && file.Trunk.BatchesTaskGradients;
        return CodeWriter.File(
            file.Experiment.Class,
            Comment(file.Trunk),
            writer => WriteClass(writer, file, batched),
            batched ? [TaskBackwardWriter.Alias] : []);
    }

    private static void WriteClass(CodeWriter writer, TrunkFile file, bool batched)
    {
        var (trunk, name) = (file.Trunk, ExperimentWriter.Escape(file.Trunk.Name));
        var backward = batched ? $", {TaskBackwardWriter.Interface}" : "";
        var layered = trunk.HandWritten is null ? $", {LayerOutputsWriter.Interface}" : "";
        writer.Block($"partial class {name} : global::TorchSharp.torch.nn.Module<Tensor, Tensor>{layered}{backward}", () =>
        {
            if (trunk.HandWritten is null)
            {
                WriteLayers(writer, trunk, name);
                writer.Line();
                LayerOutputsWriter.Write(writer, trunk);
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

            if (file.Stacked)
            {
                writer.Line();
                StackWriter.Write(writer, trunk, PieceForm.Stack);
            }

            foreach (var group in trunk.Heads.Where(_ => file.HeadForms.Count > 0))
            {
                var of = group.Tasks.Count == 0 ? "the heads" : $"the heads of {group.Words(file.Experiment.Tasks)}";
                writer.Line();
                writer.Doc($"The layers of {of}: {Shape([trunk.Features])} → {Shape([group.Features])}.");
                writer.Block($"public static class {group.Name}", () =>
                {
                    LayerOutputsWriter.Write(writer, trunk.Of(group));
                    writer.Line();
                    StackWriter.WriteAll(writer, trunk.Of(group), [.. file.HeadForms.Select(use => use.Form)]);
                });
            }

            foreach (var uses in file.Pieces.GroupBy(p => p.Piece))
            {
                writer.Line();
                WritePiece(writer, trunk, uses.Key, [.. uses.Select(u => u.Form)]);
            }

            foreach (var (stretch, forms) in ResidualForms(file))
            {
                writer.Line();
                var layers = stretch.Layers();
                WritePart(writer, layers, $"The residual stretch of {Shape(layers.Output)}, without the sum.", forms);
            }
        });
    }

    /// <summary>Returns the residual stretches, each with the forms in which it stands in a trunk, in copies and in heads.</summary>
    private static IEnumerable<(ResidualStretch Stretch, IReadOnlyList<PieceForm> Forms)> ResidualForms(TrunkFile file)
    {
        var copied = file.Stacked || file.Pieces.Any(p => p.Form is PieceForm.Stack or PieceForm.OwnStack);
        List<PieceForm> forms =
        [
            PieceForm.Single, .. copied ? [PieceForm.OwnStack] : Array.Empty<PieceForm>(),
            .. file.Pieces.Any(p => p.Form == PieceForm.AdaptedStack) ? [PieceForm.OwnAdaptedStack] : Array.Empty<PieceForm>(),
        ];
        return file.Trunk.Layers.OfType<ResidualStretch>().Select(s => (s, (IReadOnlyList<PieceForm>)forms))
            .Concat(file.Trunk.Heads.SelectMany(g => g.Layers).OfType<ResidualStretch>()
                .Select(s => (s, (IReadOnlyList<PieceForm>)[PieceForm.OwnStack])));
    }

    /// <summary>Writes the class of consecutive layers that an architecture uses on their own, with the forms that are needed.</summary>
    private static void WritePiece(CodeWriter writer, TrunkModel whole, Piece piece, IReadOnlyList<PieceForm> forms)
    {
        var trunk = whole.Of(piece);
        WritePart(
            writer, trunk, $"The layers {piece.From + 1} to {piece.To}: {Shape(trunk.Input)} → {Shape(trunk.Output)}.", forms);
    }

    /// <summary>Writes the class of layers that are part of a trunk, with the forms that are needed.</summary>
    private static void WritePart(CodeWriter writer, TrunkModel part, string summary, IReadOnlyList<PieceForm> forms)
    {
        writer.Doc(summary);
        var single = forms.Contains(PieceForm.Single);
        writer.Block(
            single
                ? $"public sealed class {part.Name} : global::TorchSharp.torch.nn.Module<Tensor, Tensor>, "
                    + LayerOutputsWriter.Interface
                : $"public static class {part.Name}",
            () =>
            {
                if (single)
                {
                    WriteLayers(writer, part, part.Name);
                    writer.Line();
                }

                LayerOutputsWriter.Write(writer, part);
                if (forms.Any(f => f != PieceForm.Single))
                {
                    writer.Line();
                }

                StackWriter.WriteAll(writer, part, [.. forms.Where(f => f != PieceForm.Single)]);
            });
    }

    private static IEnumerable<string> Comment(TrunkModel trunk)
    {
        yield return $"{trunk.Name}: {Batch(trunk.Input)} → [N, {trunk.Features}]";
    }

    private static void WriteLayers(CodeWriter writer, TrunkModel trunk, string name)
    {
        var layers = PlacedLayer.Of(trunk);
        writer.Doc("Draws the initial weights from the current random state.");
        writer.Block($"public {name}({Dtype}) : base(\"{trunk.Name}\")", () =>
        {
            foreach (var layer in layers)
            {
                WriteModule(writer, layer);
            }
        });
        foreach (var (layer, module, _) in layers)
        {
            if (layer.Module is { } code)
            {
                writer.Line().Line($"public {code.Type} {module} {{ get; }}   // {Shape(layer.Input)} → {Shape(layer.Output)}");
            }
        }

        WriteNames(writer);
        if (!trunk.Raw)
        {
            writer.Line();
            WritePrepare(writer, trunk);
        }

        var input = trunk.Raw ? "input" : "prepared";
        writer.Line().Doc($"{Output(trunk, Shape)} from {(trunk.Raw ? Shape(trunk.Input) : "what Prepare gives")}.");
        writer.Block($"public Tensor Features(Tensor {input})", () =>
        {
            if (layers.Count == 0)
            {
                writer.Line("return prepared;   // the inputs themselves: heads on them are linear models");
                return;
            }

            writer.Line($"Tensor h = {input};");
            writer.Aligned([.. layers.Select(l => (l.Apply, Shape(l.Layer.Output)))]);
            writer.Line("return h;");
        });
        WriteForwardMethod(writer, trunk);
        WriteExport(writer, trunk, layers.Select(l => l.Layer.Export(l.Module)));
        LayerOutputsWriter.WriteMember(writer);
    }

    internal static void WriteForwardMethod(CodeWriter writer, TrunkModel trunk) => writer.Line().Line("/// <inheritdoc/>")
        .Line($"public override Tensor forward(Tensor input) => Features({(trunk.Raw ? "input" : "Prepare(input)")});");

    /// <summary>Returns the output with its shape; the features of a whole trunk are Z.</summary>
    internal static string Output(TrunkModel trunk, Func<IReadOnlyList<int>, string> shape) =>
        trunk.Features > 0 ? $"Z {shape([trunk.Features])}" : shape(trunk.Output);

    /// <summary>Writes the method that adds layers to the graph of an exported model.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="trunk">The trunk, or a piece of it.</param>
    /// <param name="layers">The expressions that add the layers; null for one that changes nothing.</param>
    internal static void WriteExport(CodeWriter writer, TrunkModel trunk, IEnumerable<string?> layers)
    {
        writer.Line().Doc(trunk.Features > 0
            ? "Adds the layers to the graph of an exported model, from raw inputs h, and returns the name of Z."
            : "Adds the layers to the graph of an exported model, from h, and returns the name of their output.");
        writer.Block("public string Export(global::UAmtfl.Onnx.OnnxGraph graph, string h)", () =>
        {
            foreach (var layer in layers.OfType<string>())
            {
                writer.Line($"h = {layer};");
            }

            writer.Line("return h;");
        });
    }

    /// <summary>TorchSharp looks through the fields of a module when another registers it, and would register each layer again, under the
    /// name of its property's field.</summary>
    private static void WriteNames(CodeWriter writer) =>
        writer.Line().Doc("Does nothing, because the constructor registers each layer by its name.")
            .Line("protected override void RegisterComponents() { }");

    private static void WriteModule(CodeWriter writer, PlacedLayer placed)
    {
        if (placed.Layer.Module is not { } code)
        {
            return;
        }

        var module = placed.Module;
        writer.Line($"{module} = {code.New};");
        writer.Line(Register(placed));
        if (code.Start is { } start)
        {
            writer.Line($"global::UAmtfl.Trunks.Parameters.{start}({module}.weight, {module}.bias);");
        }

        if (code.ChannelsLast && !placed.IsPrepared)
        {
            writer.Line($"global::UAmtfl.Trunks.Layout.ChannelsLast({module}.weight);");
        }
    }

    /// <summary>Returns the statement that registers the module of a layer.</summary>
    internal static string Register(PlacedLayer placed) => placed.Path.Contains('.')
        ? $"global::UAmtfl.Trunks.Submodules.Register(this, \"{placed.Path}\", {placed.Module});"
        : $"register_module(\"{placed.Path}\", {placed.Module});";

    private static void WritePrepare(CodeWriter writer, TrunkModel trunk)
    {
        if (trunk.Prepared is not { } prepared)
        {
            writer.Doc(trunk.Input.Count == 2
                ? "Nothing of this network can be computed once for all epochs: the sequences, held as images of one row."
                : "Nothing of this network can be computed once for all epochs: the inputs themselves.");
            writer.Line($"public static Tensor Prepare(Tensor inputs) => {Held(trunk)};");
            return;
        }

        writer.Doc(
            $"{prepared.Summary}, which is done once for a whole data set: {Batch(trunk.Input)} → {Batch(prepared.Shape)}.");
        writer.Line($"public static Tensor Prepare(Tensor inputs) => {prepared.Prepare};");
    }

    private static void WriteHandWritten(CodeWriter writer, TrunkModel trunk, string name)
    {
        writer.Doc("Draws the initial weights from the current random state.");
        writer.Block($"public {name}({Dtype}) : base(\"{trunk.Name}\")", () => writer
            .Line($"Module = global::UAmtfl.Trunks.Layout.Placed(new {trunk.HandWritten}(), dtype, device);")
            .Line("register_module(\"Module\", Module);"));
        writer.Line()
            .Line($"public {trunk.HandWritten} Module {{ get; }}   // {Batch(trunk.Input)} → [N, {trunk.Features}]");
        WriteNames(writer);
        writer.Line().Doc("What a hand-written module does first is its own affair: the inputs themselves.");
        writer.Line("public static Tensor Prepare(Tensor inputs) => inputs;");
        writer.Line().Doc($"Z [N, {trunk.Features}].");
        writer.Line(
            $"public Tensor Features(Tensor prepared) => global::UAmtfl.Trunks.HandWritten.Features(Module, prepared, {trunk.Features}, "
                + $"\"{trunk.Name}\");");
        writer.Line().Line("/// <inheritdoc/>").Line("public override Tensor forward(Tensor input) => Features(input);");
    }

    /// <summary>Returns the expression for <c>inputs</c> as the layers of a trunk take them.</summary>
    public static string Held(TrunkModel trunk) =>
        trunk.Input.Count == 2 && trunk.HandWritten is null ? "global::UAmtfl.Trunks.Sequences.Rows(inputs)" : "inputs";

    /// <summary>Returns the shape of a batch inside a network as text: <c>[N, 20, 24, 24]</c>.</summary>
    public static string Shape(IReadOnlyList<int> shape) => Batch(LayerShape.Held(shape));

    /// <summary>Returns the shape of a batch of inputs as text.</summary>
    private static string Batch(IReadOnlyList<int> shape) => $"[N, {string.Join(", ", shape)}]";
}
