using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which low-rank matrices change the weights of one trunk for each task.</summary>
internal sealed class Adapters() : StretchedMethod("UAmtfl.Methods.AdaptersAttribute")
{
    private const string Type = "global::UAmtfl.Trunks.LowRankAdapters";

    public override string WeightForm => OneTrunk;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks)
    {
        var rank = attribute.Integer("rank");
        return new AdaptersModel(Kind, $"Adapters({rank})", [], rank);
    }

    public override void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        base.Check(attribute, trunk, tasks);
        SingleTask.CheckNorms(attribute, trunk, tasks);
    }

    public override string Legend(VariantFile file) => "one trunk, changed for each task";

    public override IReadOnlyList<PieceUse> Pieces(MethodModel? model, TrunkModel trunk) => [new(Whole(trunk), PieceForm.AdaptedStack)];

    public override IReadOnlyList<PartCode> Parts(VariantFile file)
    {
        var (type, tasks) = (TypeOf(file, Whole(file.Trunk), PieceForm.AdaptedStack), file.Tasks.Count);
        var rank = ((AdaptersModel)file.Variant.Architecture!).Rank;
        return
        [
            new(
                "Trunk", type, $"new {type}({tasks}, dtype, device)",
                $"W, changed for each task, batched: {Inputs(file)} → Z [{tasks}, N, {file.Trunk.Features}]", Owners.AllTasks,
                Prepares: true),
            new(
                "SharedAdapters", Type, $"new {Type}(Trunk, {rank}, ofAll: true)", $"B A of rank {rank}, of all tasks", Owners.AllTasks)
            {
                OfHeads = true,
            },
            new(
                "OwnAdapters", Type, $"new {Type}(Trunk, {rank}, ofAll: false)", $"B_t A_t of rank {rank}, of each task", Owners.OneTask)
            {
                OfHeads = true,
            },
        ];
    }

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file) =>
        [("Tensor features = Trunk.Features(prepared);", $"W_t = W + B A + B_t A_t  {Text(file.Trunk.Output, file.Tasks.Count)}")];

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file) => ([], "Trunk.Export(graph, inputs)");

    private static Piece Whole(TrunkModel trunk) => new(0, trunk.Layers.Count, Raw: false);
}

/// <summary>The model of <c>[Adapters]</c>.</summary>
internal sealed record AdaptersModel(string Kind, string Label, EquatableArray<HyperModel> Hypers, int Rank)
    : MethodModel(Kind, Label, Hypers);
