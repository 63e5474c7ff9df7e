using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which all tasks share one trunk.</summary>
internal sealed class HardSharing() : ArchitectureMethod("UAmtfl.Methods.HardSharingAttribute")
{
    public override string WeightForm => OneTrunk;

    public override bool IsDefault => true;

    public override Representation Representation => Representation.Shared;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("HardSharing", []);

    public override IReadOnlyList<PartCode> Parts(VariantFile file) =>
    [
        new(
            "Trunk", TrunkType(file), $"new {TrunkType(file)}(dtype, device)", $"{Inputs(file)} → Z [N, {file.Trunk.Features}]",
            Owners.AllTasks, Prepares: true),
    ];

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file) =>
        [("Tensor features = Trunk.Features(prepared);", $"Z  [N, {file.Trunk.Features}]")];

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file) => ([], "Trunk.Export(graph, inputs)");
}
