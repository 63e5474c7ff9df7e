using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture in which each task has a trunk of its own.</summary>
internal sealed class SideBySide() : ArchitectureMethod("UAmtfl.Methods.SideBySideAttribute")
{
    public override Representation Representation => Representation.PerTask;

    public override bool StacksTrunk => true;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("SideBySide", []);

    public override string Legend(VariantFile file) => "one trunk a task";

    public override IReadOnlyList<PartCode> Parts(VariantFile file) =>
    [
        new(
            "Copies", $"{TrunkType(file)}.Stack", $"new {TrunkType(file)}.Stack({file.Tasks.Count}, dtype, device)",
            $"{Inputs(file)} → Z [{file.Tasks.Count}, N, {file.Trunk.Features}]", Owners.OneTask, Prepares: true),
    ];

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file) =>
        [("Tensor features = Copies.Features(prepared);", $"Z  [{file.Tasks.Count}, N, {file.Trunk.Features}]")];

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file) => ([], "Copies.Export(graph, inputs)");
}
