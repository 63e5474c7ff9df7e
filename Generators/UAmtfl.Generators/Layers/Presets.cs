using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>Reads <c>[Mlp]</c> into fully connected layers with rectifiers.</summary>
internal sealed class MlpReader() : PresetReader("Mlp")
{
    public override IReadOnlyList<Layer>? ReadAll(AttributeReader attribute, IReadOnlyList<int> input)
    {
        var widths = attribute.Integers("widths", new(1));
        if (input.Count != 1)
        {
            Misfit(
                attribute, input, $"it needs a row of features; add [Flatten] before it, which gives ({LayerShape.Size(input)})",
                Fixes.FlattenBefore);
            return null;
        }

        if (attribute.Integers("widths").Count == 0)
        {
            Misfit(attribute, input, "it has no layer; give the width of each, as in [Mlp(500, 500)]");
            return null;
        }

        var layers = new Sequence(attribute, input);
        foreach (var width in widths)
        {
            layers.Linear(width).Add("ReLU");
        }

        return layers.All;
    }
}

/// <summary>Reads <c>[LeNet5]</c> into layers.</summary>
internal sealed class LeNet5Reader() : PresetReader("LeNet5")
{
    /// <summary>The least height and width of an image with padding, of which the last pooling leaves one pixel.</summary>
    private const int Least = 16;

    public override IReadOnlyList<Layer>? ReadAll(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            NeedsImage(attribute, input);
            return null;
        }

        var padding = attribute.Integer("Padding");
        var smaller = Math.Min(input[1], input[2]);
        if (smaller + (2L * padding) < Least)
        {
            Misfit(
                attribute, input,
                $"with padding the image must have at least {Least}×{Least} pixels; use Padding = {(Least - smaller + 1) / 2}");
            return null;
        }

        if (Math.Max(input[1], input[2]) + (2L * padding) > int.MaxValue)
        {
            Misfit(attribute, input, $"padding {padding} makes an image that is too large; use less");
            return null;
        }

        return new Sequence(attribute, input)
            .Conv2d(6, 5, padding).Add("Tanh").AvgPool2d(2)
            .Conv2d(16, 5, 0).Add("Tanh").AvgPool2d(2)
            .Add("Flatten")
            .Linear(120).Add("Tanh")
            .Linear(84).Add("Tanh").All;
    }
}

/// <summary>Reads the attribute of a residual network into layers, whose modules have the names of torchvision.</summary>
/// <param name="name">The name of the attribute.</param>
/// <param name="block">The kind of its blocks.</param>
/// <param name="stages">The number of blocks of each stage.</param>
internal abstract class ResNetReader(string name, string block, int[] stages) : PresetReader(name, mixesSamples: true)
{
    public override IReadOnlyList<Layer>? ReadAll(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            NeedsImage(attribute, input);
            return null;
        }

        var (small, layers) = (attribute.Flag("SmallImages", false), new Sequence(attribute, input));
        layers.Conv2d(64, small ? 3 : 7, small ? 1 : 2, small ? 1 : 3, "conv1").Add("BatchNorm", "bn1").Add("ReLU");
        if (!small)
        {
            layers.MaxPool2d(3, 2, 1);
        }

        for (var stage = 0; stage < stages.Length; stage++)
        {
            for (var i = 0; i < stages[stage]; i++)
            {
                layers.Block(block, 64 << stage, stage > 0 && i == 0 ? 2 : 1, $"layer{stage + 1}.{i}");
            }
        }

        return layers.Add("GlobalAvgPool").All;
    }
}

/// <summary>Reads <c>[ResNet18]</c> into layers.</summary>
internal sealed class ResNet18Reader() : ResNetReader("ResNet18", "BasicBlock", [2, 2, 2, 2]);

/// <summary>Reads <c>[ResNet50]</c> into layers.</summary>
internal sealed class ResNet50Reader() : ResNetReader("ResNet50", "Bottleneck", [3, 4, 6, 3]);
