using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the classes of copies of layers side by side, which compute each layer of all copies at once.</summary>
internal static class StackWriter
{
    /// <summary>Writes the classes of several forms of the same layers.</summary>
    public static void WriteAll(CodeWriter writer, TrunkModel trunk, IReadOnlyList<PieceForm> forms)
    {
        foreach (var form in forms)
        {
            if (form != forms[0])
            {
                writer.Line();
            }

            Write(writer, trunk, form);
        }
    }

    /// <summary>Writes the class of C copies of the trunk side by side, which computes each layer of all copies at once.</summary>
    public static void Write(CodeWriter writer, TrunkModel trunk, PieceForm form)
    {
        var layers = PlacedLayer.Of(trunk);
        var own = form is PieceForm.OwnStack or PieceForm.OwnAdaptedStack;
        var adapted = form is PieceForm.AdaptedStack or PieceForm.OwnAdaptedStack;
        writer.Doc(adapted
            ? "These layers for C tasks, whose weights change for each: each layer is one batched product for all of them."
            : $"Copies {(trunk.Features > 0 ? "of this trunk" : "of these layers")} side by side that share nothing"
                + $"{(own ? ", each with an input of its own" : "")}: each layer is one batched product for all of them.");
        var around = adapted ? "AdaptedTrunk" : "Stack";
        writer.Block($"public sealed class {form} : global::UAmtfl.Trunks.{around}, {LayerOutputsWriter.Interface}", () =>
        {
            writer.Doc("Draws the initial weights from the current random state.");
            writer.Block($"public {form}(int copies, {TrunkWriter.Dtype}) : base(\"{trunk.Name}\", copies)", () =>
            {
                foreach (var placed in layers)
                {
                    var (layer, module, _) = placed;
                    if ((adapted ? layer.Adapted : layer.Stacked) is { } code)
                    {
                        writer.Line($"{module} = {code.New};").Line(TrunkWriter.Register(placed));
                    }
                }
            });
            foreach (var (layer, module, _) in layers)
            {
                if ((adapted ? layer.Adapted : layer.Stacked) is { } code)
                {
                    var shapes = $"{TrunkWriter.Shape(layer.Input)} → {TrunkWriter.Shape(layer.Output)}";
                    writer.Line().Line($"public {code.Type} {module} {{ get; }}   // each {shapes}");
                }
            }

            var input = trunk.Raw ? "input" : "prepared";
            var from = !trunk.Raw ? "what Prepare gives" : own ? StackShape(trunk.Input, shared: false) : TrunkWriter.Shape(trunk.Input);
            writer.Line().Doc(
                $"{TrunkWriter.Output(trunk, s => StackShape(s, shared: false))} from {from}, where C is the number of copies.");
            writer.Block($"public Tensor Features(Tensor {input})", () => writer
                .Line($"Tensor h = {input};")
                .Aligned([.. StackStatements(layers, own)])
                .Line("return h;"));
            TrunkWriter.WriteForwardMethod(writer, trunk);
            TrunkWriter.WriteExport(
                writer, trunk, OfCopies(layers, own).Select(l => l.Placed.Layer.ExportStacked(l.Placed.Module, l.Shared)));
            LayerOutputsWriter.WriteMember(writer);
        });
    }

    /// <summary>Returns the statements that apply the layers of C copies, each with the shape of its result.</summary>
    private static IEnumerable<(string Code, string Shape)> StackStatements(IEnumerable<PlacedLayer> layers, bool own) =>
        OfCopies(layers, own).Select(l => (
            l.Placed.ApplyStacked(l.Shared), StackShape(l.Placed.Layer.Output, l.Shared && !l.Placed.Layer.Kind.HasParameters)));

    /// <summary>Returns the layers of C copies, each with whether its input is the same for all copies, as it is up to the first layer
    /// with parameters.</summary>
    private static IEnumerable<(PlacedLayer Placed, bool Shared)> OfCopies(IEnumerable<PlacedLayer> layers, bool own)
    {
        var shared = !own;
        foreach (var placed in layers)
        {
            yield return (placed, shared);
            shared &= !placed.Layer.Kind.HasParameters;
        }
    }

    private static string StackShape(IReadOnlyList<int> shape, bool shared) => shared ? TrunkWriter.Shape(shape)
        : shape.Count == 1 ? $"[C, N, {shape[0]}]" : $"[N, C·{string.Join(", ", LayerShape.Held(shape))}]";
}
