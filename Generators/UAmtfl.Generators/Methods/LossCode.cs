using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods;

/// <summary>Writes the code and the formulas of the tasks' losses, with one call for all tasks of a group.</summary>
internal static class LossCode
{
    /// <summary>The code of all outputs.</summary>
    public const string Values = "outputs.Values";

    /// <summary>Returns the code of a group's loss, plus the floor δ_t if the variant transfers between tasks.</summary>
    public static Code WithFloor(VariantFile file, TaskGroup group, Code loss) => MethodCatalogue.Transfer(file) is null ? loss
        : file.Tasks.Groups.Count == 1 ? loss + Present(file.Tasks, "floor")
        : loss + Cut(file.Tasks, group, "floors");

    /// <summary>Returns the statement that computes the floors δ_t before the losses of several groups, or nothing if there is
    /// none.</summary>
    public static IReadOnlyList<(string Code, string Comment)> Floors(VariantFile file) =>
        MethodCatalogue.Transfer(file) is not null && file.Tasks.Groups.Count > 1
        ? [($"Tensor floors = {Present(file.Tasks, "floor")};", $"δ_t, 0 for a task without a label in the batch  [{file.Tasks.Count}]")]
        : [];

    /// <summary>Returns the code of a vector [T] with 0 for each task without a label in the batch.</summary>
    public static string Present(TaskSetModel tasks, string values) =>
        tasks.PerTask ? $"Loss.OwnPresent({values}, targets.Labels, rowWeights)" : $"Loss.Present({values}, targets.Labels)";

    /// <summary>Returns the formula of a loss, plus δ_t if the variant transfers between tasks.</summary>
    public static string WithFloor(VariantFile file, string formula) =>
        MethodCatalogue.Transfer(file) is not null ? $"({formula} + δ_t)" : formula;

    /// <summary>Returns the code of a group's loss for the code of its outputs, [N, group] or [N, group, classes].</summary>
    public static string Of(TaskSetModel tasks, TaskGroup group, string outputs)
    {
        var name = group.Loss.Method;
        var arguments = (group.Loss.Weighted ? Weights(tasks, group) : "")
            + (group.Loss.Type is { } type ? $", loss: {Field(tasks, type)}" : "") + group.Loss.Arguments;
        if (tasks.PerTask)
        {
            var first = group.FirstTask > 0 ? $", first: {group.FirstTask}" : "";
            return $"Loss.Own{name}({outputs}, targets.Labels, rowWeights{arguments}{first})";
        }

        var labels = tasks.Groups.Count == 1 ? "targets.Labels" : $"targets.Labels.Tasks({group.FirstTask}, {group.Count})";
        return $"Loss.{name}({outputs}, {labels}{arguments})";
    }

    /// <summary>Returns the objects of the user's own losses, each with a name, a type, an expression and a comment.</summary>
    public static IEnumerable<(string Name, string Type, string Code, string Comment)> Own(TaskSetModel tasks) => OwnTypes(tasks)
        .Select(type => (Field(tasks, type), type, "new()", $"the loss {type.Split('.').Last()} of the tasks that name it"));

    /// <summary>Returns the constant tensors that the losses need, each with a name, an expression in <c>counts</c> and a
    /// comment.</summary>
    public static IEnumerable<(string Name, string Code, string Comment)> Constants(TaskSetModel tasks)
    {
        static string Vector(IEnumerable<double> values) => "global::TorchSharp.torch.tensor(new double[] { "
            + $"{string.Join(", ", values.Select(ExperimentWriter.Number))} }}, dtype: counts.dtype, device: counts.device)";

        string Computed(TaskKind kind) =>
            tasks.Groups.Any(g => g.Loss.Balanced && g.Kind == kind) ? ", computed for Balanced tasks" : "";

        static IEnumerable<double> Of(TaskModel task, int count) =>
            task.Weights.Count == count ? task.Weights : Enumerable.Repeat(1.0, count);

        if (tasks.Groups.Any(g => g.Loss.Weighted && g.Kind == TaskKind.Binary))
        {
            yield return (
                "positiveWeights",
                Vector(tasks.Tasks.SelectMany(t => Of(t, 1))),
                $"w_t, what a row with label 1 counts{Computed(TaskKind.Binary)}  [{tasks.Count}]");
        }

        if (tasks.Groups.Any(g => g.Loss.Weighted && g.Kind == TaskKind.Classification))
        {
            yield return (
                "classWeights",
                Vector(tasks.Tasks.SelectMany(t => Of(t, t.Outputs))),
                $"w_t, what a row of each class counts, 1 for outputs without classes{Computed(TaskKind.Classification)}  "
                    + $"[{tasks.Columns}]");
        }
    }

