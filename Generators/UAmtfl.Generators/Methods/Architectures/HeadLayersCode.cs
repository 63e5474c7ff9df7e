using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>Writes the layers that each task's head has before its linear output, whatever the architecture of the trunk is.</summary>
internal static class HeadLayersCode
{
    /// <summary>The name of the class inside that of the trunk, and of the property of the network, if all heads have the same layers;
    /// with a number for each of several groups.</summary>
    public const string Name = "HeadLayers";

    /// <summary>The name of the property that knows the tasks of each group.</summary>
    public const string Tasks = "HeadTasks";

    /// <summary>Returns the modules of these layers, one copy for each task of a group; none if the heads are linear.</summary>
    public static IEnumerable<PartCode> Parts(VariantFile file)
    {
        foreach (var group in file.Trunk.Heads)
        {
            var (tasks, form) = (group.Count(file.Tasks.Count), file.TrunkPerTask ? PieceForm.OwnStack : PieceForm.Stack);
            var type = $"{NetworkWriter.TrunkType(file)}.{group.Name}.{form}";
            var from = file.TrunkPerTask ? $"[{tasks}, N, {file.Trunk.Features}]" : $"[N, {file.Trunk.Features}]";
            var of = group.Tasks.Count == 0 ? "one a task" : $"one for each of {group.Words(file.Tasks)}";
            yield return new(
                group.Name, type, $"new {type}({tasks}, dtype, device)", $"{of}, batched: {from} → [{tasks}, N, {group.Features}]",
                Owners.OneTask)
            {
                OfHeads = true,
            };
        }
    }

    /// <summary>Returns the tasks of each group, those with linear heads last; empty if all heads have the same layers.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Groups(VariantFile file)
    {
        var groups = file.Trunk.Heads;
        if (groups.Count == 0 || groups[0].Tasks.Count == 0)
        {
            return [];
        }

        var linear = file.Trunk.LinearHeads;
        var rest = linear.Count == 0 ? Array.Empty<IReadOnlyList<int>>() : [linear];
        return [.. groups.Select(g => (IReadOnlyList<int>)[.. g.Tasks]), .. rest];
    }

    /// <summary>Returns the property of the network that knows which tasks are in each group; null if all heads have the same
    /// layers.</summary>
    public static string? Member(VariantFile file)
    {
        var groups = Groups(file);
        var (widths, counts) = (List(groups.Select((_, i) => Width(file, i))), List(file.Tasks.Tasks.Select(t => t.Outputs)));
        var uneven = file.Trunk.HeadsDiffer ? $" {{ Widths = {widths}, OutputCounts = {counts} }}" : "";
        var lists = string.Join(", ", groups.Select(List));
        return groups.Count == 0 ? null
            : $"public override global::UAmtfl.Trunks.HeadGroups {Tasks} {{ get; }} = new({lists}){uneven};"
                + $"   // {string.Join("; ", groups.Select(tasks => Names(file, tasks)))}";
    }

    /// <summary>Returns the parts of W, of which each has the outputs of a group and as many features as its heads end in.</summary>
    public static IEnumerable<ParameterCode> Weights(VariantFile file) => Groups(file).Select((tasks, i) => new ParameterCode(
        $"{HeadCode.Weight}{i + 1}", $"W of {Names(file, tasks)}, one row an output",
        $"{tasks.Sum(t => file.Tasks.Tasks[t].Outputs)}, {Width(file, i)}", Random: true));

    /// <summary>Returns the expression of W, which joins its parts.</summary>
    public static string Whole(VariantFile file) => $"{Tasks}.Weights({Weights(file).Names()})";

    /// <summary>Returns the expression of the outputs without their biases. A pass that is cut at the features takes the parts of the
    /// features that it is given; another the parts themselves, so that no gradient goes through the zeros between them.</summary>
    public static string Products(VariantFile file) =>
        $"{Tasks}.Products({(file.CutsAtHeads ? $"{Tasks}.Parts(features)" : "parts")}, {Weights(file).Names()})";

    /// <summary>Returns the expression of the features of all tasks, after the statements.</summary>
    public static string Features(VariantFile file) =>
        file.Trunk.HeadsDiffer && !file.CutsAtHeads ? $"{Tasks}.Join(parts)" : "features";

    /// <summary>Returns the statement that follows those which compute the features; none if the heads are linear.</summary>
    public static IEnumerable<(string Code, string Comment)> Statements(VariantFile file)
    {
        if (file.Trunk.Heads.Count == 0)
        {
            return [];
        }

        var groups = Groups(file);
        var parts = string.Join(", ", groups.Select((_, i) => Of(i)));
        if (file.Trunk.HeadsDiffer && !file.CutsAtHeads)
        {
            var shapes = string.Join(", ", groups.Select((tasks, i) => $"[{tasks.Count}, N, {Width(file, i)}]"));
            return [($"Tensor[] parts = [{parts}];", $"each task's own layers  {shapes}")];
        }

        var code = groups.Count == 0 ? $"{Name}.Features(features)" : $"{Tasks}.Join({parts})";
        var fewer = file.Trunk.HeadsDiffer ? ", and 0 after its features" : "";
        return [($"features = {code};", $"each task's own layers{fewer}  [{file.Tasks.Count}, N, {file.Trunk.HeadFeatures}]")];

        string Of(int group)
        {
            var own = file.TrunkPerTask ? $"{Tasks}.Of(features, {group})" : "features";
            return group < file.Trunk.Heads.Count ? $"{file.Trunk.Heads[group].Name}.Features({own})"
                : file.TrunkPerTask ? own
                : $"features.expand({groups[group].Count}, -1, -1)";
        }
    }

    /// <summary>Returns the expression for the name of what the linear outputs take in the graph of an exported model.</summary>
    /// <param name="file">The variant.</param>
    /// <param name="features">The expression for the name of the features, a variable if there are several groups.</param>
    public static string Export(VariantFile file, string features)
    {
        var groups = Groups(file);
        return file.Trunk.Heads.Count == 0 ? features
            : groups.Count == 0 ? $"{Name}.Export(graph, {features})"
            : $"{Tasks}.Join(graph, {string.Join(", ", groups.Select((tasks, i) => Of(i, tasks.Count)))})";

        string Of(int group, int tasks)
        {
            var own = file.TrunkPerTask ? $"{Tasks}.Of(graph, {features}, {group})" : features;
            return group < file.Trunk.Heads.Count ? $"{file.Trunk.Heads[group].Name}.Export(graph, {own})"
                : file.TrunkPerTask ? own
                : $"global::UAmtfl.Trunks.Stack.Spread(graph, {features}, {tasks}, images: false)";
        }
    }

    private static int Width(VariantFile file, int group) =>
        group < file.Trunk.Heads.Count ? file.Trunk.Heads[group].Features : file.Trunk.Features;

    private static string Names(VariantFile file, IEnumerable<int> tasks) =>
        string.Join(", ", tasks.Select(t => file.Tasks.Tasks[t].Name));

    private static string Names(this IEnumerable<ParameterCode> parameters) => string.Join(", ", parameters.Select(p => p.Name));

    private static string List(IEnumerable<int> numbers) => $"[{string.Join(", ", numbers)}]";
}
