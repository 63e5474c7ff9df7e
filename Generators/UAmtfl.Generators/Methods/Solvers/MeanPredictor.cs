using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>The solver that predicts each task by the mean of its training labels.</summary>
internal sealed class MeanPredictor() : SolverMethod("UAmtfl.Methods.MeanPredictorAttribute")
{
    public override bool SeparatesTasks => true;

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(attribute, tasks, "use one [Binary] task a class", TaskKind.Regression, TaskKind.Binary) ? Model("MeanPredictor", []) : null;

    public override string Formula(VariantFile file) => "Σ_t ℓ_t(b_t)";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("Mean");
}
