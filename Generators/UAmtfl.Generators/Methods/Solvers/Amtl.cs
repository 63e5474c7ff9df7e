using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>The options of <c>[Amtl]</c>.</summary>
/// <param name="Alpha">The hyper-parameter α.</param>
/// <param name="Gamma">The hyper-parameter γ.</param>
/// <param name="NonNegative">True if no entry of B may be below 0.</param>
internal sealed record AmtlModel(HyperModel Alpha, HyperModel Gamma, bool NonNegative) : MethodModel("Amtl", "Amtl", [Alpha, Gamma]);

/// <summary>The solver for asymmetric multi-task learning of linear models (Lee, Yang and Hwang 2016).</summary>
internal sealed class Amtl() : SolverMethod("UAmtfl.Methods.AmtlAttribute")
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(attribute, tasks, "use the network form, [DeepAmtl] on a network without layers", TaskKind.Regression)
            ? new AmtlModel(
                Hyper(attribute, "Alpha", "α, the price of outgoing transfer in units of the task's loss."),
                Hyper(attribute, "Gamma", "γ, the weight of the reconstruction."),
                attribute.Flag("NonNegative", true))
            : null;

    public override string Formula(VariantFile file) => "Σ_t (1 + α‖b_t‖₁) 1/N_t ‖y_t − X_t w_t − b_t‖² + γ‖W − WB‖², diag(B) = 0"
        + (Of(file).NonNegative ? ", B ≥ 0" : "");

    public override IReadOnlyList<string> Solve(VariantFile file) =>
        Call("Amtl", "hyper.Alpha", "hyper.Gamma", $"nonNegative: {(Of(file).NonNegative ? "true" : "false")}");

    private static AmtlModel Of(VariantFile file) => (AmtlModel)file.Variant.Solver!;
}
