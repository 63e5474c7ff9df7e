using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that is a two-dimensional convolution.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The height and width of the kernel.</param>
/// <param name="Stride">The number of pixels between two positions of the kernel.</param>
/// <param name="Padding">The number of zero pixels that are added on each side.</param>
internal sealed record Conv2dLayer(LayerShape Shape, int Kernel, int Stride, int Padding) : Layer(Shape)
{
    private const string Patches = "global::UAmtfl.Trunks.Patches";

    private string Numbers => $"{Input[0]}, {Output[0]}, {Kernel}, {Stride}, {Padding}";

    public override ModuleCode Module => new(
        "global::TorchSharp.Modules.Conv2d",
        $"global::TorchSharp.torch.nn.Conv2d({Numbers}, dtype: dtype, device: device)",
        Start: "Glorot",
        ChannelsLast: Input[0] > 1);

    public override ModuleCode Stacked => new(
        "global::UAmtfl.Trunks.StackedConv2d",
        $"new global::UAmtfl.Trunks.StackedConv2d(copies, {Numbers}, dtype, device)");

    public override PreparedCode Prepared => new(
        "Cuts the patches that the first convolution multiplies",
        new[] { Output[1] * Output[2], Input[0] * Kernel * Kernel }.ToEquatableArray(),
        $"{Patches}.Cut(inputs, kernel: {Kernel}, stride: {Stride}, padding: {Padding})");

    public override IEnumerable<LargeTensor> Tensors =>
    [
        new("One patch", "Kernel", [Input[0], Kernel, Kernel], "use a smaller kernel"),
        new(
            "The patches of one sample",
            "Kernel",
            [Input[0], Kernel, Kernel, Output[1], Output[2]],
            "use a smaller kernel, or less padding"),
        new("The weights", "channels", [Output[0], Input[0], Kernel, Kernel], "use fewer channels"),
        new("The output for one sample", "channels", Output, "use fewer channels, or a larger stride"),
    ];

    /// <summary>Returns the code of the convolution. One output channel is computed as a product of patches, because only then its
    /// gradient with respect to the image is right in every build of libtorch.</summary>
    public override string Apply(string module) =>
        Input[0] > 1 ? $"{module}.call(h)" : Convolve($"{Patches}.Cut(h, {Kernel}, {Stride}, {Padding})", module);

    public override string ApplyStacked(string module, bool shared) => shared ? $"{module}.First(h)" : $"{module}.call(h)";

    public override string ApplyPrepared(string module) => Convolve("h", module);

    public override string ApplyPreparedStacked(string module) => $"{module}.FirstOfPatches(h, {Output[1]}, {Output[2]})";

    public override string Export(string module) =>
        $"{OnnxLayers}.Conv2d(graph, h, {module}.weight, {module}.bias, stride: {Stride}, padding: {Padding})";

    public override string ExportStacked(string module, bool shared) =>
        $"{module}.Export(graph, h, shared: {(shared ? "true" : "false")})";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        at.KeepInput,
        TaskBackwardCode.Step("Conv2d", $"{at.Module}.weight", Input[1], Input[2], Stride, Padding),
        at.IsPrepared
            ? $"sink.Convolution({at.Kept}, {TaskBackwardCode.Call("Positions", "g")}, {at.Module}.weight, {at.Module}.bias);"
            : $"sink.Convolution({at.Kept}, g, {at.Module}.weight, {at.Module}.bias, stride: {Stride}, padding: {Padding});");

    private string Convolve(string patches, string module) =>
        $"{Patches}.Convolve({patches}, {module}.weight, {module}.bias, {Output[1]}, {Output[2]})";
}

/// <summary>Reads <c>[Conv2d]</c> into a layer.</summary>
internal sealed class Conv2dReader() : LayerReader(new("Conv2d", Module: "Conv", HasParameters: true))
{
    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            return NeedsImage(attribute, input);
        }

        var channels = attribute.Integer("channels");
        var kernel = attribute.Integer("Kernel");
        var stride = attribute.Integer("Stride");
        var padding = attribute.Integer("Padding");
        var (height, width) = (input[1] + (2L * padding), input[2] + (2L * padding));
        if (kernel > height || kernel > width)
        {
            var image = $"{height}×{width}{(padding == 0 ? "" : $" with padding {padding}")}";
            return Misfit(attribute, input,
                $"the kernel of {kernel}×{kernel} is larger than the image of {image}; "
                    + $"use Kernel = {Math.Min(height, width)} or less, or Padding");
        }

        if (Math.Max(height, width) > int.MaxValue)
        {
            return Misfit(attribute, input, $"padding {padding} makes an image of {height}×{width}; use less");
        }

        int[] output = [channels, (int)((height - kernel) / stride) + 1, (int)((width - kernel) / stride) + 1];
        return new Conv2dLayer(Shape(input, output), kernel, stride, padding);
    }
}
