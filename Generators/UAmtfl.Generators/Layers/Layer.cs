using System.Globalization;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>One kind of layer: reads its attribute, infers its output's shape, and writes its code.</summary>
internal abstract class Layer(string attribute)
{
    /// <summary>The attribute's metadata name.</summary>
    public string Attribute { get; } = attribute;

    public string Kind { get; } = attribute.Substring("UAmtfl.".Length, attribute.Length - "UAmtfl.Attribute".Length);

    /// <summary>The layer for an input of this shape; null where it does not fit, which is reported.</summary>
    public abstract LayerModel? Read(AttributeReader attribute, IReadOnlyList<int> input);

    /// <summary>The type and the construction of the module that holds the layer's parameters or state; null where it has none.</summary>
    public virtual (string Type, string New)? Module(LayerModel layer) => null;

    /// <summary>The expression that applies the layer to <c>h</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="module">The property that holds its module.</param>
    public abstract string Apply(LayerModel layer, string module);

    /// <summary>How the module's weight and bias start: a method of <c>UAmtfl.Trunks.Parameters</c>; null where it has none.</summary>
    public virtual string? Start => null;

    /// <summary>The construction of the module of T networks side by side, with <c>tasks</c> for T; null where the layer has none, or one
    /// module serves all.</summary>
    public virtual (string Type, string New)? PerTask(LayerModel layer) => Module(layer);

    /// <summary>True if each of T networks has parameters or statistics of its own here, so that from here on their values differ.</summary>
    public virtual bool HasParameters => false;

    /// <summary>The expression that applies the layer to <c>h</c> of T networks side by side: an image [N, T·C, H, W] or rows [T, N, F].</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="module">The property that holds its module.</param>
    /// <param name="shared">True if <c>h</c> is still the same for all networks, [N, …].</param>
    public virtual string ApplyPerTask(LayerModel layer, string module, bool shared) => Apply(layer, module);

    /// <summary>The tensors that the layer's numbers make large: a name, the argument that is to blame, the sizes, and what to do.</summary>
    public virtual IEnumerable<(string Name, string Argument, IEnumerable<int> Sizes, string Advice)> Tensors(LayerModel layer) => [];

    /// <summary>True if the module's 4-d weight should lie channels-last.</summary>
    public virtual bool ChannelsLast => false;

    /// <summary>How it goes backwards with the gradients [T, N, …] of all tasks at once; null where it cannot.</summary>
    public virtual TaskBackwardCode? TaskBackward(KeptLayer at) => null;

    /// <summary>True if the layer can propagate the gradients of all tasks in one backward pass.</summary>
    public bool BatchesTaskGradients(LayerModel layer) => TaskBackward(new(layer, "", "", "", Cut: false)) is not null;

    protected LayerModel Model(IReadOnlyList<int> input, IReadOnlyList<int> output, params double[] arguments) =>
        new(Kind, arguments.ToEquatableArray(), input.ToEquatableArray(), output.ToEquatableArray());

    /// <summary>Reports that the layer does not fit.</summary>
    protected LayerModel? Misfit(AttributeReader attribute, IReadOnlyList<int> input, string problem, string fix = "")
    {
        attribute.Context.ReportFixable(Rules.BadLayer, attribute.Location, fix, Kind, LayerReading.Text(input), problem);
        return null;
    }

    protected LayerModel? NeedsImage(AttributeReader attribute, IReadOnlyList<int> input) =>
        Misfit(attribute, input, "it needs an image (channels, height, width); put it before [Flatten] and [Linear]");
}

/// <summary>Shapes and numbers as text.</summary>
internal static class LayerReading
{
    /// <summary>(20, 24, 24)</summary>
    public static string Text(IReadOnlyList<int> shape) => $"({string.Join(", ", shape)})";

    /// <summary>How many values a sample of a shape has; <see cref="Sizes"/> has seen to it that they can be counted.</summary>
    public static long Size(IReadOnlyList<int> shape) => shape.Aggregate(1L, (size, dimension) => size * dimension);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>All layers.</summary>
internal static class LayerCatalogue
{
    public static readonly IReadOnlyList<Layer> All =
    [
        new LinearLayer(), new Conv2dLayer(),
        new PoolLayer(WellKnownNames.MaxPool2d, "max_pool2d"), new PoolLayer(WellKnownNames.AvgPool2d, "avg_pool2d"),
        new BatchNormLayer(), new DropoutLayer(), new FlattenLayer(),
        new ActivationLayer(WellKnownNames.ReLU, "relu"), new ActivationLayer(WellKnownNames.Tanh, "tanh"), new ActivationLayer(WellKnownNames.Sigmoid, "sigmoid"),
    ];

    public static Layer? Find(string attribute) => All.FirstOrDefault(l => l.Attribute == attribute);

    public static Layer Of(LayerModel model) => All.First(l => l.Kind == model.Kind);
}