    /// <summary>Returns the statements that compute weights from <c>labels</c>, all labels of the training set.</summary>
    public static IEnumerable<string> FromLabels(TaskSetModel tasks) => tasks.Groups.Where(g => g.Loss.Balanced).Select(g =>
    {
        var tasksOfGroup = $"labels, first: {g.FirstTask}, count: {g.Count}";
        return "global::UAmtfl.Losses.BalancedWeights." + (g.Kind == TaskKind.Binary
            ? $"Binary(positiveWeights, {tasksOfGroup});"
            : $"Classes(classWeights, {tasksOfGroup}, column: {g.FirstColumn}, classes: {g.Outputs});");
    });

    private static List<string> OwnTypes(TaskSetModel tasks) =>
        tasks.Groups.Select(g => g.Loss.Type).OfType<string>().Distinct().ToList();

    /// <summary>Returns the name of the field with the object of a user's own loss.</summary>
    private static string Field(TaskSetModel tasks, string type) =>
        OwnTypes(tasks) is { Count: > 1 } types ? $"ownLoss{types.IndexOf(type) + 1}" : "ownLoss";

    /// <summary>Returns the argument with the weights of a group's labels: [group] of label 1, or [group, classes].</summary>
    private static string Weights(TaskSetModel tasks, TaskGroup group)
    {
        if (group.Kind == TaskKind.Binary)
        {
            return $", positive: {Cut(tasks, group, "positiveWeights")}";
        }

        var columns = tasks.Groups.Count == 1 ? "classWeights" : $"classWeights.narrow(0, {group.FirstColumn}, {group.Columns})";
        return $", weights: {columns}.view({group.Count}, {group.Outputs})";
    }

    /// <summary>Returns the code of a group's outputs, [N, group] or [N, group, classes].</summary>
    public static string Outputs(TaskSetModel tasks, TaskGroup group)
    {
        var columns = Columns(tasks, group);
        return group.Kind == TaskKind.Classification ? $"{columns}.unflatten(1, {group.Count}, {group.Outputs})" : columns;
    }

    /// <summary>Returns the code of the outputs [N, M] from which predictions are computed, an expression in <c>outputs</c>.</summary>
    public static string Predict(VariantFile file)
    {
        var (weighting, groups) = (MethodCatalogue.Weighting(file), file.Tasks.Groups);
        if (groups.All(g => !g.Loss.Rates && weighting.Predict(file, g) is null))
        {
            return Values;
        }

        string Part(TaskGroup group) =>
            (weighting.Predict(file, group) ?? Columns(file.Tasks, group)) + (group.Loss.Rates ? ".exp()" : "");
        var parts = groups.Select(Part).ToList();
        return parts.Count == 1 ? parts[0] : $"global::TorchSharp.torch.cat([{string.Join(", ", parts)}], 1)";
    }

    /// <summary>Returns the expression that adds <see cref="Predict"/> to <c>graph</c>, the graph of an exported model.</summary>
    /// <param name="file">The variant.</param>
    /// <param name="outputs">The expression that adds the heads and returns the name of their outputs.</param>
    public static string Export(VariantFile file, string outputs)
    {
        var exported = MethodCatalogue.Weighting(file).Export(file, outputs);
        return file.Tasks.Tasks.Any(t => t.Loss.Rates) ? $"global::UAmtfl.Trunks.OnnxHeads.Rates(graph, {exported}, tasks)" : exported;
    }

    /// <summary>Returns the code of the part of a vector [T] that belongs to the tasks of a group.</summary>
    public static string Cut(TaskSetModel tasks, TaskGroup group, string vector) =>
        tasks.Groups.Count == 1 ? vector : $"{vector}.narrow(0, {group.FirstTask}, {group.Count})";

    private static string Columns(TaskSetModel tasks, TaskGroup group) =>
        tasks.Groups.Count == 1 ? Values : $"{Values}.narrow(1, {group.FirstColumn}, {group.Columns})";

    /// <summary>Returns the formula of a task's loss, or ℓ_t if groups of tasks have different losses.</summary>
    public static string Formula(TaskSetModel tasks, string outputs = "o_t") => tasks.Groups.Count > 1
        ? "ℓ_t"
        : FormulaOf(tasks.Groups[0], outputs);

    /// <summary>Returns the formula of the loss of a group's tasks, such as <c>BCE(o_t, y_t)</c>.</summary>
    public static string FormulaOf(TaskGroup group, string outputs) => $"{group.Loss.Symbol}({outputs}, y_t)";
}
