using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Solvers;

/// <summary>The solver for a ridge regression, or a ridge-penalised logistic regression, for each task.</summary>
internal sealed class Ridge() : SolverMethod("UAmtfl.Methods.RidgeAttribute")
{
    public override bool SeparatesTasks => true;

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks)
    {
        if (!Takes(attribute, tasks, "use one [Binary] task a class", TaskKind.Regression, TaskKind.Binary))
        {
            return null;
        }

        if (tasks.Groups.Count > 1)
        {
            var task = tasks.Tasks[tasks.Groups[1].FirstTask];
            attribute.Context.Report(
                Rules.MethodNeedsTasks,
                attribute.Location,
                Kind,
                task.Name,
                $"{task.Kind.ToString().ToLowerInvariant()} beside other kinds",
                "its strengths are chosen by one loss; use [LinearModel, L2(…)]");
            return null;
        }

        return Model("Ridge", [Hyper(attribute, "Strength", "λ of all tasks; 0: chosen for each by cross-validation.")]);
    }

    public override string Formula(VariantFile file) =>
        file.Tasks.Has(TaskKind.Binary)
            ? "Σ_t {1/N_t Σ_i BCE(x_i w_t + b_t, y_ti) + λ_t/2 ‖w_t‖²}"
            : "Σ_t {1/N_t ‖y_t − X_t w_t − b_t‖² + λ_t ‖w_t‖²}";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("Ridge", "hyper.Strength");
}
