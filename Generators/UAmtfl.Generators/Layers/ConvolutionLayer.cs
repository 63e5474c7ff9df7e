using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer that is a convolution of images, or of sequences, which are held as images of one row.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Kernel">The height and width of the kernel; the length of one for sequences.</param>
/// <param name="Stride">The number of pixels between two positions of the kernel.</param>
/// <param name="Padding">The number of zero pixels that are added on each side.</param>
/// <param name="Bias">True if the layer has a bias.</param>
/// <param name="Groups">The number of groups of channels that are convolved separately.</param>
/// <param name="Dilation">The distance between two pixels that neighbouring weights of the kernel multiply.</param>
internal abstract record ConvolutionLayer(
    LayerShape Shape, int Kernel, int Stride, int Padding, bool Bias, int Groups, int Dilation) : Layer(Shape)
{
    private const string Patches = "global::UAmtfl.Trunks.Patches";

    /// <summary>True if the patches can be cut once for a whole data set.</summary>
    public bool CutsPatches { get; init; } = true;

    private string Numbers => $"{Input[0]}, {Output[0]}, {Kernel}, {Stride}, {Padding}";

    /// <summary>The options of <c>nn.Conv2d</c>, which has none for sequences; <c>nn.Conv1d</c> does not take images of one row.</summary>
    private string Single => TakesSequences
        ? $"{Input[0]}, {Output[0]}, (1, {Kernel}), (1, {Stride}), (0, {Padding}){(Dilation == 1 ? "" : $", dilation: (1, {Dilation})")}"
        : $"{Numbers}{DilationOption}";

    private bool TakesSequences => Input.Count == 2;

    private int[] Window => TakesSequences ? [Channels, Kernel] : [Channels, Kernel, Kernel];

    private int Rows => LayerShape.Held(Output)[1];

    private int Columns => LayerShape.Held(Output)[2];

    /// <summary>The number of input channels of each group. A convolution of one is computed as a product of patches, because only then
    /// its gradient with respect to the image is right in every build of libtorch.</summary>
    private int Channels => Input[0] / Groups;

    /// <summary>The arguments that are left out where they have their defaults, each after a comma.</summary>
    private string DilationOption => Dilation == 1 ? "" : $", dilation: {Dilation}";

    private string GroupsOption => Groups == 1 ? "" : $", groups: {Groups}";

    private string BiasOption => Bias ? "" : ", bias: false";

    private string CopiesOptions => $"{BiasOption}{GroupsOption}{DilationOption}{SequencesOption}";

    private string SequencesOption => TakesSequences ? ", sequences: true" : "";

    public override ModuleCode Module => new(
        "global::TorchSharp.Modules.Conv2d",
        $"global::TorchSharp.torch.nn.Conv2d({Single}{GroupsOption}{BiasOption}, dtype: dtype, device: device)",
        Start: "Glorot",
        ChannelsLast: Channels > 1);

    public override ModuleCode Stacked => new(
        "global::UAmtfl.Trunks.StackedConv2d",
        $"new global::UAmtfl.Trunks.StackedConv2d(copies, {Numbers}, dtype, device{CopiesOptions})");

    public override ModuleCode Adapted => new(
        "global::UAmtfl.Trunks.AdaptedConv2d",
        $"new global::UAmtfl.Trunks.AdaptedConv2d(copies, {Numbers}, dtype, device{CopiesOptions})");

    public override PreparedCode? Prepared => Groups > 1 || !CutsPatches ? null : new(
        "Cuts the patches that the first convolution multiplies",
        new[] { Rows * Columns, Window.Aggregate(1, (size, side) => size * side) }.ToEquatableArray(),
        $"{Patches}.Cut({(TakesSequences ? "global::UAmtfl.Trunks.Sequences.Rows(inputs)" : "inputs")}, kernel: {Kernel}, "
            + $"stride: {Stride}, padding: {Padding}{DilationOption}{SequencesOption})");

    public override IEnumerable<LargeTensor> Tensors =>
    [
        new("One patch", "Kernel", Window, "use a smaller kernel"),
        new(
            "The patches of one sample",
            "Kernel",
            [.. Window, Rows, Columns],
            "use a smaller kernel, or less padding"),
        new("The weights", "channels", [Output[0], .. Window], "use fewer channels"),
        new("The output for one sample", "channels", Output, "use fewer channels, or a larger stride"),
    ];

    public override string Apply(string module) => Channels > 1 ? $"{module}.call(h)"
        : Groups == 1 ? Convolve($"{Patches}.Cut(h, {Kernel}, {Stride}, {Padding}{DilationOption}{SequencesOption})", module)
        : $"global::UAmtfl.Trunks.SingleChannel.Grouped(h, {module}.weight.unflatten(0, {Groups}, -1), {BiasOf(module)}, "
            + $"{Stride}, {Padding}{DilationOption})";

    public override string ApplyStacked(string module, bool shared) => shared ? $"{module}.First(h)" : $"{module}.call(h)";

    public override string StackedWeight(string module) => $"{module}.Weight";

    public override string ApplyPrepared(string module) => Convolve("h", module);

    public override string ApplyPreparedStacked(string module) => $"{module}.FirstOfPatches(h, {Rows}, {Columns})";

    public override string Export(string module) =>
        $"{OnnxLayers}.Conv2d(graph, h, {module}.weight, {BiasOf(module)}, stride: {Stride}, padding: {Padding}"
            + $"{GroupsOption}{DilationOption})";

    public override string ExportStacked(string module, bool shared) =>
        $"{module}.Export(graph, h, shared: {(shared ? "true" : "false")})";

    public override TaskBackwardCode TaskBackward(KeptLayer at)
    {
        var options = $"stride: {Stride}, padding: {Padding}{GroupsOption}{DilationOption}";
        var input = LayerShape.Held(Input);
        var size = $"{input[1]}, {input[2]}, {Stride}, {Padding}{GroupsOption}{DilationOption}";
        return new(
            at.KeepInput,
            TaskBackwardCode.Step("Conv2d", $"{at.Module}.weight", size),
            at.IsPrepared
                ? $"sink.Convolution({at.Kept}, {TaskBackwardCode.Call("Positions", "g")}, {at.Module}.weight, {BiasOf(at.Module)});"
                : $"sink.Convolution({at.Kept}, g, {at.Module}.weight, {BiasOf(at.Module)}, {options});");
    }

    private string BiasOf(string module) => Bias ? $"{module}.bias" : "null";

    private string Convolve(string patches, string module) =>
        $"{Patches}.Convolve({patches}, {module}.weight, {BiasOf(module)}, {Rows}, {Columns})";
}

