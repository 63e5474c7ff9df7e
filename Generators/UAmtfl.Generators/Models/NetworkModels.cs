using UAmtfl.Generators.Layers;

namespace UAmtfl.Generators.Models;

/// <summary>The model of a trunk.</summary>
/// <param name="Name">The name of the trunk's class.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">The layers; empty for a hand-written module.</param>
/// <param name="HandWritten">The hand-written module's type, with global::, or null.</param>
/// <param name="Features">The number of features that the trunk computes.</param>
internal sealed record TrunkModel(string Name, EquatableArray<int> Input, EquatableArray<Layer> Layers, string? HandWritten, int Features)
{
    /// <summary>True if the trunk has parameters, so that a copy for each task would differ from the others.</summary>
    public bool HasParameters => HandWritten is not null || Layers.Any(l => l.Kind.HasParameters);

    /// <summary>True if one backward pass can take the gradients of all tasks.</summary>
    public bool BatchesTaskGradients => HandWritten is null && HasParameters && Layers.All(l => l.BatchesTaskGradients);

    /// <summary>The code that the first layer computes once for a whole data set; null if there is none.</summary>
    public PreparedCode? Prepared => Layers.Count > 0 ? Layers[0].Prepared : null;
}
