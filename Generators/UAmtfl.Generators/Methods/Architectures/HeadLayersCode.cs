using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>Writes the layers that each task's head has before its linear output, whatever the architecture of the trunk is.</summary>
internal static class HeadLayersCode
{
    /// <summary>The name of the class inside that of the trunk, and of the property of the network, if all heads have the same layers;
    /// with a number for each of several groups.</summary>
    public const string Name = "HeadLayers";

    /// <summary>The name of the field that knows the tasks of each group.</summary>
    public const string Tasks = "HeadTasks";

    /// <summary>The type of that field.</summary>
    public const string GroupsType = "global::UAmtfl.Trunks.HeadGroups";

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

        var rest = Enumerable.Range(0, file.Tasks.Count).Where(t => !groups.Any(g => g.Tasks.Contains(t))).ToList();
        return [.. groups.Select(g => (IReadOnlyList<int>)[.. g.Tasks]), .. rest.Count == 0 ? Array.Empty<IReadOnlyList<int>>() : [rest]];
    }

    /// <summary>Returns the statement that follows those which compute the features; none if the heads are linear.</summary>
    public static IEnumerable<(string Code, string Comment)> Statements(VariantFile file)
    {
        if (file.Trunk.Heads.Count == 0)
        {
            return [];
        }

        var groups = Groups(file);
        var code = groups.Count == 0 ? $"{Name}.Features(features)"
            : $"{Tasks}.Join({string.Join(", ", groups.Select((_, i) => Of(i)))})";
        return [($"features = {code};", $"each task's own layers  [{file.Tasks.Count}, N, {file.Trunk.HeadFeatures}]")];

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
}
