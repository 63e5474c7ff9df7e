using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Layers;

/// <summary>A layer of a trunk as its attribute declares it, and the code for it. A kind of layer is a record that derives from this one,
/// with the attribute's arguments as its members, and a <see cref="LayerReader"/> beside it in the same file.</summary>
/// <param name="Shape">The layer's kind and its shapes.</param>
internal abstract record Layer(LayerShape Shape)
{
    /// <summary>What holds for any layer of this kind.</summary>
    public LayerKind Kind => Shape.Kind;

    /// <summary>The shape of one sample that comes in.</summary>
    public EquatableArray<int> Input => Shape.Input;

    /// <summary>The shape of one sample that goes out.</summary>
    public EquatableArray<int> Output => Shape.Output;

    /// <summary>The module that holds the layer's parameters or state; null where it has none.</summary>
    public virtual ModuleCode? Module => null;

    /// <summary>The module of C copies of the layer side by side, where <c>copies</c> is C; that of one layer if it has no
    /// parameters.</summary>
    public virtual ModuleCode? Stacked => Module;

    /// <summary>What the layer can compute once for a whole data set where it is the first of a trunk; null for nothing.</summary>
    public virtual PreparedCode? Prepared => null;

    /// <summary>True if the layer can propagate the gradients of all tasks in one backward pass.</summary>
    public bool BatchesTaskGradients => TaskBackward(new("", "", "", IsPrepared: false)) is not null;

    /// <summary>The expression that applies the layer to <c>h</c>.</summary>
    /// <param name="module">The property that holds its module.</param>
    public abstract string Apply(string module);

    /// <summary>The expression that applies C copies of the layer side by side to <c>h</c>: images [N, C·ch, H, W] or rows [C, N,
    /// k].</summary>
    /// <param name="module">The property that holds its module.</param>
    /// <param name="shared">True if <c>h</c> is still the same for all copies, [N, …].</param>
    public virtual string ApplyStacked(string module, bool shared) => Apply(module);

    /// <summary>The expression that applies the layer to <c>h</c> where that is <see cref="Prepared"/>.</summary>
    /// <param name="module">The property that holds its module.</param>
    public virtual string ApplyPrepared(string module) => Apply(module);

    /// <summary>The expression that applies C copies of the layer side by side to <c>h</c> where that is <see cref="Prepared"/>.</summary>
    /// <param name="module">The property that holds its module.</param>
    public virtual string ApplyPreparedStacked(string module) => ApplyStacked(module, shared: true);

    /// <summary>The tensors that the layer's numbers make large.</summary>
    public virtual IEnumerable<LargeTensor> Tensors => [];

    /// <summary>The backward pass with the gradients [T, N, …] of all tasks at once; null where the layer cannot have one.</summary>
    /// <param name="at">Where the layer stands in the trunk's code.</param>
    public virtual TaskBackwardCode? TaskBackward(KeptLayer at) => null;
}

/// <summary>A module of a trunk.</summary>
/// <param name="Type">Its type, with global::.</param>
/// <param name="New">The expression that creates it, with <c>dtype</c> and <c>device</c>.</param>
/// <param name="Start">How its weight and bias start: a method of <c>UAmtfl.Trunks.Parameters</c>; null where it has neither.</param>
/// <param name="ChannelsLast">True if its weight should lie channels-last, which the convolutions of images compute faster with.</param>
internal sealed record ModuleCode(string Type, string New, string? Start = null, bool ChannelsLast = false);

/// <summary>What the first layer of a trunk computes once for a whole data set.</summary>
/// <param name="Summary">What is computed, as a sentence without its full stop.</param>
/// <param name="Shape">The shape of a sample then.</param>
/// <param name="Prepare">The expression that computes it from <c>inputs</c>.</param>
internal sealed record PreparedCode(string Summary, EquatableArray<int> Shape, string Prepare);

/// <summary>A tensor whose size an argument of a layer decides.</summary>
/// <param name="Name">What it is, as the subject of a sentence.</param>
/// <param name="Argument">The argument.</param>
/// <param name="Sizes">Its sizes.</param>
/// <param name="Advice">What to do where it is too large.</param>
internal sealed record LargeTensor(string Name, string Argument, IReadOnlyList<int> Sizes, string Advice);
