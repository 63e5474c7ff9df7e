using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A residual block of several convolutions, whose module is the class of the runtime with the name of the layer.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Channels">The number of channels of the convolutions of 3×3.</param>
/// <param name="Stride">The number of pixels between two positions of the kernel that has the stride.</param>
internal sealed record ResidualLayer(LayerShape Shape, int Channels, int Stride) : Layer(Shape)
{
    public override ModuleCode Module => Of("1");

    public override ModuleCode Stacked => Of("copies");

    public override ModuleCode Adapted => Of("copies", ", adapted: true");

    public override IEnumerable<LargeTensor> Tensors =>
    [
        new("The weights of one convolution", "channels", [Output[0], Math.Max(Input[0], Output[0]), 3, 3], "use fewer channels"),
        new("The output for one sample", "channels", Output, "use fewer channels, or a larger stride"),
    ];

    public override string Apply(string module) => $"{module}.call(h)";

    public override string ApplyStacked(string module, bool shared) =>
        $"{module}.call({(shared ? "global::UAmtfl.Trunks.Stack.Spread(h, Active)" : "h")})";

    public override string StackedWeight(string module) => $"{module}.LastWeight";

    public override string Export(string module) => $"{module}.Export(graph, h)";

    public override string ExportStacked(string module, bool shared) => shared
        ? $"{module}.Export(graph, global::UAmtfl.Trunks.Stack.Spread(graph, h, Active, images: true))"
        : Export(module);

    private ModuleCode Of(string copies, string option = "")
    {
        var type = $"global::UAmtfl.Trunks.{Kind.Name}";
        return new(type, $"new {type}({copies}, {Input[0]}, {Channels}, {Stride}, dtype, device{option})");
    }
}

/// <summary>Reads the attribute of a residual block into a layer.</summary>
/// <param name="name">The name of the attribute and of the module's class.</param>
/// <param name="expansion">The number of output channels for each channel of the convolutions of 3×3.</param>
internal abstract class ResidualReader(string name, int expansion)
    : LayerReader(new(name, Module: "Block", HasParameters: true, MixesSamples: true))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input) => input.Count == 3
        ? Layer(input, attribute.Integer("channels"), attribute.Integer("Stride"))
        : NeedsImage(attribute, input);

    /// <summary>Returns the block for an image (channels, height, width).</summary>
    public Layer Layer(IReadOnlyList<int> input, int channels, int stride)
    {
        // The padding of a kernel of 3×3 keeps the size if there is no stride.
        int[] output = [expansion * channels, ((input[1] - 1) / stride) + 1, ((input[2] - 1) / stride) + 1];
        return new ResidualLayer(Shape(input, output), channels, stride);
    }
}

/// <summary>Reads <c>[BasicBlock]</c> into a layer.</summary>
internal sealed class BasicBlockReader() : ResidualReader("BasicBlock", expansion: 1);

/// <summary>Reads <c>[Bottleneck]</c> into a layer.</summary>
internal sealed class BottleneckReader() : ResidualReader("Bottleneck", expansion: 4);
