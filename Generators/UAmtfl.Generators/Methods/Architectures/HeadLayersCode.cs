using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>Writes the layers that each task's head has before its linear output, whatever the architecture of the trunk is.</summary>
internal static class HeadLayersCode
{
    /// <summary>The name of the class inside that of the trunk, and of the property of the network.</summary>
    public const string Name = "HeadLayers";

    /// <summary>Returns the module of these layers, one copy for each task; null if the heads are linear.</summary>
    public static PartCode? Part(VariantFile file)
    {
        if (file.Trunk.HeadLayers.Count == 0)
        {
            return null;
        }

        var (tasks, type) = (file.Tasks.Count, $"{NetworkWriter.TrunkType(file)}.{Name}.{Form(file)}");
        var from = file.TrunkPerTask ? $"[{tasks}, N, {file.Trunk.Features}]" : $"[N, {file.Trunk.Features}]";
        return new(
            Name, type, $"new {type}({tasks}, dtype, device)",
            $"one a task, batched: {from} → [{tasks}, N, {file.Trunk.HeadFeatures}]", Owners.OneTask)
        {
            OfHeads = true,
        };
    }

    /// <summary>Returns the statement that follows those which compute the features.</summary>
    public static (string Code, string Comment) Statement(VariantFile file) =>
        ($"features = {Name}.Features(features);", $"each task's own layers  [{file.Tasks.Count}, N, {file.Trunk.HeadFeatures}]");

    private static PieceForm Form(VariantFile file) => file.TrunkPerTask ? PieceForm.OwnStack : PieceForm.Stack;
}
