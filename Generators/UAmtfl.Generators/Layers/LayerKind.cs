using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Layers;

/// <summary>The facts about a kind of layer that hold for any of its arguments.</summary>
/// <param name="Name">The name of the attribute without suffix: <c>Conv2d</c>.</param>
/// <param name="Module">The first part of the name of the property that holds the module, <c>Conv</c>, before the number of the layer in
/// the trunk; null if the layer has no module.</param>
/// <param name="HasParameters">True if the layer has parameters or statistics, so that copies side by side give different values.</param>
/// <param name="MixesSamples">True if the output for a sample depends on the other samples of the batch.</param>
/// <param name="EndsStretch">Where a stretch of a network without marks ends: after the layer, whatever comes in; or only if rows of
/// features come in; or not.</param>
/// <param name="Augments">True if the layer changes the inputs at random in training, so that it stands before all others and tasks see
/// the same.</param>
/// <param name="TakesIndices">True if the inputs are whole numbers, as only those of the first layer of a trunk can be.</param>
internal sealed record LayerKind(
    string Name, string? Module = null, bool HasParameters = false, bool MixesSamples = false, StretchEnd EndsStretch = StretchEnd.No,
    bool Augments = false, bool TakesIndices = false)
{
    /// <summary>The metadata name of the attribute: <c>UAmtfl.Layers.Conv2dAttribute</c>.</summary>
    public string Attribute => WellKnownNames.Layer(Name);
}

/// <summary>The layers after which a stretch of a network ends, if the network has no marks (Misra et al. 2016: after pooling and after
/// fully connected layers with their activations).</summary>
internal enum StretchEnd
{
    /// <summary>No stretch ends after the layer.</summary>
    No,

    /// <summary>A stretch ends after the layer if it takes rows of features.</summary>
    OnRows,

    /// <summary>A stretch ends after the layer.</summary>
    Always,
}

/// <summary>The kind of a layer and the shapes of one sample before and after it, without the batch dimension.</summary>
/// <param name="Kind">The kind of the layer.</param>
/// <param name="Input">The shape of the input: (features), (channels, length) or (channels, height, width).</param>
/// <param name="Output">The shape of the output: (features), (channels, length) or (channels, height, width).</param>
internal sealed record LayerShape(LayerKind Kind, EquatableArray<int> Input, EquatableArray<int> Output)
{
    /// <summary>Returns a shape as text: <c>(20, 24, 24)</c>.</summary>
    public static string Text(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";

    /// <summary>Returns the shape in which a network holds a sample: a sequence (channels, length) is an image of one row, so that what
    /// copies or mixes images does the same to sequences.</summary>
    public static IReadOnlyList<int> Held(IReadOnlyList<int> shape) => shape.Count == 2 ? [shape[0], 1, shape[1]] : shape;

    /// <summary>Returns the number of values of a sample. It fits into a long, which <see cref="Parsing.Sizes"/> has checked.</summary>
    public static long Size(IReadOnlyList<int> shape) => shape.Aggregate(1L, (size, dimension) => size * dimension);
}
