using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.PenaltyMethods;

/// <summary>A penalty on all heads together. The ones that are not smooth have a field in the variant and act after each step.</summary>
internal abstract class Structured(string attribute) : PenaltyMethod(attribute)
{
    protected const string Space = "global::UAmtfl.Penalties.";

    public override bool OnHeads => true;

    public override MethodModel? Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks)
    {
        if (scheme.Representation == Representation.Shared)
        {
            if (!ComparesTasks || EquallyManyOutputs(tasks))
            {
                return Read(attribute);
            }

            var task = tasks.Tasks.First(t => t.Outputs != tasks.Tasks[0].Outputs);
            attribute.Context.Report(Rules.MethodNeedsTasks, attribute.Location, Kind, task.Name, $"a classification into {task.Outputs} classes",
                $"it compares the heads of tasks with each other, and that of '{tasks.Tasks[0].Name}' has {Count(tasks.Tasks[0].Outputs)}; use it where all tasks have equally many outputs");
            return null;
        }

        attribute.Context.Report(Rules.NeedsAsymmetry, attribute.Location, $"[{Kind}]", $"[{scheme.Name}] has no shared features, so that its heads have nothing in common; use it with one that shares them");
        return null;
    }

    protected abstract MethodModel Read(AttributeReader attribute);

    /// <summary>True if the penalty takes differences between the heads of tasks, which then need equally many outputs.</summary>
    protected virtual bool ComparesTasks => false;

    /// <summary>The heads with the outputs of a task in one row [T, K·k], where all tasks have equally many.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="heads">An expression for W [M, k].</param>
    protected static string ByTask(TaskSetModel tasks, string heads) => tasks.SingleOutputs ? heads : $"{heads}.view({tasks.Count}, -1)";

    /// <summary>The proximal step of a penalty in which each task has a term of its own, on the outputs of a task as one row: one statement, or where tasks
    /// have different numbers of outputs one for each group.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="heads">The matrix [M, k] that is stepped.</param>
    /// <param name="penalty">An expression for the penalty.</param>
    protected static IEnumerable<string> StepByTask(TaskSetModel tasks, string heads, string penalty) => EquallyManyOutputs(tasks)
        ? [$"Penalty.Step({ByTask(tasks, heads)}, {penalty}, learningRate);"]
        : tasks.Groups.Select(group => $"Penalty.Step({heads}.narrow(0, {group.FirstColumn}, {group.Columns}).view({group.Count}, -1), {penalty}, learningRate);");

    private static bool EquallyManyOutputs(TaskSetModel tasks) => tasks.Groups.Select(g => g.Outputs).Distinct().Count() < 2;

    private static string Count(int outputs) => outputs == 1 ? "one output" : $"{outputs} outputs";

    public override string Instead(MethodModel model) => "after each step of the optimiser the heads take its proximal step";

    public override IReadOnlyList<string> Project(VariantFile file, MethodModel model) =>
        Proximal(model) is null ? [] : [$"Penalty.Step(Network.HeadWeight, {Field}, learningRate);"];

    public override (string Name, string Type, string Create)? FieldOf(MethodModel model, TaskSetModel tasks) =>
        Proximal(model) is { } create ? (Field, $"{Space}ProximalPenalty", create) : Decomposition(model) is { } pair ? (Field, $"{Space}StructuredPenalty", pair) : null;

    protected string Field => char.ToLowerInvariant(Kind[0]) + Kind.Substring(1);
}

internal sealed class GroupLasso() : Structured(WellKnownNames.GroupLasso)
{
    protected override MethodModel Read(AttributeReader attribute) => Model("GroupLasso", [Hyper(attribute, "strength", "λ of the sum of the groups' norms.", "GroupLasso")],
        attribute.Choice("Norm") ?? "Two", attribute.Choice("By") ?? "Feature");

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model) =>
        [($"λ Σ_{(model.Options[1] == "Task" ? "t ‖w_t‖" : "i ‖w_i‖")}{model.Options[0] switch { "One" => "₁", "Two" => "₂", _ => "_∞" }}", null)];

    public override IReadOnlyList<string> Project(VariantFile file, MethodModel model) =>
        model.Options[1] == "Task" ? [.. StepByTask(file.Tasks, "Network.HeadWeight", Field)] : base.Project(file, model);

    public override string Proximal(MethodModel model) => $"new {Space}GroupLasso(hyper.GroupLasso, global::UAmtfl.GroupNorm.{model.Options[0]}, global::UAmtfl.GroupBy.{model.Options[1]})";
}

internal sealed class TraceNorm() : Structured(WellKnownNames.TraceNorm)
{
    protected override MethodModel Read(AttributeReader attribute) => Model("TraceNorm", [Hyper(attribute, "strength", "λ of the sum of singular values.", "TraceNorm")]);

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model) => [("λ‖W‖_*", null)];

    public override string Proximal(MethodModel model) => $"new {Space}TraceNorm(hyper.TraceNorm)";
}

