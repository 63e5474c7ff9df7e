using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Layers;

/// <summary>The facts about a kind of layer that hold for any of its arguments.</summary>
/// <param name="Name">The attribute's name without suffix: <c>Conv2d</c>.</param>
/// <param name="Module">The name of the property that holds its module, to which its number in the trunk is added: <c>Conv</c>; null
/// where it has none.</param>
/// <param name="HasParameters">True if the layer has parameters or statistics, so that the values of copies side by side differ from here
/// on.</param>
/// <param name="MixesSamples">True if the output for a sample depends on the other samples of the batch.</param>
internal sealed record LayerKind(string Name, string? Module = null, bool HasParameters = false, bool MixesSamples = false)
{
    /// <summary>The attribute's metadata name: <c>UAmtfl.Conv2dAttribute</c>.</summary>
    public string Attribute => $"UAmtfl.{Name}Attribute";
}

/// <summary>A layer's kind and the shapes of one sample before and behind it, without the batch dimension.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Input">The shape that comes in: (features) or (channels, height, width).</param>
/// <param name="Output">The shape that goes out.</param>
internal sealed record LayerShape(LayerKind Kind, EquatableArray<int> Input, EquatableArray<int> Output)
{
    /// <summary>A shape in words: <c>(20, 24, 24)</c>.</summary>
    public static string Text(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";

    /// <summary>The number of values of a sample. <see cref="Parsing.Sizes"/> has checked that they can be counted.</summary>
    public static long Size(IReadOnlyList<int> shape) => shape.Aggregate(1L, (size, dimension) => size * dimension);
}
