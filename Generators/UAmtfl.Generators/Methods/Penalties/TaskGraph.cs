using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The shapes of a graph of tasks, named as in <c>UAmtfl.GraphShape</c>.</summary>
internal enum GraphShape
{
    Mean,
    Chain,
}

/// <summary>The penalty ρ‖WR‖² on the squared differences between the heads of neighbouring tasks in a graph.</summary>
/// <param name="Strength">The strength ρ.</param>
/// <param name="Shape">The shape of the graph.</param>
internal sealed record TaskGraph(HyperModel Strength, GraphShape Shape) : HeadPenalty("TaskGraph", [Strength])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) =>
        [new("ρ‖WR‖²", Code.Call("Penalty.Graph", ByTask(file.Tasks, "Network.HeadWeight"), Code.Hyper(Strength.Name), FieldName))];

    public override FieldCode Field(TaskSetModel tasks) => new(FieldName, "Tensor", $"{Graph(tasks)}.to(counts.dtype, counts.device)");

    public override Code Smooth(TaskSetModel tasks) => Code.Call($"new {Space}GraphSmoothness", Code.Hyper(Strength.Name), Graph(tasks));

    /// <summary>Returns the code of the matrix R. A chain follows the order of the declaration, even if the network has the tasks in
    /// another order.</summary>
    private string Graph(TaskSetModel tasks)
    {
        var declared = Enumerable.Range(0, tasks.Count).OrderBy(t => tasks.Tasks[t].LabelColumn).ToList();
        var inOrder = Shape == GraphShape.Mean || declared.SequenceEqual(Enumerable.Range(0, tasks.Count));
        return $"{Space}TaskGraph.{Shape}({(inOrder ? $"{tasks.Count}" : $"[{string.Join(", ", declared)}]")})";
    }
}

/// <summary>Reads <c>[TaskGraph]</c> into a penalty.</summary>
internal sealed class TaskGraphReader() : HeadPenaltyReader("TaskGraph", comparesTasks: true)
{
    protected override Penalty Read(AttributeReader attribute) => new TaskGraph(
        Hyper(attribute, "strength", "ρ of the squared differences along the graph.", "TaskGraph"),
        attribute.Choice<GraphShape>("Shape") ?? GraphShape.Mean);
}
