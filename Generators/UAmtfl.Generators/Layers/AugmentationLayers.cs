using System.Globalization;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that changes images at random in training. No gradient is needed before it.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
internal abstract record AugmentationLayer(LayerShape Shape) : Layer(Shape)
{
    public sealed override string Apply(string module) => $"{module}.call(h)";

    public sealed override string? Export(string module) => null;

    public sealed override TaskBackwardCode TaskBackward(KeptLayer at) => new(at.Apply, null);
}

/// <summary>A layer that mirrors images.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Probability">The probability that an image is mirrored, in [0, 1].</param>
internal sealed record RandomFlipLayer(LayerShape Shape, double Probability) : AugmentationLayer(Shape)
{
    public override ModuleCode Module => new(
        "global::UAmtfl.Trunks.RandomFlip",
        $"new global::UAmtfl.Trunks.RandomFlip({Probability.ToString("R", CultureInfo.InvariantCulture)})");
}

/// <summary>A layer that shifts images.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Padding">The largest shift in each direction.</param>
internal sealed record RandomCropLayer(LayerShape Shape, int Padding) : AugmentationLayer(Shape)
{
    public override ModuleCode Module => new(
        "global::UAmtfl.Trunks.RandomCrop", $"new global::UAmtfl.Trunks.RandomCrop({Padding}, {Input[1]}, {Input[2]})");
}

/// <summary>Reads <c>[RandomFlip]</c> into a layer.</summary>
internal sealed class RandomFlipReader() : LayerReader(new("RandomFlip", Module: "RandomFlip", Augments: true))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input) => input.Count != 3 ? NeedsImage(attribute, input)
        : new RandomFlipLayer(Shape(input, input), attribute.Number("probability"));
}

/// <summary>Reads <c>[RandomCrop]</c> into a layer.</summary>
internal sealed class RandomCropReader() : LayerReader(new("RandomCrop", Module: "RandomCrop", Augments: true))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            return NeedsImage(attribute, input);
        }

        var (padding, smaller) = (attribute.Integer("Padding"), Math.Min(input[1], input[2]));
        return padding < smaller ? new RandomCropLayer(Shape(input, input), padding)
            : Misfit(attribute, input, $"a shift by {padding} pixels would leave nothing of an image; use less than {smaller}");
    }
}
