using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which each task has a trunk of its own; all trunks are computed side by side in a stack.</summary>
internal sealed class SingleTask() : ArchitectureMethod("UAmtfl.Methods.SingleTaskAttribute")
{
    public override string WeightForm => TrunkOfEachTask;

    public override Representation Representation => Representation.PerTask;

    public override bool StacksTrunk => true;

    public override bool SeparatesTasks => true;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("SingleTask", []);

    public override void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks) =>
        CheckNorms(attribute, trunk, tasks);

    /// <summary>Reports layers that would normalise a task's activations by the rows of all tasks.</summary>
    public static void CheckNorms(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        var mixing = trunk.Attributes(attribute.Context).Where(a => LayerCatalogue.Find(a.MetadataName)?.Kind.MixesSamples == true);
        if (tasks.PerTask && mixing.FirstOrDefault() is { } norm)
        {
            attribute.Context.Report(
                Rules.BadShape, attribute.Location, $"[{attribute.Name}] on '{trunk.Name}'",
                $"each row of this data set is of one task, but [{norm.Name}] would normalise a task's network by the rows of all: "
                    + "leave it out of this network");
        }
    }

    public override string Legend(VariantFile file) => "one trunk a task";

    public override IReadOnlyList<PartCode> Parts(VariantFile file)
    {
        var (type, tasks, features) = (TrunkType(file), file.Tasks.Count, file.Trunk.Features);
        return
        [
            file.Trunk.HandWritten is null
                ? new(
                    "Trunks", $"{type}.Stack", $"new {type}.Stack({tasks}, dtype, device)",
                    $"one a task, batched: {Inputs(file)} → Z [{tasks}, N, {features}]", Owners.OneTask, Prepares: true)
                : new(
                    "Trunks", $"global::TorchSharp.Modules.ModuleList<{type}>",
                    $"global::UAmtfl.Trunks.Parameters.Repeat({tasks}, () => new {type}(dtype, device))",
                    $"one a task, run one by one as the module is hand-written: each {Inputs(file)} → [N, {features}]",
                    Owners.OneTask, Prepares: true),
        ];
    }

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file)
    {
        var all = file.Trunk.HandWritten is null ? "Trunks.Features(prepared)"
            : "global::TorchSharp.torch.stack([.. global::System.Linq.Enumerable.Select(Trunks, trunk => trunk.Features(prepared))])";
        return [($"Tensor features = {all};", $"[{file.Tasks.Count}, N, {file.Trunk.Features}]")];
    }

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file) => ([], "Trunks.Export(graph, inputs)");
}
