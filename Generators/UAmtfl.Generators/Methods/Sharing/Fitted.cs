using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.SharingMethods;

/// <summary>What an exact solver fits on the inputs themselves.</summary>
internal abstract class Fitted(string attribute) : SharingMethod(attribute)
{
    public override bool Fits => true;

    /// <summary>True if penalties may stand beside it.</summary>
    public virtual bool TakesPenalties => false;

    /// <summary>The objective as the paper writes it.</summary>
    public abstract string Formula(VariantFile file);

    /// <summary>The call that solves, from <c>data</c> and <c>hyper</c>, line by line.</summary>
    public abstract IReadOnlyList<string> Solve(VariantFile file);

    public override void Check(AttributeReader attribute, MethodModel model, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        if (trunk.Attributes(attribute.Context).Find(WellKnownNames.Input) is { } input && input.Integers("shape").Count != 1)
        {
            attribute.Context.Report(Rules.BadShape, attribute.Location, $"[{attribute.Name}]", "a linear model needs rows of numbers, and the input is an image: declare a network with [Input(features)] and name it with [Network(nameof(…))]");
        }
    }

    protected static IReadOnlyList<string> Call(string method, params string[] arguments) => [$"global::UAmtfl.LinearModels.Solve.{method}({string.Join(", ", arguments.Prepend("data"))});"];

    /// <summary>Reports a task of a kind that the solver cannot have.</summary>
    protected bool Takes(AttributeReader attribute, TaskSetModel tasks, string instead, params TaskKind[] kinds)
    {
        if (tasks.Tasks.FirstOrDefault(t => !kinds.Contains(t.Kind)) is not { } task)
        {
            return true;
        }

        attribute.Context.Report(Rules.MethodNeedsTasks, attribute.Location, Kind, task.Name, task.Kind == TaskKind.Classification ? $"a classification into {task.Outputs} classes" : $"{task.Kind.ToString().ToLowerInvariant()}", instead);
        return false;
    }
}

internal sealed class MeanPredictor() : Fitted(WellKnownNames.MeanPredictor)
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(attribute, tasks, "use one [Binary] task a class", TaskKind.Regression, TaskKind.Binary) ? Model("MeanPredictor", []) : null;

    public override string Formula(VariantFile file) => "Σ_t ℓ_t(b_t)";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("Mean");
}

internal sealed class Ridge() : Fitted(WellKnownNames.Ridge)
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks)
    {
        if (!Takes(attribute, tasks, "use one [Binary] task a class", TaskKind.Regression, TaskKind.Binary))
        {
            return null;
        }

        if (tasks.Groups.Count > 1)
        {
            var task = tasks.Tasks[tasks.Groups[1].FirstTask];
            attribute.Context.Report(Rules.MethodNeedsTasks, attribute.Location, Kind, task.Name, $"{task.Kind.ToString().ToLowerInvariant()} beside other kinds", "its strengths are chosen by one loss; use [LinearModel, L2(…)]");
            return null;
        }

        return Model("Ridge", [Hyper(attribute, "Strength", "λ of all tasks; 0: chosen for each by cross-validation.")]);
    }

    public override string Formula(VariantFile file) => file.Tasks.Has(TaskKind.Binary) ? "Σ_t {1/N_t Σ_i BCE(x_i w_t + b_t, y_ti) + λ_t/2 ‖w_t‖²}" : "Σ_t {1/N_t ‖y_t − X_t w_t − b_t‖² + λ_t ‖w_t‖²}";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("Ridge", "hyper.Strength");
}

internal sealed class ElasticNet() : Fitted(WellKnownNames.ElasticNet)
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks)
    {
        if (!Takes(attribute, tasks, "use [Ridge], which has a logistic form", TaskKind.Regression))
        {
            return null;
        }

        return Model("ElasticNet", [Hyper(attribute, "Strength", "λ of all tasks; 0: chosen for each by cross-validation."), Hyper(attribute, "Ratio", "r, the share of the ℓ₁ norm.")]);
    }

    public override string Formula(VariantFile file) => "Σ_t {1/2N_t ‖y_t − X_t w_t − b_t‖² + λ_t (r ‖w_t‖₁ + (1 − r)/2 ‖w_t‖²)}";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("ElasticNet", "hyper.Ratio", "hyper.Strength");
}

