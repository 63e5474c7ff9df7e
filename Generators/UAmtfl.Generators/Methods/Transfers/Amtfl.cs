using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Transfers;

/// <summary>The options of <c>[Amtfl]</c>.</summary>
/// <param name="Hypers">The hyper-parameters.</param>
/// <param name="HasRamp">True if α and γ grow from 0 in the first part of the training.</param>
/// <param name="Bias">True if the reconstruction has a bias.</param>
/// <param name="Linear">True if the reconstruction has no activation.</param>
internal sealed record AmtflModel(
    EquatableArray<HyperModel> Hypers, bool HasRamp, bool Bias, bool Linear) : TransferModel("Amtfl", Hypers, HasRamp);

/// <summary>The transfer of asymmetric multi-task feature learning (Lee, Yang and Hwang 2018, eq. 6 and 7).</summary>
internal sealed class Amtfl() : TransferMethod("UAmtfl.Methods.AmtflAttribute")
{
    public override TransferModel Read(AttributeReader attribute, TaskSetModel tasks)
    {
        HyperModel?[] hypers =
        [
            Hyper(attribute, "Alpha", "α, the price of outgoing transfer in units of the task's loss."),
            Hyper(attribute, "Gamma", "γ, the weight of the reconstruction of the features."),
            Hyper(attribute, "Floor", "The numerator of δ_t = Floor / √(N_t / mean N)."),
            Ramp.Read(attribute),
        ];
        return new AmtflModel(
            hypers.OfType<HyperModel>().ToEquatableArray(),
            HasRamp: hypers[3] is not null,
            Bias: attribute.Flag("Bias", true),
            Linear: attribute.Flag("Linear", false));
    }

    public override IReadOnlyList<ParameterCode> Parameters(VariantFile file)
    {
        var (columns, features) = (file.Tasks.Columns, file.Trunk.Features);
        var feedback = new ParameterCode("Feedback", "A, from outputs back to features", $"{columns}, {features}", Random: true);
        return Of(file).Bias
            ? [feedback, new("FeedbackBias", "b_A, the reconstruction's bias", $"{features}")]
            : [feedback];
    }

    public override (Code Code, string Symbol) Outgoing(VariantFile file) => (TaskSums(file, "Network.Feedback.abs().sum(1)"), "‖a_t‖₁");

    public override IReadOnlyList<TermCode> Terms(VariantFile file)
    {
        var features = file.Trunk.Features;
        var (bias, linear) = (Of(file).Bias, Of(file).Linear);
        var product = $"OA{(bias ? " + b_A" : "")}";
        var formula = linear ? product : $"relu({product})";
        var code = $"F.linear(outputs.Values, Network.Feedback.t(){(bias ? ", Network.FeedbackBias" : "")})";
        return
        [
            new($"γ/N ‖{formula} − Z‖²", Ramp.Of(file, "Gamma") * "reconstruction",
                ($"Tensor rebuilt = {(linear ? code : $"F.relu({code})")};", $"{formula}  [N, {features}]"),
                ("Tensor reconstruction = (rebuilt - outputs.Features).square().sum(1).mean();", "batch mean  []")),
        ];
    }

    public override (string Code, string Formula) Learnt(VariantFile file)
    {
        const string matrix = "Feedback.matmul(HeadWeight.t()).abs()";
        return file.Tasks.SingleOutputs
            ? (matrix, "|AS|, S = Wᵀ")
            : ($"global::UAmtfl.Sharing.Transfer.ByTask({matrix}, [{string.Join(", ", file.Tasks.Tasks.Select(t => t.Outputs))}])",
                "|AS|, S = Wᵀ, summed over the columns of a task");
    }

    private static AmtflModel Of(VariantFile file) => (AmtflModel)file.Variant.Transfer!;

    /// <summary>Returns the code that adds up the columns of each task if tasks have several; otherwise the columns as they are.</summary>
    private static string TaskSums(VariantFile file, string columns) =>
        file.Tasks.SingleOutputs ? columns : $"columnsOfTask.mv({columns})";
}
