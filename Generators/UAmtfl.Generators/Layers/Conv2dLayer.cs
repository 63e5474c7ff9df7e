using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

internal sealed class Conv2dLayer() : Layer(WellKnownNames.Conv2d)
{
    public override bool ChannelsLast => true;

    public override string Start => "Glorot";

    public override LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input)
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
            var padded = padding == 0 ? "" : $" with padding {padding}";
            return Misfit(attribute, input, $"the kernel of {kernel}×{kernel} is larger than the image of {height}×{width}{padded}; use Kernel = {Math.Min(height, width)} or less, or Padding");
        }

        return Math.Max(height, width) > int.MaxValue
            ? Misfit(attribute, input, $"padding {padding} makes an image of {height}×{width}; use less")
            : Model(input, [channels, (int)((height - kernel) / stride) + 1, (int)((width - kernel) / stride) + 1], kernel, stride, padding);
    }

    public override (string Type, string New)? Module(LayerModel layer) => ("global::TorchSharp.Modules.Conv2d",
        $"global::TorchSharp.torch.nn.Conv2d({layer.Input[0]}, {layer.Output[0]}, {layer.Arguments[0]}, {layer.Arguments[1]}, {layer.Arguments[2]}, dtype: dtype, device: device)");

    /// <summary>One channel is a product of patches, whose gradient towards the image every build of libtorch computes rightly.</summary>
    public override string Apply(LayerModel layer, string module) => layer.Input[0] > 1 ? $"{module}.call(h)"
        : $"global::UAmtfl.Trunks.Patches.Convolve(global::UAmtfl.Trunks.Patches.Cut(h, {layer.Arguments[0]}, {layer.Arguments[1]}, {layer.Arguments[2]}), {module}.weight, {module}.bias, {layer.Output[1]}, {layer.Output[2]})";

    public override bool HasParameters => true;

    public override IEnumerable<(string Name, string Argument, IEnumerable<int> Sizes, string Advice)> Tensors(LayerModel layer)
    {
        var kernel = (int)layer.Arguments[0];
        return
        [
            ("One patch", "Kernel", [layer.Input[0], kernel, kernel], "use a smaller kernel"),
            ("The patches of one sample", "Kernel", [layer.Input[0], kernel, kernel, layer.Output[1], layer.Output[2]], "use a smaller kernel, or less padding"),
            ("The weights", "channels", [layer.Output[0], layer.Input[0], kernel, kernel], "use fewer channels"),
            ("The output for one sample", "channels", layer.Output, "use fewer channels, or a larger stride"),
        ];
    }

    public override (string Type, string New)? PerTask(LayerModel layer) => ("global::UAmtfl.Trunks.Conv2dPerTask",
        $"new global::UAmtfl.Trunks.Conv2dPerTask(tasks, {layer.Input[0]}, {layer.Output[0]}, {layer.Arguments[0]}, {layer.Arguments[1]}, {layer.Arguments[2]}, dtype, device)");

    public override TaskBackwardCode TaskBackward(KeptLayer at)
    {
        var (layer, stride, padding) = (at.Layer, at.Layer.Arguments[1], at.Layer.Arguments[2]);
        return new(
            at.KeepInput,
            TaskBackwardCode.Step("Conv2d", $"{at.Module}.weight", layer.Input[1], layer.Input[2], stride, padding),
            at.Cut
                ? $"sink.Convolution({at.Kept}, {TaskBackwardCode.Call("Positions", "g")}, {at.Module}.weight, {at.Module}.bias);"
                : $"sink.Convolution({at.Kept}, g, {at.Module}.weight, {at.Module}.bias, stride: {stride}, padding: {padding});");
    }

    public override string ApplyPerTask(LayerModel layer, string module, bool shared) => shared ? $"{module}.First(h)" : $"{module}.call(h)";
}
