using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>A layer with its position in the code of a trunk.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Module">The property that holds the module of the layer: <c>Conv1</c>, <c>Conv2</c>, <c>Linear1</c>; empty if it has
/// none.</param>
/// <param name="IsPrepared">True for the first layer if it computes something once for the whole data set. A later layer can have equal
/// arguments, and is not prepared.</param>
internal sealed record PlacedLayer(Layer Layer, string Module, bool IsPrepared)
{
    /// <summary>The path under which the module is registered in the trunk; empty if the layer has none.</summary>
    public string Path => Module.Length == 0 ? "" : Layer.Name ?? Module;

    /// <summary>The statement that applies the layer to <c>h</c>.</summary>
    public string Apply => $"h = {(IsPrepared ? Layer.ApplyPrepared(Module) : Layer.Apply(Module))};";

    /// <summary>Returns the statement that applies C copies of the layer side by side to <c>h</c>.</summary>
    /// <param name="shared">True if <c>h</c> is still the same for all copies.</param>
    public string ApplyStacked(bool shared) =>
        $"h = {(IsPrepared ? Layer.ApplyPreparedStacked(Module) : Layer.ApplyStacked(Module, shared))};";

    /// <summary>Returns the layers of a trunk in their order, with the names of their modules.</summary>
    public static IReadOnlyList<PlacedLayer> Of(TrunkModel trunk)
    {
        var counts = new Dictionary<string, int>();
        return [.. trunk.Layers.Select((layer, i) => new PlacedLayer(layer, Name(layer, counts), i == 0 && trunk.Prepared is not null))];
    }

    private static string Name(Layer layer, Dictionary<string, int> counts)
    {
        if (layer.Kind.Module is not { } module)
        {
            return "";
        }

        counts[module] = counts.TryGetValue(module, out var n) ? n + 1 : 1;
        return $"{module}{counts[module]}";
    }
}