/// <summary>Reads the attribute of a convolution into a layer.</summary>
/// <param name="kind">The kind of the layer.</param>
/// <param name="sides">The number of dimensions that the kernel moves along: 2 for images, 1 for sequences.</param>
internal abstract class ConvolutionReader(LayerKind kind, int sides) : LayerReader(kind)
{
    /// <summary>The word for what the layer takes, in messages.</summary>
    private string Whole => sides == 2 ? "image" : "sequence";

    public override Layer? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 1 + sides)
        {
            return sides == 2 ? NeedsImage(attribute, input) : NeedsSequence(attribute, input);
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

        var lengths = input.Skip(1).Select(side => side + (2L * padding)).ToList();
        var extent = ((kernel - 1L) * dilation) + 1;
        if (extent > lengths.Min())
        {
            var whole = $"{string.Join("×", lengths)}{(padding == 0 ? "" : $" with padding {padding}")}";
            var spread = dilation == 1 ? "" : $", which with dilation {dilation} spans {Sides(extent)},";
            return Misfit(attribute, input,
                $"the kernel of {Sides(kernel)}{spread} is larger than the {Whole} of {whole}; "
                    + $"use Kernel = {((lengths.Min() - 1) / dilation) + 1} or less, or Padding");
        }

        if (lengths.Max() > int.MaxValue)
        {
            return Misfit(attribute, input, $"padding {padding} makes {(sides == 2 ? "an image" : "a sequence")} of "
                + $"{string.Join("×", lengths)}; use less");
        }

        if (sides == 1 && padding >= extent)
        {
            return Misfit(attribute, input,
                $"padding {padding} is not less than the {extent} values that the kernel spans, so that it would see nothing but zeros "
                    + $"at the ends; use {extent - 1} or less");
        }

        int[] output = [channels, .. lengths.Select(length => (int)((length - extent) / stride) + 1)];
        return Layer(Shape(input, output), kernel, stride, padding, attribute.Flag("Bias", true), groups, dilation);
    }

    protected abstract Layer Layer(LayerShape shape, int kernel, int stride, int padding, bool bias, int groups, int dilation);

    private string Sides(long size) => sides == 2 ? $"{size}×{size}" : $"{size}";
}
