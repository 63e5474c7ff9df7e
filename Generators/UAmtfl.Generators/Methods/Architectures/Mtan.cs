using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which all tasks share one trunk, and each task masks the output of each stretch.</summary>
internal sealed class Mtan() : StretchedMethod("UAmtfl.Methods.MtanAttribute")
{
    private const string Attended = "attended";

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) =>
        new MtanModel(Kind, Kind, [], attribute.Integer("Reduction"));

    public override string Legend(VariantFile file) => "the shared trunk under each task's masks";

    public override IEnumerable<(string Name, IReadOnlyList<int> Sizes)> Added(MethodModel model, TrunkModel trunk, int tasks) =>
        trunk.Stretches.Select((stretch, i) => trunk.Of(stretch).Output.FirstOrDefault()).Select((channels, i) =>
            ($"The masks of stretch {i + 1}", (IReadOnlyList<int>)[tasks, i == 0 ? 1 : 2, channels, Hidden((MtanModel)model, channels)]));

    public override IReadOnlyList<PieceUse> Pieces(MethodModel? model, TrunkModel trunk) =>
        WithCommon(trunk, trunk.Stretches.Select(s => new PieceUse(s, PieceForm.Single)));

    public override IReadOnlyList<PartCode> Parts(VariantFile file)
    {
        const string type = "global::UAmtfl.Trunks.AttentionUnit";
        var (model, tasks) = ((MtanModel)file.Variant.Architecture!, file.Tasks.Count);
        var parts = new List<PartCode>();
        if (Common(file) is { } common)
        {
            parts.Add(common);
        }

        foreach (var (stretch, i) in file.Trunk.Stretches.Select((s, i) => (s, i)))
        {
            var trunk = file.Trunk.Of(stretch);
            var (shapes, channels) = ($"{TrunkWriter.Shape(trunk.Input)} → {TrunkWriter.Shape(trunk.Output)}", trunk.Output[0]);
            var (hidden, carries) = (Hidden(model, channels), i > 0);
            parts.Add(Shared(file, $"Trunk{i + 1}", stretch, $"p, what all tasks share: {shapes}"));
            if (carries)
            {
                parts.Add(Shared(file, $"Carry{i + 1}", stretch, $"f, what takes the features of any task further: {shapes}"));
            }

            parts.Add(
                new(
                    $"Attention{i + 1}", type,
                    $"new {type}({tasks}, {channels}, {hidden}, carries: {(carries ? "true" : "false")}, dtype, device)",
                    $"g [{tasks}, {hidden}, {(carries ? 2 * channels : channels)}] and h [{tasks}, {channels}, {hidden}] of each task",
                    Owners.OneTask));
        }

        return parts;
    }

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file)
    {
        var (trunk, tasks) = (file.Trunk, file.Tasks.Count);
        var statements = new List<(string, string)>();
        if (trunk.Common > 0)
        {
            statements.Add(("Tensor p = Trunk.Features(prepared);", Text(trunk.Of(CommonPiece(trunk)).Output, 0)));
        }

        foreach (var (stretch, i) in trunk.Stretches.Select((s, i) => (s, i)))
        {
            var (n, output) = (i + 1, trunk.Of(stretch).Output);
            var input = i == 0 && trunk.Common == 0 ? "prepared" : "p";
            statements.Add(($"{(input == "p" ? "" : "Tensor ")}p = Trunk{n}.Features({input});", Text(output, 0)));
            statements.Add(i == 0
                ? ($"Tensor {Attended} = Attention{n}.Attend(p);", $"a_t = m_t ⊙ p  {Batch(output, tasks)}")
                : ($"{Attended} = Attention{n}.Attend(p, Carry{n}.Features({Attended}));", $"a_t = m_t ⊙ p  {Batch(output, tasks)}"));
        }

        statements.Add(($"Tensor features = {Attended}.unflatten(0, {tasks}, -1);", $"Z  {Text(trunk.Output, tasks)}"));
        return statements;
    }

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file)
    {
        var statements = new List<string>();
        if (file.Trunk.Common > 0)
        {
            statements.Add("string p = Trunk.Export(graph, inputs);");
        }

        foreach (var (stretch, i) in file.Trunk.Stretches.Select((s, i) => (s, i)))
        {
            var (n, shape) = (i + 1, Arguments(file.Trunk.Of(stretch).Output));
            var first = i == 0 && file.Trunk.Common == 0;
            statements.Add($"{(first ? "string " : "")}p = Trunk{n}.Export(graph, {(first ? "inputs" : "p")});");
            statements.Add(i == 0 ? $"string {Attended} = Attention{n}.Export(graph, p, null, {shape});"
                : $"{Attended} = Attention{n}.Export(graph, p, Carry{n}.Export(graph, {Attended}), {shape});");
        }

        var size = $"{file.Tasks.Count}, -1, {Arguments(file.Trunk.Output)}";
        return (statements, $"graph.Add(\"Reshape\", [{Attended}, graph.Integers({size})])");
    }

    private static PartCode Shared(VariantFile file, string name, Piece stretch, string words) => new(
        name, TypeOf(file, stretch), $"new {TypeOf(file, stretch)}(dtype, device)", words, Owners.AllTasks, Prepares: !stretch.Raw);

    private static int Hidden(MtanModel model, int channels) => ((channels - 1) / model.Reduction) + 1;

    /// <summary>Returns the shape of what tasks have for themselves as text: <c>[2·N, 20, 12, 12]</c>.</summary>
    private static string Batch(IReadOnlyList<int> shape, int tasks) => $"[{tasks}·N, {Arguments(shape)}]";
}

/// <summary>The model of <c>[Mtan]</c>.</summary>
internal sealed record MtanModel(string Kind, string Label, EquatableArray<HyperModel> Hypers, int Reduction)
    : MethodModel(Kind, Label, Hypers);