internal sealed class GoMtl() : Fitted(WellKnownNames.GoMtl)
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(attribute, tasks, "use the network form, [HardSharing, L1(μ, On = Part.Heads)] on [Linear(k, Bias = false)]", TaskKind.Regression)
            ? Model("GoMtl", [Hyper(attribute, "Mu", "μ of μ‖s_t‖₁."), Hyper(attribute, "Lambda", "λ of λ‖L‖².")], $"{attribute.Integer("bases")}")
            : null;

    public override void Check(AttributeReader attribute, MethodModel model, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        base.Check(attribute, model, trunk, tasks);
        var inputs = trunk.Attributes(attribute.Context).Find(WellKnownNames.Input)?.Integers("shape") ?? [];
        var bases = attribute.Integer("bases");
        Sizes.Fits(attribute.Context, attribute.LocationOf("bases"), "A matrix of [GoMtl]", Sizes.Product(bases, Math.Max(inputs.Count == 1 ? inputs[0] : 1, tasks.Count)), "use fewer bases");
    }

    public override string Formula(VariantFile file) => "Σ_t {1/N_t ‖y_t − X_t L s_t − b_t‖² + μ‖s_t‖₁} + λ‖L‖²";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("GoMtl", $"bases: {file.Variant.Sharing.Options[0]}", "hyper.Mu", "hyper.Lambda");
}

internal sealed class Amtl() : Fitted(WellKnownNames.Amtl)
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(attribute, tasks, "use the network form, [DeepAmtl] on a network without layers", TaskKind.Regression)
            ? Model("Amtl", [Hyper(attribute, "Alpha", "α, the price of outgoing transfer in units of the task's loss."), Hyper(attribute, "Gamma", "γ, the weight of the reconstruction.")], attribute.Flag("NonNegative", true) ? "NonNegative" : "Signed")
            : null;

    public override string Formula(VariantFile file) => $"Σ_t (1 + α‖b_t‖₁) 1/N_t ‖y_t − X_t w_t − b_t‖² + γ‖W − WB‖², diag(B) = 0{(file.Variant.Sharing.Has("NonNegative") ? ", B ≥ 0" : "")}";

    public override IReadOnlyList<string> Solve(VariantFile file) => Call("Amtl", "hyper.Alpha", "hyper.Gamma", $"nonNegative: {(file.Variant.Sharing.Has("NonNegative") ? "true" : "false")}");
}

internal sealed class LinearModel() : Fitted(WellKnownNames.LinearModel)
{
    public override bool TakesPenalties => true;

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks) =>
        Takes(attribute, tasks, "use one [Binary] task a class", TaskKind.Regression, TaskKind.Binary)
            ? Model("LinearModel", [Hyper(attribute, "Tolerance", "The certificate of optimality at which the solver stops.")])
            : null;

    public override string Formula(VariantFile file) => Formulas.Sum(new[] { $"Σ_t {LossCode.Formula(file.Tasks, "X_t w_t + b_t")}" }.Concat(file.Variant.Penalties.Select(p => MethodCatalogue.Penalty(p).LinearFormula(file, p))));

    public override IReadOnlyList<string> Solve(VariantFile file)
    {
        var penalties = file.Variant.Penalties.Select(p => (Method: MethodCatalogue.Penalty(p), Model: p)).ToList();
        if (penalties.Count == 0 && !file.Tasks.Has(TaskKind.Binary))
        {
            return Call("LeastSquares");
        }

        var smooth = penalties.Select(p => p.Method.Smooth(p.Model, file.Tasks)).OfType<string>().ToList();
        var whole = penalties.Select(p => p.Method.Decomposition(p.Model)).OfType<string>().FirstOrDefault();
        var proximal = penalties.Select(p => p.Method.Proximal(p.Model)).OfType<string>().FirstOrDefault() ?? "new global::UAmtfl.Penalties.RidgePenalty(0)";
        var components = whole is null ? $"[{proximal}]" : $"{whole}.Components";
        return
        [
            "global::UAmtfl.LinearModels.Solve.Penalised(",
            "    data,",
            "    new global::UAmtfl.Penalties.StructuredPenalty(",
            $"        {components},",
            .. smooth.Count == 0 ? new[] { "        [])," } : [.. smooth.Select((s, i) => $"        {(i == 0 ? "[" : " ")}{s}{(i == smooth.Count - 1 ? "])," : ",")}")],
            "    hyper.Tolerance);",
        ];
    }
}
