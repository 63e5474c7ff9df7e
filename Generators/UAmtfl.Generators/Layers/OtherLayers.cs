using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

internal sealed class PoolLayer(string attribute, string function) : Layer(attribute)
{
    public override LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count != 3)
        {
            return NeedsImage(attribute, input);
        }

        var kernel = attribute.Integer("kernel");
        return kernel > input[1] || kernel > input[2] ? Misfit(attribute, input, $"the square of {kernel}×{kernel} is larger than the image of {input[1]}×{input[2]}; use {Math.Min(input[1], input[2])} or less")
            : Model(input, [input[0], input[1] / kernel, input[2] / kernel], kernel);
    }

    public override string Apply(LayerModel layer, string module) => $"F.{function}(h, {layer.Arguments[0]})";

    public override TaskBackwardCode TaskBackward(KeptLayer at)
    {
        var (layer, kernel) = (at.Layer, at.Layer.Arguments[0]);
        return function == "max_pool2d"
            ? new($"(h, {at.Kept}) = {TaskBackwardCode.Call("MaxPool2d", "h", kernel)};", TaskBackwardCode.Step("MaxPool2d", at.Kept, layer.Input[1], layer.Input[2]))
            : new(at.Apply, TaskBackwardCode.Step("AvgPool2d", kernel, layer.Input[1], layer.Input[2]));
    }
}

internal sealed class BatchNormLayer() : Layer(WellKnownNames.BatchNorm)
{
    public override LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input) => Model(input, input);

    public override (string Type, string New)? Module(LayerModel layer)
    {
        var rank = layer.Input.Count == 1 ? 1 : 2;
        return ($"global::TorchSharp.Modules.BatchNorm{rank}d", $"global::TorchSharp.torch.nn.BatchNorm{rank}d({layer.Input[0]}, dtype: dtype, device: device)");
    }

    public override string Apply(LayerModel layer, string module) => $"{module}.call(h)";

    public override bool HasParameters => true;

    public override (string Type, string New)? PerTask(LayerModel layer)
    {
        var rank = layer.Input.Count == 1 ? 1 : 2;
        return ($"global::TorchSharp.Modules.BatchNorm{rank}d", $"global::TorchSharp.torch.nn.BatchNorm{rank}d(tasks * {layer.Input[0]}, dtype: dtype, device: device)");
    }

    public override string ApplyPerTask(LayerModel layer, string module, bool shared)
    {
        var spread = shared ? "global::UAmtfl.Trunks.PerTask.Spread(h, tasks)" : "h";
        return layer.Input.Count == 1 ? $"global::UAmtfl.Trunks.PerTask.Rows({module}, {spread})" : $"{module}.call({spread})";
    }
}

internal sealed class DropoutLayer() : Layer(WellKnownNames.Dropout)
{
    public override LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input) => Model(input, input, attribute.Number("probability"));

    public override (string Type, string New)? Module(LayerModel layer) =>
        ("global::TorchSharp.Modules.Dropout", $"global::TorchSharp.torch.nn.Dropout({LayerReading.Number(layer.Arguments[0])})");

    public override string Apply(LayerModel layer, string module) => $"{module}.call(h)";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(
        $"{at.Kept} = {TaskBackwardCode.Call("Mask", at.Module, "h")}; h = h * {at.Kept};",
        TaskBackwardCode.Step("Dropout", at.Kept));
}

internal sealed class FlattenLayer() : Layer(WellKnownNames.Flatten)
{
    public override LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input)
    {
        if (input.Count == 1)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.Location, "[Flatten]", $"its input of shape {LayerReading.Text(input)} is a row of numbers already; leave it out");
        }

        return Model(input, [(int)LayerReading.Size(input)]);
    }

    public override string Apply(LayerModel layer, string module) => "h.flatten(1)";

    public override TaskBackwardCode TaskBackward(KeptLayer at) =>
        new(at.Apply, TaskBackwardCode.Step("Flatten", at.Layer.Input[0], at.Layer.Input[1], at.Layer.Input[2]));

    public override string ApplyPerTask(LayerModel layer, string module, bool shared) =>
        shared ? "h.flatten(1)" : "global::UAmtfl.Trunks.PerTask.Flatten(h, tasks)";
}

internal sealed class ActivationLayer(string attribute, string function) : Layer(attribute)
{
    public override LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input) => Model(input, input);

    public override string Apply(LayerModel layer, string module) => function == "relu" ? "F.relu(h)" : $"h.{function}()";

    public override TaskBackwardCode TaskBackward(KeptLayer at) => new(at.KeepOutput, TaskBackwardCode.Step(Kind, at.Kept));
}
