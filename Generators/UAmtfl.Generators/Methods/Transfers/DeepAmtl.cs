using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Transfers;

/// <summary>The options of <c>[DeepAmtl]</c>.</summary>
/// <param name="Hypers">The hyper-parameters.</param>
/// <param name="HasRamp">True if α and γ grow from 0 in the first part of the training.</param>
/// <param name="OnInputs">True if the weights of the tasks on the inputs are reconstructed; false for those on the features.</param>
/// <param name="NonNegative">True if no entry of B may be below 0.</param>
internal sealed record DeepAmtlModel(EquatableArray<HyperModel> Hypers, bool HasRamp, bool OnInputs, bool NonNegative)
    : TransferModel("DeepAmtl", Hypers, HasRamp);

/// <summary>The transfer of asymmetric multi-task learning (Lee et al. 2016) on the last layer of a network (Lee, Yang and Hwang 2018, eq.
/// 4 and 5).</summary>
internal sealed class DeepAmtl() : TransferMethod("UAmtfl.Methods.DeepAmtlAttribute")
{
    public override TransferModel? Read(AttributeReader attribute, TaskSetModel tasks)
    {
        if (tasks.Tasks.FirstOrDefault(t => t.Outputs > 1) is { } task)
        {
            attribute.Context.Report(
                Rules.MethodNeedsTasks, attribute.Location, Kind, task.Name, $"a classification into {task.Outputs} classes",
                "it rebuilds one head from others, so each task needs one output; use [Amtfl], or one [Binary] task a class");
            return null;
        }

        HyperModel?[] hypers =
        [
            Hyper(attribute, "Alpha", "α, the price of outgoing transfer in units of the task's loss."),
            Hyper(attribute, "Gamma", "γ, the weight of the reconstruction of the heads."),
            Hyper(attribute, "Floor", "The numerator of δ_t = Floor / √(N_t / mean N)."),
            Ramp.Read(attribute),
        ];
        return new DeepAmtlModel(
            hypers.OfType<HyperModel>().ToEquatableArray(),
            HasRamp: hypers[3] is not null,
            OnInputs: attribute.Flag("OnInputs", false),
            NonNegative: attribute.Flag("NonNegative", true));
    }

    public override void Check(AttributeReader attribute, TransferModel model, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        var layers = trunk.Attributes(attribute.Context)
            .Where(a => LayerCatalogue.Find(a.MetadataName) is not null || a.Is(WellKnownNames.Trunk))
            .Select(a => a.MetadataName);
        if (((DeepAmtlModel)model).OnInputs && !layers.SequenceEqual([WellKnownNames.Linear]))
        {
            attribute.Context.Report(
                Rules.BadShape, attribute.LocationOf("OnInputs"), "OnInputs",
                "the tasks have weights on the inputs only through a single linear layer: "
                + $"give '{trunk.Name}' exactly one [Linear(k)], or leave OnInputs out");
        }
    }

    public override IReadOnlyList<ParameterCode> Parameters(VariantFile file) =>
        [new("Transfer", "B, from heads to heads", $"{file.Tasks.Count}, {file.Tasks.Count}")];

    public override (Code Code, string Symbol) Outgoing(VariantFile file) => ("Network.Transfer.abs().sum(1)", "‖b_t‖₁");

    public override IReadOnlyList<TermCode> Terms(VariantFile file) => Of(file).OnInputs
        ?
    [
        new("γ ‖LS − LSB‖²", Ramp.Of(file, "Gamma") * "reconstruction",
            (
                "Tensor weights = Network.HeadWeight.matmul(Network.Trunk.Linear1.weight);",
                $"(LS)ᵀ, the tasks' weights on the inputs  [{file.Tasks.Count}, {file.Trunk.Input[0]}]"),
            ("Tensor reconstruction = (weights - Network.Transfer.t().matmul(weights)).square().sum();", "[]")),
    ]
        :
    [
        new("γ ‖W − WB‖²", Ramp.Of(file, "Gamma") * "reconstruction",
            (
                "Tensor reconstruction = (Network.HeadWeight - Network.Transfer.t().matmul(Network.HeadWeight)).square().sum();",
                "rows are heads: Wᵀ − BᵀWᵀ  []")),
    ];

    public override IReadOnlyList<string> Project(VariantFile file) =>
        [$"global::UAmtfl.Sharing.Transfer.Project(Network.Transfer, nonNegative: {(Of(file).NonNegative ? "true" : "false")});"];

    public override (string Code, string Formula) Learnt(VariantFile file) => ("Transfer.abs()", "|B|");

    private static DeepAmtlModel Of(VariantFile file) => (DeepAmtlModel)file.Variant.Transfer!;
}
