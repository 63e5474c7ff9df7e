using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>A penalty on the heads of all tasks together. If it is not smooth, it is a field of the variant, and the heads take its
/// proximal step.</summary>
/// <param name="Kind">The name of the attribute without suffix, which is also the label of the penalty.</param>
/// <param name="Hypers">The hyper-parameters.</param>
internal abstract record HeadPenalty(string Kind, EquatableArray<HyperModel> Hypers) : Penalty(Kind, Kind, Hypers)
{
    protected const string Space = "global::UAmtfl.Penalties.";

    public override bool StepsHeads => Proximal is not null || Decomposes;

    public override string Instead => "after each step of the optimiser the heads take its proximal step";

    public override FieldCode? Field(TaskSetModel tasks) =>
        Proximal is { } create ? new(FieldName, $"{Space}ProximalPenalty", create)
        : Decomposition is { } pair ? new(FieldName, $"{Space}StructuredPenalty", pair)
        : null;

    public override IReadOnlyList<Code> Project(VariantFile file) => Proximal is null ? [] : [Step("Network.HeadWeight", FieldName)];

    /// <summary>The name of the field that holds the penalty: <c>groupLasso</c>.</summary>
    protected string FieldName => char.ToLowerInvariant(Kind[0]) + Kind.Substring(1);

    /// <summary>Returns the code of the heads with all outputs of a task in one row, [T, K·k]. All tasks must have equally many
    /// outputs.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="heads">The code of the weights W [M, k].</param>
    protected static string ByTask(TaskSetModel tasks, string heads) => tasks.SingleOutputs ? heads : $"{heads}.view({tasks.Count}, -1)";

    /// <summary>Returns the statement that applies the proximal step of a penalty.</summary>
    /// <param name="heads">The code of the matrix that takes the step.</param>
    /// <param name="penalty">The code of the penalty.</param>
    protected static Code Step(string heads, string penalty) => Code.Call("Penalty.Step", heads, penalty, "headRate").Statement;

    /// <summary>Returns the statements that apply the proximal step of a penalty with a term for each task, on rows with all outputs of a
    /// task. There is one statement, or one for each group if tasks have different numbers of outputs.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="heads">The code of the matrix [M, k] that takes the step.</param>
    /// <param name="penalty">The code of the penalty.</param>
    protected static IEnumerable<Code> StepByTask(TaskSetModel tasks, string heads, string penalty) => tasks.EquallyManyOutputs
        ? [Step(ByTask(tasks, heads), penalty)]
        : tasks.Groups.Select(g => Step($"{heads}.narrow(0, {g.FirstColumn}, {g.Columns}).view({g.Count}, -1)", penalty));
}

/// <summary>A penalty of two components on heads that are the sum of two matrices, W = P + Q.</summary>
/// <param name="Kind">The name of the attribute without suffix.</param>
/// <param name="Hypers">The hyper-parameters.</param>
internal abstract record DecomposedPenalty(string Kind, EquatableArray<HyperModel> Hypers) : HeadPenalty(Kind, Hypers)
{
    public override bool Decomposes => true;

    /// <summary>True if the penalty of Q has a term for each task.</summary>
    protected virtual bool OwnByTask => false;

    public override IReadOnlyList<Code> Project(VariantFile file)
    {
        var (shared, own) = ($"{FieldName}.Components[0]", $"{FieldName}.Components[1]");
        return
        [
            Step("Network.HeadShared", shared),
            .. OwnByTask ? StepByTask(file.Tasks, "Network.HeadOwn", own) : [Step("Network.HeadOwn", own)],
        ];
    }
}

/// <summary>Reads the attribute of a penalty on the heads of all tasks together, for which the tasks must share features.</summary>
/// <param name="name">The name of the attribute without suffix.</param>
/// <param name="comparesTasks">True if the penalty takes differences between the heads of tasks, which then need equally many
/// outputs.</param>
internal abstract class HeadPenaltyReader(string name, bool comparesTasks = false) : PenaltyReader(name)
{
    public override Penalty? Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks)
    {
        if (scheme.Representation != Representation.Shared)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.Location, $"[{Kind}]",
                $"[{scheme.Name}] has no shared features, so that its heads have nothing in common; use it with one that shares them");
            return null;
        }

        if (!comparesTasks || tasks.EquallyManyOutputs)
        {
            return Read(attribute);
        }

        var (first, other) = (tasks.Tasks[0], tasks.Tasks.First(t => t.Outputs != tasks.Tasks[0].Outputs));
        attribute.Context.Report(Rules.MethodNeedsTasks, attribute.Location, Kind, other.Name,
            $"a classification into {other.Outputs} classes",
            $"it compares the heads of tasks with each other, and that of '{first.Name}' has {Count(first.Outputs)}; "
            + "use it where all tasks have equally many outputs");
        return null;
    }

    /// <summary>Returns the penalty that the attribute declares.</summary>
    protected abstract Penalty Read(AttributeReader attribute);

    private static string Count(int outputs) => outputs == 1 ? "one output" : $"{outputs} outputs";
}
