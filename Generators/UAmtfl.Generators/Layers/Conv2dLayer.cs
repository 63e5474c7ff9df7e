using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that is a two-dimensional convolution.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The height and width of the kernel.</param>
/// <param name="Stride">The number of pixels between two positions of the kernel.</param>
/// <param name="Padding">The number of zero pixels that are added on each side.</param>
/// <param name="Bias">True if the layer has a bias.</param>
/// <param name="Groups">The number of groups of channels that are convolved separately.</param>
/// <param name="Dilation">The distance between two pixels that neighbouring weights of the kernel multiply.</param>
internal sealed record Conv2dLayer(
    LayerShape Shape, int Kernel, int Stride, int Padding, bool Bias = true, int Groups = 1, int Dilation = 1) : Layer(Shape)
{
    private const string Patches = "global::UAmtfl.Trunks.Patches";

    /// <summary>True if the patches can be cut once for a whole data set.</summary>
    public bool CutsPatches { get; init; } = true;

    private string Numbers => $"{Input[0]}, {Output[0]}, {Kernel}, {Stride}, {Padding}";

    /// <summary>The number of input channels of each group. A convolution of one is computed as a product of patches, because only then
    /// its gradient with respect to the image is right in every build of libtorch.</summary>
    private int Channels => Input[0] / Groups;

    /// <summary>The arguments that are left out where they have their defaults, each after a comma.</summary>
    private string DilationOption => Dilation == 1 ? "" : $", dilation: {Dilation}";

    private string GroupsOption => Groups == 1 ? "" : $", groups: {Groups}";

    private string BiasOption => Bias ? "" : ", bias: false";

    public override ModuleCode Module => new(
        "global::TorchSharp.Modules.Conv2d",
        $"global::TorchSharp.torch.nn.Conv2d({Numbers}{DilationOption}{GroupsOption}{BiasOption}, dtype: dtype, device: device)",
        Start: "Glorot",
        ChannelsLast: Channels > 1);

    public override ModuleCode Stacked => new(
        "global::UAmtfl.Trunks.StackedConv2d",
        $"new global::UAmtfl.Trunks.StackedConv2d(copies, {Numbers}, dtype, device{BiasOption}{GroupsOption}{DilationOption})");

    public override ModuleCode Adapted => new(
        "global::UAmtfl.Trunks.AdaptedConv2d",
        $"new global::UAmtfl.Trunks.AdaptedConv2d(copies, {Numbers}, dtype, device{BiasOption}{GroupsOption}{DilationOption})");

    public override PreparedCode? Prepared => Groups > 1 || !CutsPatches ? null : new(
        "Cuts the patches that the first convolution multiplies",
        new[] { Output[1] * Output[2], Input[0] * Kernel * Kernel }.ToEquatableArray(),
        $"{Patches}.Cut(inputs, kernel: {Kernel}, stride: {Stride}, padding: {Padding}{DilationOption})");

    public override IEnumerable<LargeTensor> Tensors =>
    [
        new("One patch", "Kernel", [Channels, Kernel, Kernel], "use a smaller kernel"),
        new(
            "The patches of one sample",
            "Kernel",
            [Channels, Kernel, Kernel, Output[1], Output[2]],
            "use a smaller kernel, or less padding"),
        new("The weights", "channels", [Output[0], Channels, Kernel, Kernel], "use fewer channels"),
        new("The output for one sample", "channels", Output, "use fewer channels, or a larger stride"),
    ];

    public override string Apply(string module) => Channels > 1 ? $"{module}.call(h)"
        : Groups == 1 ? Convolve($"{Patches}.Cut(h, {Kernel}, {Stride}, {Padding}{DilationOption})", module)
        : $"global::UAmtfl.Trunks.SingleChannel.Grouped(h, {module}.weight.unflatten(0, {Groups}, -1), {BiasOf(module)}, "
            + $"{Stride}, {Padding}{DilationOption})";

    public override string ApplyStacked(string module, bool shared) => shared ? $"{module}.First(h)" : $"{module}.call(h)";

    public override string StackedWeight(string module) => $"{module}.Weight";

    public override string ApplyPrepared(string module) => Convolve("h", module);

    public override string ApplyPreparedStacked(string module) => $"{module}.FirstOfPatches(h, {Output[1]}, {Output[2]})";

    public override string Export(string module) =>
        $"{OnnxLayers}.Conv2d(graph, h, {module}.weight, {BiasOf(module)}, stride: {Stride}, padding: {Padding}"
            + $"{GroupsOption}{DilationOption})";

    public override string ExportStacked(string module, bool shared) =>
        $"{module}.Export(graph, h, shared: {(shared ? "true" : "false")})";

    public override TaskBackwardCode TaskBackward(KeptLayer at)
    {
        var options = $"stride: {Stride}, padding: {Padding}{GroupsOption}{DilationOption}";
        var size = $"{Input[1]}, {Input[2]}, {Stride}, {Padding}{GroupsOption}{DilationOption}";
        return new(
            at.KeepInput,
            TaskBackwardCode.Step("Conv2d", $"{at.Module}.weight", size),
            at.IsPrepared
                ? $"sink.Convolution({at.Kept}, {TaskBackwardCode.Call("Positions", "g")}, {at.Module}.weight, {BiasOf(at.Module)});"
                : $"sink.Convolution({at.Kept}, g, {at.Module}.weight, {BiasOf(at.Module)}, {options});");
    }

    private string BiasOf(string module) => Bias ? $"{module}.bias" : "null";

    private string Convolve(string patches, string module) =>
        $"{Patches}.Convolve({patches}, {module}.weight, {BiasOf(module)}, {Output[1]}, {Output[2]})";
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

        var (channels, kernel, stride) = (attribute.Integer("channels"), attribute.Integer("Kernel"), attribute.Integer("Stride"));
        var (padding, groups, dilation) = (attribute.Integer("Padding"), attribute.Integer("Groups"), attribute.Integer("Dilation"));
        if (input[0] % groups != 0 || channels % groups != 0)
        {
            return Misfit(
                attribute,
                input,
                $"{groups} groups do not divide both {input[0]} input and {channels} output channels; use a common divisor");
        }

        var (height, width) = (input[1] + (2L * padding), input[2] + (2L * padding));
        var extent = ((kernel - 1L) * dilation) + 1;
        if (extent > height || extent > width)
        {
            var image = $"{height}×{width}{(padding == 0 ? "" : $" with padding {padding}")}";
            var spread = dilation == 1 ? "" : $", which with dilation {dilation} spans {extent}×{extent},";
            return Misfit(attribute, input,
                $"the kernel of {kernel}×{kernel}{spread} is larger than the image of {image}; "
                    + $"use Kernel = {((Math.Min(height, width) - 1) / dilation) + 1} or less, or Padding");
        }

        if (Math.Max(height, width) > int.MaxValue)
        {
            return Misfit(attribute, input, $"padding {padding} makes an image of {height}×{width}; use less");
        }

        int[] output = [channels, (int)((height - extent) / stride) + 1, (int)((width - extent) / stride) + 1];
        return new Conv2dLayer(Shape(input, output), kernel, stride, padding, attribute.Flag("Bias", true), groups, dilation);
    }
}
