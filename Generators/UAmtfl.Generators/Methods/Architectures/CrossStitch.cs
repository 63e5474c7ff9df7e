using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which networks side by side mix their activations after each stretch.</summary>
internal sealed class CrossStitch() : StretchedMethod("UAmtfl.CrossStitchAttribute")
{
    private const string Rate = "StitchRate";

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => new CrossStitchModel(
        Kind, Kind,
        new[] { Hyper(attribute, "LearningRateScale", "The learning rate of α in units of the network's.", Rate) }.ToEquatableArray(),
        attribute.Number("Self"), attribute.Number("Cross"), attribute.Flag("PerChannel", false));

    public override string Legend(VariantFile file) => "one trunk a task, stitched";

    public override IReadOnlyList<PieceUse> Pieces(TrunkModel trunk) =>
        WithCommon(trunk, trunk.Stretches.Select((s, i) => new PieceUse(s, Form(i))));

    public override IReadOnlyList<PartCode> Parts(VariantFile file)
    {
        var (model, tasks) = ((CrossStitchModel)file.Variant.Architecture!, file.Tasks.Count);
        var parts = new List<PartCode>();
        if (Common(file) is { } common)
        {
            parts.Add(common);
        }

        foreach (var (stretch, i) in file.Trunk.Stretches.Select((s, i) => (s, i)))
        {
            var output = file.Trunk.Of(stretch).Output;
            var (channels, own) = (model.PerChannel ? output[0] : 0, model.PerChannel ? $", {output[0]}" : "");
            const string type = "global::UAmtfl.Trunks.CrossStitchUnit";
            parts.Add(Copies(file, $"Trunks{i + 1}", stretch, Form(i), tasks, Owners.AllTasks, "one a task"));
            parts.Add(
                new(
                    $"Stitch{i + 1}", type,
                    $"new {type}({tasks}, {channels}, {Emission.ExperimentWriter.Number(model.Self)}, "
                        + $"{Emission.ExperimentWriter.Number(model.Cross)}, dtype, device)",
                    $"α [{tasks}, {tasks}{own}], what task t takes from task s", Owners.AllTasks)
                {
                    LearningRateScale = $"hyper.{Rate}",
                });
        }

        return parts;
    }

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file)
    {
        var (stretches, tasks) = (file.Trunk.Stretches, file.Tasks.Count);
        var statements = new List<(string, string)>
        {
            (
                $"Tensor h = {(file.Trunk.Common == 0 ? "prepared" : "Trunk.Features(prepared)")};",
                file.Trunk.Common == 0 ? "" : Text(file.Trunk.Of(CommonPiece(file.Trunk)).Output, 0)),
        };
        for (var i = 0; i < stretches.Count; i++)
        {
            var shape = Text(file.Trunk.Of(stretches[i]).Output, tasks);
            statements.Add(($"h = Trunks{i + 1}.Features(h);", shape));
            statements.Add(
                i + 1 < stretches.Count
                    ? ($"h = Stitch{i + 1}.call(h);", "x̃_t = Σ_s α_ts x_s")
                    : ($"Tensor features = Stitch{i + 1}.call(h);", $"Z  {shape}"));
        }

        return statements;
    }

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file)
    {
        var statements = new List<string> { $"string h = {(file.Trunk.Common == 0 ? "inputs" : "Trunk.Export(graph, inputs)")};" };
        foreach (var (stretch, i) in file.Trunk.Stretches.Select((s, i) => (s, i)))
        {
            statements.Add($"h = Trunks{i + 1}.Export(graph, h);");
            statements.Add($"h = Stitch{i + 1}.Export(graph, h, {Arguments(file.Trunk.Of(stretch).Output)});");
        }

        return (statements, "h");
    }

    private static PieceForm Form(int stretch) => stretch == 0 ? PieceForm.Stack : PieceForm.OwnStack;
}

/// <summary>The model of <c>[CrossStitch]</c>.</summary>
internal sealed record CrossStitchModel(
    string Kind, string Label, EquatableArray<HyperModel> Hypers, double Self, double Cross, bool PerChannel)
    : MethodModel(Kind, Label, Hypers);
