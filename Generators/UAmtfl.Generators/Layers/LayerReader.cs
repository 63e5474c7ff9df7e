using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>Reads an attribute that stands for one layer or several.</summary>
/// <param name="kind">The facts about the attribute.</param>
internal abstract class LayersReader(LayerKind kind)
{
    /// <summary>The facts about the attribute, which hold for its layers together.</summary>
    public LayerKind Kind { get; } = kind;

    /// <summary>Returns the layers for an input of a given shape, or null and a diagnostic if they do not fit it.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="input">The shape of one sample: (features), (channels, length) or (channels, height, width).</param>
    public abstract IReadOnlyList<Layer>? ReadAll(AttributeReader attribute, IReadOnlyList<int> input);

    protected LayerShape Shape(IReadOnlyList<int> input, IReadOnlyList<int> output) =>
        new(Kind, input.ToEquatableArray(), output.ToEquatableArray());

    /// <summary>Reports that the layer does not fit the shape of its input, and returns null.</summary>
    protected Layer? Misfit(AttributeReader attribute, IReadOnlyList<int> input, string problem, string fix = "")
    {
        attribute.Context.ReportFixable(Rules.BadLayer, attribute.Location, fix, Kind.Name, LayerShape.Text(input), problem);
        return null;
    }

    protected Layer? NeedsImage(AttributeReader attribute, IReadOnlyList<int> input) => Misfit(attribute, input, input.Count == 2
        ? "it needs an image (channels, height, width), and this is a sequence (channels, length); use a layer of sequences, such as "
            + "[Conv1d]"
        : "it needs an image (channels, height, width); put it before [Flatten] and [Linear]");

    protected Layer? NeedsSequence(AttributeReader attribute, IReadOnlyList<int> input) => Misfit(attribute, input, input.Count == 3
        ? "it needs a sequence (channels, length), and this is an image; use a layer of images, such as [Conv2d]"
        : "it needs a sequence (channels, length), and this is a row; put it before what makes a row of a sequence, or declare "
            + "[Input(channels, length)]");
}

/// <summary>Reads the attribute of one kind of layer.</summary>
/// <param name="kind">The kind of the layer.</param>
internal abstract class LayerReader(LayerKind kind) : LayersReader(kind)
{
    public sealed override IReadOnlyList<Layer>? ReadAll(AttributeReader attribute, IReadOnlyList<int> input) =>
        Read(attribute, input) is { } layer ? [layer] : null;

    /// <summary>Returns the layer for an input of a given shape, or null and a diagnostic if the layer does not fit it.</summary>
    /// <param name="attribute">The attribute of the layer.</param>
    /// <param name="input">The shape of one sample: (features), (channels, length) or (channels, height, width).</param>
    public abstract Layer? Read(AttributeReader attribute, IReadOnlyList<int> input);
}

/// <summary>Finds the attributes of layers: every <see cref="LayersReader"/> of this assembly, so that a new kind of layer is one
/// file.</summary>
internal static class LayerCatalogue
{
    private static readonly Dictionary<string, LayersReader> Readers = Discovered.All<LayersReader>().ToDictionary(r => r.Kind.Attribute);

    /// <summary>The kinds of layers, ordered by the names of their readers.</summary>
    public static IEnumerable<LayerKind> Kinds => Readers.Values.Select(r => r.Kind);

    /// <summary>Returns the reader of an attribute, or null if it is not the attribute of a layer.</summary>
    public static LayersReader? Find(string attribute) => Readers.TryGetValue(attribute, out var reader) ? reader : null;
}
