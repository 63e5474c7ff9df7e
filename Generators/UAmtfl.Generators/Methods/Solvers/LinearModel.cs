using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>The solver for linear models of all tasks with the penalties that the variant declares.</summary>
internal sealed class LinearModel() : SolverMethod("UAmtfl.Methods.LinearModelAttribute")
{
    public override bool TakesPenalties => true;

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(attribute, tasks, "use one [Binary] task a class", TaskKind.Regression, TaskKind.Binary)
            ? Model("LinearModel", [Hyper(attribute, "Tolerance", "The certificate of optimality at which the solver stops.")])
            : null;

    public override string Formula(VariantFile file) => Formulas.Sum(
        new[] { $"Σ_t {LossCode.Formula(file.Tasks, "X_t w_t + b_t")}" }
            .Concat(file.Variant.Penalties.Select(p => p.LinearFormula(file))));

    public override IReadOnlyList<string> Solve(VariantFile file)
    {
        var penalties = file.Variant.Penalties;
        if (penalties.Count == 0 && !file.Tasks.Has(TaskKind.Binary))
        {
            return Call("LeastSquares");
        }

        var smooth = penalties.Select(p => p.Smooth(file.Tasks)).OfType<Code>().ToList();
        var whole = penalties.Select(p => p.Decomposition).OfType<Code>().FirstOrDefault();
        var proximal = penalties.Select(p => p.Proximal).OfType<Code>().FirstOrDefault() ?? "new global::UAmtfl.Penalties.RidgePenalty(0)";
        var components = whole is null ? $"[{proximal}]" : $"{whole}.Components";
        return
        [
            "global::UAmtfl.LinearModels.Solve.Penalised(",
            "    data,",
            "    new global::UAmtfl.Penalties.StructuredPenalty(",
            $"        {components},",
            .. smooth.Count == 0
                ? new[] { "        [])," }
                : [.. smooth.Select((s, i) => $"        {(i == 0 ? "[" : " ")}{s}{(i == smooth.Count - 1 ? "])," : ",")}")],
            "    hyper.Tolerance);",
        ];
    }
}
