using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>The solver for an elastic net for each task (Zou and Hastie 2005).</summary>
internal sealed class ElasticNet() : SolverMethod("UAmtfl.Methods.ElasticNetAttribute")
{
    public override bool SeparatesTasks => true;

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks)
    {
        if (!Takes(attribute, tasks, "use [Ridge], which has a logistic form", TaskKind.Regression))
        {
            return null;
        }

        return Model(
            "ElasticNet",
            [
                Hyper(attribute, "Strength", "λ of all tasks; 0: chosen for each by cross-validation."),
                Hyper(attribute, "Ratio", "r, the share of the ℓ₁ norm."),
            ]);
    }

    public override string Formula(VariantFile file) => "Σ_t {1/2N_t ‖y_t − X_t w_t − b_t‖² + λ_t (r ‖w_t‖₁ + (1 − r)/2 ‖w_t‖²)}";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("ElasticNet", "hyper.Ratio", "hyper.Strength");
}
