namespace UAmtfl.Generators.Models;

/// <summary>A trunk.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">The layers; empty for a hand-written module.</param>
/// <param name="HandWritten">The hand-written module's type, with global::, or null.</param>
/// <param name="Features">The size of its output.</param>
internal sealed record TrunkModel(string Name, EquatableArray<int> Input, EquatableArray<LayerModel> Layers, string? HandWritten, int Features)
{
    /// <summary>True if T networks of this kind differ: whether it has parameters.</summary>
    public bool HasParameters => HandWritten is not null || Layers.Any(l => Generators.Layers.LayerCatalogue.Of(l).HasParameters);

    /// <summary>True if one backward pass can take the gradients of all tasks.</summary>
    public bool BatchesTaskGradients => HandWritten is null && HasParameters && Layers.All(l => Generators.Layers.LayerCatalogue.Of(l).BatchesTaskGradients(l));

    /// <summary>True if the first layer is a convolution, whose patches can be cut once for a whole data set.</summary>
    public bool CutsPatches => Layers.Count > 0 && Layers[0].Kind == "Conv2d";
}

/// <summary>A layer with its shapes, without the batch dimension.</summary>
/// <param name="Kind">The attribute's name without suffix.</param>
/// <param name="Arguments">The attribute's values, in the order that the layer's reader gives them.</param>
/// <param name="Input">The shape that comes in.</param>
/// <param name="Output">The shape that goes out.</param>
internal sealed record LayerModel(string Kind, EquatableArray<double> Arguments, EquatableArray<int> Input, EquatableArray<int> Output);
