using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture whose network is a tree of branches, which a search changes between epochs. It has room for one branch a
/// task in each stretch, and computes those that the tree has.</summary>
internal abstract class BranchingMethod(string attribute) : StretchedMethod(attribute)
{
    /// <summary>The property of the network that holds the tree.</summary>
    protected const string Tree = "Tree";

    public override string CopiedFor => "branches";

    /// <summary>True if the network begins with one branch in each stretch; false if it has one for each task until the tree is
    /// decided.</summary>
    protected abstract bool BeginsShared { get; }

    public override IReadOnlyList<PieceUse> Pieces(MethodModel? model, TrunkModel trunk) =>
        WithCommon(trunk, Stretches(trunk).Select(s => new PieceUse(s, PieceForm.OwnStack)));

    public override IReadOnlyList<PartCode> Parts(VariantFile file)
    {
        var tasks = file.Tasks.Count;
        List<PartCode> parts =
        [
            .. Stretches(file.Trunk).Select((stretch, i) => Copies(
                file, Branches(i), stretch, PieceForm.OwnStack, tasks, Owners.AllTasks, $"room for {tasks} branches")),
        ];
        if (Common(file) is { } common)
        {
            parts.Insert(0, common);
        }

        const string type = "global::UAmtfl.Trunks.BranchTree";
        var names = string.Join(", ", Stretches(file.Trunk).Select((_, i) => Branches(i)));
        parts.Add(
            new(
                Tree, type, $"new {type}({tasks}, decided: {(BeginsShared ? "true" : "false")}, {names})",
                "the branch of each task in each stretch", Owners.AllTasks)
            {
                IsStructure = true,
            });
        parts.AddRange(Choices(file));
        return parts;
    }

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file)
    {
        var statements = new List<(string, string)>
        {
            (
                $"Tensor h = {(file.Trunk.Common == 0 ? "prepared" : "Trunk.Features(prepared)")};",
                file.Trunk.Common == 0 ? "" : Text(file.Trunk.Of(CommonPiece(file.Trunk)).Output, 0)),
        };
        foreach (var (stretch, i) in Stretches(file.Trunk).Select((s, i) => (s, i)))
        {
            var output = file.Trunk.Of(stretch).Output;
            var shape = output.Count == 1 ? $"[B, N, {output[0]}]" : $"[N, B·{Arguments(output)}]";
            statements.Add(($"h = {Branches(i)}.Features({Into(i)});", $"for B branches  {shape}"));
        }

        statements.Add(($"Tensor features = {ToTasks(file.Trunk)};", $"[{file.Tasks.Count}, N, {file.Trunk.Features}]"));
        return statements;
    }

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file)
    {
        var statements = new List<string> { $"string h = {(file.Trunk.Common == 0 ? "inputs" : "Trunk.Export(graph, inputs)")};" };
        foreach (var (stretch, i) in Stretches(file.Trunk).Select((s, i) => (s, i)))
        {
            statements.Add($"h = {Branches(i)}.Export(graph, {IntoInGraph(i, Arguments(file.Trunk.Of(stretch).Input))});");
        }

        return (statements, ToTasksInGraph(file.Trunk));
    }

    /// <summary>Returns the stretches, which take the inputs themselves if all of the network can branch.</summary>
    protected static IReadOnlyList<Piece> Stretches(TrunkModel trunk) => [.. trunk.Stretches.Select(s => s with { Raw = true })];

    /// <summary>Returns the property of the network that holds the branches of a stretch.</summary>
    protected static string Branches(int stretch) => $"Branches{stretch + 1}";

    /// <summary>Returns the modules that choose branches while the tree is not decided.</summary>
    protected virtual IEnumerable<PartCode> Choices(VariantFile file) => [];

    /// <summary>Returns the expression that gives the branches of a stretch what they take of <c>h</c>.</summary>
    protected virtual string Into(int stretch) => $"{Tree}.Into({stretch}, h)";

    /// <summary>Returns the expression that gives each task its features of <c>h</c>.</summary>
    protected virtual string ToTasks(TrunkModel trunk) => $"{Tree}.ToTasks(h)";

    /// <summary>Returns the expression that adds <see cref="Into"/> to an exported model.</summary>
    protected virtual string IntoInGraph(int stretch, string shape) => $"{Tree}.Into(graph, {stretch}, h, {shape})";

    /// <summary>Returns the expression that adds <see cref="ToTasks"/> to an exported model.</summary>
    protected virtual string ToTasksInGraph(TrunkModel trunk) => $"{Tree}.ToTasks(graph, h, {trunk.Features})";
}
