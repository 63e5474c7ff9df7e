using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer of a trunk as its attribute declares it, and the code for it. A kind of layer is a record that derives from this one,
/// with the attribute's arguments as its members, and a <see cref="LayerReader"/> beside it in the same file.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
internal abstract record Layer(LayerShape Shape)
{
    /// <summary>The class of the runtime that adds layers to the graph of an exported model.</summary>
    protected const string OnnxLayers = "global::UAmtfl.Trunks.OnnxLayers";

    /// <summary>The path under which the module is registered in the trunk, if an architecture of the literature has one for it, such as
    /// <c>layer1.0</c>; null for the name of the property.</summary>
    public string? Name { get; init; }

    /// <summary>The facts that hold for any layer of this kind.</summary>
    public LayerKind Kind => Shape.Kind;

    /// <summary>The shape of one sample of the layer's input, without the batch dimension.</summary>
    public EquatableArray<int> Input => Shape.Input;

    /// <summary>The shape of one sample of the layer's output, without the batch dimension.</summary>
    public EquatableArray<int> Output => Shape.Output;

    /// <summary>True if the input is an image, or a sequence, which is held as an image of one row.</summary>
    protected bool TakesImages => Input.Count > 1;

    /// <summary>The layer as it is declared, with the shape that goes out:
    /// <c>Conv2d(Kernel = 5, Stride = 1, Padding = 0) (20, 24, 24)</c>. An argument whose member has a default is left out if it has it,
    /// because networks that were trained before the argument existed keep their description.</summary>
    public virtual string Declared
    {
        get
        {
            var arguments = GetType().GetConstructors().Single().GetParameters()
                .Where(p => p.ParameterType.IsPrimitive)
                .Select(p => (Parameter: p, Value: GetType().GetProperty(p.Name).GetValue(this)))
                .Where(a => !a.Parameter.HasDefaultValue || !Equals(a.Value, a.Parameter.DefaultValue))
                .Select(a => FormattableString.Invariant($"{a.Parameter.Name} = {a.Value}"))
                .ToList();
            return $"{Kind.Name}{(arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})")} {LayerShape.Text(Output)}";
        }
    }

    /// <summary>The module with the parameters or state of the layer; null if it has neither.</summary>
    public virtual ModuleCode? Module => null;

    /// <summary>The module of C copies of the layer side by side, where <c>copies</c> is C. It is the module of one layer if the layer has
    /// no parameters.</summary>
    public virtual ModuleCode? Stacked => Module;

    /// <summary>The module of one layer for <c>copies</c> tasks, whose weight changes for each; that of copies side by side if the layer
    /// has no weight but scales.</summary>
    public virtual ModuleCode? Adapted => Stacked;

    /// <summary>The computation that the layer can do once for a whole data set if it is the first of a trunk; null if there is
    /// none.</summary>
    public virtual PreparedCode? Prepared => null;

    /// <summary>True if the layer can propagate the gradients of all tasks in one backward pass.</summary>
    public bool BatchesTaskGradients => TaskBackward(new("", "", "", IsPrepared: false)) is not null;

    /// <summary>Returns the expression that applies the layer to <c>h</c>.</summary>
    /// <param name="module">The property that holds the module of the layer.</param>
    public abstract string Apply(string module);

    /// <summary>Returns the expression that applies C copies of the layer side by side to <c>h</c>: images [N, C·ch, H, W] or rows [C, N,
    /// k].</summary>
    /// <param name="module">The property that holds the module of the copies.</param>
    /// <param name="shared">True if <c>h</c> is still the same for all copies, [N, …].</param>
    public virtual string ApplyStacked(string module, bool shared) => Apply(module);

    /// <summary>Returns the expression for the weights of C copies that compute their outputs, [C, O, …] or [C·O, …]; null if the layer
    /// has no weights but scales.</summary>
    /// <param name="module">The expression for the module of the copies.</param>
    public virtual string? StackedWeight(string module) => null;

    /// <summary>Returns the expression that applies the layer to <c>h</c> if <c>h</c> is the result of <see cref="Prepared"/>.</summary>
    /// <param name="module">The property that holds the module of the layer.</param>
    public virtual string ApplyPrepared(string module) => Apply(module);

    /// <summary>Returns the expression that applies C copies of the layer side by side to <c>h</c> if <c>h</c> is the result of
    /// <see cref="Prepared"/>.</summary>
    /// <param name="module">The property that holds the module of the copies.</param>
    public virtual string ApplyPreparedStacked(string module) => ApplyStacked(module, shared: true);

    /// <summary>Returns the expression that adds the layer to <c>graph</c>, an <c>UAmtfl.Onnx.OnnxGraph</c>, as it computes in evaluation,
    /// where <c>h</c> is the name of its input; null if the layer then changes nothing.</summary>
    /// <param name="module">The property that holds the module of the layer.</param>
    public abstract string? Export(string module);

    /// <summary>Returns the expression that adds C copies of the layer side by side to <c>graph</c>; null if they change
    /// nothing.</summary>
    /// <param name="module">The property that holds the module of the copies.</param>
    /// <param name="shared">True if <c>h</c> is still the same for all copies.</param>
    public virtual string? ExportStacked(string module, bool shared) => Export(module);

    /// <summary>The tensors whose sizes depend on the arguments of the layer, for a check that they are not too large.</summary>
    public virtual IEnumerable<LargeTensor> Tensors => [];

    /// <summary>Returns the code of the backward pass for the gradients [T, N, …] of all tasks at once; null if the layer has no such
    /// pass.</summary>
    /// <param name="at">The names that the code of the layer uses in the trunk.</param>
    public virtual TaskBackwardCode? TaskBackward(KeptLayer at) => null;
}

/// <summary>The code that creates a module of a trunk.</summary>
/// <param name="Type">The type of the module, with global::.</param>
/// <param name="New">The expression that creates the module, with <c>dtype</c> and <c>device</c>.</param>
/// <param name="Start">The method of <c>UAmtfl.Trunks.Parameters</c> that sets the initial weight and bias; null if the module has
/// neither.</param>
/// <param name="ChannelsLast">True if the weight should be stored channels-last, which makes convolutions of images faster.</param>
internal sealed record ModuleCode(string Type, string New, string? Start = null, bool ChannelsLast = false);

/// <summary>The code of a computation that the first layer of a trunk does once for a whole data set.</summary>
/// <param name="Summary">A sentence without its full stop that says what is computed.</param>
/// <param name="Shape">The shape of one sample of the result.</param>
/// <param name="Prepare">The expression that computes the result from <c>inputs</c>.</param>
internal sealed record PreparedCode(string Summary, EquatableArray<int> Shape, string Prepare);

/// <summary>A tensor whose size depends on an argument of a layer.</summary>
/// <param name="Name">A description of the tensor that can be the subject of a sentence.</param>
/// <param name="Argument">The name of the argument.</param>
/// <param name="Sizes">The sizes of the tensor's dimensions.</param>
/// <param name="Advice">The advice for the user if the tensor is too large.</param>
internal sealed record LargeTensor(string Name, string Argument, IReadOnlyList<int> Sizes, string Advice);
