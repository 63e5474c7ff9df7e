using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.PenaltyMethods;

/// <summary>A penalty on all heads together. The ones that are not smooth have a field in the variant and act after each step.</summary>
internal abstract class Structured(string attribute) : PenaltyMethod(attribute)
{
    protected const string Space = "global::UAmtfl.Penalties.";

    public override bool OnHeads => true;

    public override MethodModel? Read(AttributeReader attribute, SharingMethod sharing)
    {
        if (sharing.SharesFeatures || sharing.Fits)
        {
            return Read(attribute);
        }

        attribute.Context.Report(Rules.NeedsAsymmetry, attribute.Location, $"[{Kind}]", $"[{sharing.Kind}] has no shared features, so that its heads have nothing in common; use it with one that shares them");
        return null;
    }

    protected abstract MethodModel Read(AttributeReader attribute);

    public override string Instead(MethodModel model) => "after each step of the optimiser the heads take its proximal step";

    public override IReadOnlyList<string> Project(MethodModel model) =>
        Proximal(model) is null ? [] : [$"Penalty.Step(Network.HeadWeight, {Field}, learningRate);"];

    public override (string Name, string Type, string Create)? FieldOf(MethodModel model) =>
        Proximal(model) is { } create ? (Field, $"{Space}ProximalPenalty", create) : Decomposition(model) is { } pair ? (Field, $"{Space}StructuredPenalty", pair) : null;

    protected string Field => char.ToLowerInvariant(Kind[0]) + Kind.Substring(1);
}

internal sealed class GroupLasso() : Structured(WellKnownNames.GroupLasso)
{
    protected override MethodModel Read(AttributeReader attribute) => Model("GroupLasso", [Hyper(attribute, "strength", "λ of the sum of the groups' norms.", "GroupLasso")],
        attribute.Choice("Norm") ?? "Two", attribute.Choice("By") ?? "Feature");

    public override (string Formula, string? Code) Term(MethodModel model) =>
        ($"λ Σ_{(model.Options[1] == "Task" ? "t ‖w_t‖" : "i ‖w_i‖")}{model.Options[0] switch { "One" => "₁", "Two" => "₂", _ => "_∞" }}", null);

    public override string Proximal(MethodModel model) => $"new {Space}GroupLasso(hyper.GroupLasso, global::UAmtfl.GroupNorm.{model.Options[0]}, global::UAmtfl.GroupBy.{model.Options[1]})";
}

internal sealed class TraceNorm() : Structured(WellKnownNames.TraceNorm)
{
    protected override MethodModel Read(AttributeReader attribute) => Model("TraceNorm", [Hyper(attribute, "strength", "λ of the sum of singular values.", "TraceNorm")]);

    public override (string Formula, string? Code) Term(MethodModel model) => ("λ‖W‖_*", null);

    public override string Proximal(MethodModel model) => $"new {Space}TraceNorm(hyper.TraceNorm)";
}

internal sealed class MeanConstraint() : Structured(WellKnownNames.MeanConstraint)
{
    protected override MethodModel Read(AttributeReader attribute) => Model("MeanConstraint",
    [
        Hyper(attribute, "strength", "κ, the weight of the whole.", "MeanConstraint"),
        Hyper(attribute, "lambda", "λ, the weight of the distances from the mean.", "MeanLambda"),
    ]);

    public override (string Formula, string? Code) Term(MethodModel model) =>
        ("κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²)", "Penalty.MeanConstraint(Network.HeadWeight, hyper.MeanConstraint, hyper.MeanLambda)");

    public override string Smooth(MethodModel model, TaskSetModel tasks) => $"new {Space}MeanConstraint(hyper.MeanConstraint, hyper.MeanLambda)";
}

internal sealed class TaskGraph() : Structured(WellKnownNames.TaskGraph)
{
    protected override MethodModel Read(AttributeReader attribute) =>
        Model("TaskGraph", [Hyper(attribute, "strength", "ρ of the squared differences along the graph.", "TaskGraph")], attribute.Choice("Shape") ?? "Mean");

    public override (string Formula, string? Code) Term(MethodModel model) => ("ρ‖WR‖²", "Penalty.Graph(Network.HeadWeight, hyper.TaskGraph, taskGraph)");

    public override (string Name, string Type, string Create)? FieldOf(MethodModel model) =>
        ("taskGraph", "Tensor", $"{Space}TaskGraph.{model.Options[0]}((int)counts.shape[0]).to(counts.dtype, counts.device)");

    public override string Smooth(MethodModel model, TaskSetModel tasks) => $"new {Space}GraphSmoothness(hyper.TaskGraph, {Space}TaskGraph.{model.Options[0]}({tasks.Count}))";
}

/// <summary>W = P + Q: two matrices, each with a penalty of its own.</summary>
internal abstract class Decomposed(string attribute) : Structured(attribute)
{
    public override bool Decomposes => true;

    public override IReadOnlyList<string> Project(MethodModel model) =>
    [
        $"Penalty.Step(Network.HeadShared, {Field}.Components[0], learningRate);",
        $"Penalty.Step(Network.HeadOwn, {Field}.Components[1], learningRate);",
    ];
}

internal sealed class Dirty() : Decomposed(WellKnownNames.Dirty)
{
    protected override MethodModel Read(AttributeReader attribute) =>
        Model("Dirty", [Hyper(attribute, "shared", "λ of Σ_i ‖p_i‖_∞.", "DirtyShared"), Hyper(attribute, "own", "μ of ‖Q‖₁.", "DirtyOwn")]);

    public override (string Formula, string? Code) Term(MethodModel model) => ("λ Σ_i ‖p_i‖_∞ + μ‖Q‖₁, W = P + Q", null);

    public override string Decomposition(MethodModel model) => $"new {Space}Dirty(hyper.DirtyShared, hyper.DirtyOwn)";
}

internal sealed class SparseLowRank() : Decomposed(WellKnownNames.SparseLowRank)
{
    protected override MethodModel Read(AttributeReader attribute) =>
        Model("SparseLowRank", [Hyper(attribute, "lowRank", "λ of ‖P‖_*.", "LowRank"), Hyper(attribute, "sparse", "μ of ‖Q‖₁.", "Sparse")]);

    public override (string Formula, string? Code) Term(MethodModel model) => ("λ‖P‖_* + μ‖Q‖₁, W = P + Q", null);

    public override string Decomposition(MethodModel model) => $"new {Space}SparseLowRank(hyper.LowRank, hyper.Sparse)";
}

internal sealed class RobustTasks() : Decomposed(WellKnownNames.RobustTasks)
{
    protected override MethodModel Read(AttributeReader attribute) =>
        Model("RobustTasks", [Hyper(attribute, "lowRank", "λ of ‖P‖_*.", "LowRank"), Hyper(attribute, "outliers", "μ of Σ_t ‖q_t‖₂.", "Outliers")]);

    public override (string Formula, string? Code) Term(MethodModel model) => ("λ‖P‖_* + μ Σ_t ‖q_t‖₂, W = P + Q", null);

    public override string Decomposition(MethodModel model) => $"{Space}RobustTasks.LowRank(hyper.LowRank, hyper.Outliers)";
}
