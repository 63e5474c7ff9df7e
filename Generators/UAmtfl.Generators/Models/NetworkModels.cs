using UAmtfl.Generators.Layers;

namespace UAmtfl.Generators.Models;

/// <summary>A trunk.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">The layers; empty for a hand-written module.</param>
/// <param name="HandWritten">The hand-written module's type, with global::, or null.</param>
/// <param name="Features">The size of its output.</param>
internal sealed record TrunkModel(string Name, EquatableArray<int> Input, EquatableArray<Layer> Layers, string? HandWritten, int Features)
{
    /// <summary>True if T trunks of this kind can differ, because they have parameters.</summary>
    public bool HasParameters => HandWritten is not null || Layers.Any(l => l.Kind.HasParameters);

    /// <summary>True if one backward pass can take the gradients of all tasks.</summary>
    public bool BatchesTaskGradients => HandWritten is null && HasParameters && Layers.All(l => l.BatchesTaskGradients);

    /// <summary>What can be computed once for a whole data set, by the first layer; null for nothing.</summary>
    public PreparedCode? Prepared => Layers.Count > 0 ? Layers[0].Prepared : null;
}