internal sealed class MeanConstraint() : Structured(WellKnownNames.MeanConstraint)
{
    protected override MethodModel Read(AttributeReader attribute) => Model("MeanConstraint",
    [
        Hyper(attribute, "strength", "κ, the weight of the whole.", "MeanConstraint"),
        Hyper(attribute, "lambda", "λ, the weight of the distances from the mean.", "MeanLambda"),
    ]);

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model) =>
        [("κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²)", $"Penalty.MeanConstraint({ByTask(file.Tasks, "Network.HeadWeight")}, hyper.MeanConstraint, hyper.MeanLambda)")];

    protected override bool ComparesTasks => true;

    public override string Smooth(MethodModel model, TaskSetModel tasks) => $"new {Space}MeanConstraint(hyper.MeanConstraint, hyper.MeanLambda)";
}

internal sealed class TaskGraph() : Structured(WellKnownNames.TaskGraph)
{
    protected override MethodModel Read(AttributeReader attribute) =>
        Model("TaskGraph", [Hyper(attribute, "strength", "ρ of the squared differences along the graph.", "TaskGraph")], attribute.Choice("Shape") ?? "Mean");

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model) => [("ρ‖WR‖²", $"Penalty.Graph({ByTask(file.Tasks, "Network.HeadWeight")}, hyper.TaskGraph, taskGraph)")];

    protected override bool ComparesTasks => true;

    public override (string Name, string Type, string Create)? FieldOf(MethodModel model, TaskSetModel tasks) =>
        ("taskGraph", "Tensor", $"{Graph(model, tasks)}.to(counts.dtype, counts.device)");

    public override string Smooth(MethodModel model, TaskSetModel tasks) => $"new {Space}GraphSmoothness(hyper.TaskGraph, {Graph(model, tasks)})";

    /// <summary>R, whose chain follows the declaration where the network has the tasks in another order.</summary>
    private static string Graph(MethodModel model, TaskSetModel tasks)
    {
        var declared = Enumerable.Range(0, tasks.Count).OrderBy(t => tasks.Tasks[t].LabelColumn).ToList();
        var inOrder = model.Options[0] == "Mean" || declared.SequenceEqual(Enumerable.Range(0, tasks.Count));
        return $"{Space}TaskGraph.{model.Options[0]}({(inOrder ? $"{tasks.Count}" : $"[{string.Join(", ", declared)}]")})";
    }
}

/// <summary>W = P + Q: two matrices, each with a penalty of its own.</summary>
internal abstract class Decomposed(string attribute) : Structured(attribute)
{
    public override bool Decomposes => true;

    /// <summary>True if the penalty of Q has a term for each task.</summary>
    protected virtual bool OwnByTask => false;

    public override IReadOnlyList<string> Project(VariantFile file, MethodModel model) =>
    [
        $"Penalty.Step(Network.HeadShared, {Field}.Components[0], learningRate);",
        .. OwnByTask ? StepByTask(file.Tasks, "Network.HeadOwn", $"{Field}.Components[1]") : [$"Penalty.Step(Network.HeadOwn, {Field}.Components[1], learningRate);"],
    ];
}

internal sealed class Dirty() : Decomposed(WellKnownNames.Dirty)
{
    protected override MethodModel Read(AttributeReader attribute) =>
        Model("Dirty", [Hyper(attribute, "shared", "λ of Σ_i ‖p_i‖_∞.", "DirtyShared"), Hyper(attribute, "own", "μ of ‖Q‖₁.", "DirtyOwn")]);

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model) => [("λ Σ_i ‖p_i‖_∞ + μ‖Q‖₁, W = P + Q", null)];

    public override string Decomposition(MethodModel model) => $"new {Space}Dirty(hyper.DirtyShared, hyper.DirtyOwn)";
}

internal sealed class SparseLowRank() : Decomposed(WellKnownNames.SparseLowRank)
{
    protected override MethodModel Read(AttributeReader attribute) =>
        Model("SparseLowRank", [Hyper(attribute, "lowRank", "λ of ‖P‖_*.", "LowRank"), Hyper(attribute, "sparse", "μ of ‖Q‖₁.", "Sparse")]);

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model) => [("λ‖P‖_* + μ‖Q‖₁, W = P + Q", null)];

    public override string Decomposition(MethodModel model) => $"new {Space}SparseLowRank(hyper.LowRank, hyper.Sparse)";
}

internal sealed class RobustTasks() : Decomposed(WellKnownNames.RobustTasks)
{
    protected override MethodModel Read(AttributeReader attribute) =>
        Model("RobustTasks", [Hyper(attribute, "lowRank", "λ of ‖P‖_*.", "LowRank"), Hyper(attribute, "outliers", "μ of Σ_t ‖q_t‖₂.", "Outliers")]);

    public override IReadOnlyList<(string Formula, string? Code)> Terms(VariantFile file, MethodModel model) => [("λ‖P‖_* + μ Σ_t ‖q_t‖₂, W = P + Q", null)];

    protected override bool OwnByTask => true;

    public override string Decomposition(MethodModel model) => $"{Space}RobustTasks.LowRank(hyper.LowRank, hyper.Outliers)";
}
