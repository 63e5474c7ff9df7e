using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>Asymmetric multi-task learning of linear models (Lee, Yang and Hwang 2016).</summary>
internal sealed class Amtl() : SolverMethod("UAmtfl.AmtlAttribute")
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(attribute, tasks, "use the network form, [DeepAmtl] on a network without layers", TaskKind.Regression)
            ? Model("Amtl", [Hyper(attribute, "Alpha", "α, the price of outgoing transfer in units of the task's loss."), Hyper(attribute, "Gamma", "γ, the weight of the reconstruction.")], attribute.Flag("NonNegative", true) ? "NonNegative" : "Signed")
            : null;

    public override string Formula(VariantFile file) => $"Σ_t (1 + α‖b_t‖₁) 1/N_t ‖y_t − X_t w_t − b_t‖² + γ‖W − WB‖², diag(B) = 0{(file.Variant.Solver!.Has("NonNegative") ? ", B ≥ 0" : "")}";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("Amtl", "hyper.Alpha", "hyper.Gamma", $"nonNegative: {(file.Variant.Solver!.Has("NonNegative") ? "true" : "false")}");
}
