using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Layers;

/// <summary>Consecutive layers whose input is added to their output. They are a class of their own inside that of the trunk, and one
/// layer of it.</summary>
/// <param name="Shape">The kind of the layer and its shapes.</param>
/// <param name="Inner">The layers.</param>
/// <param name="Class">The name of the class.</param>
internal sealed record ResidualStretch(LayerShape Shape, EquatableArray<Layer> Inner, string Class) : Layer(Shape)
{
    private const string Stack = "global::UAmtfl.Trunks.Stack";

    private static readonly LayerKind Stretch = new("Residual", Module: "Residual", HasParameters: true);

    public override string Declared => $"{Kind.Name}[{string.Join(", ", Inner.Select(l => l.Declared))}] {LayerShape.Text(Output)}";

    public override ModuleCode Module => new(Class, $"new {Class}(dtype, device)");

    public override ModuleCode Stacked => Copies(PieceForm.OwnStack);

    public override ModuleCode Adapted => Copies(PieceForm.OwnAdaptedStack);

    public override IEnumerable<LargeTensor> Tensors => Inner.SelectMany(l => l.Tensors);

    /// <summary>Returns the layers between two attributes as one; null and a diagnostic if their input cannot be added to their
    /// output.</summary>
    /// <param name="begin">The attribute before the layers.</param>
    /// <param name="end">The attribute after the layers.</param>
    /// <param name="input">The shape of one sample before them.</param>
    /// <param name="inner">The layers.</param>
    /// <param name="name">The name of the class.</param>
    public static Layer? Of(
        AttributeReader begin, AttributeReader end, IReadOnlyList<int> input, IReadOnlyList<Layer> inner, string name)
    {
        var output = inner.Count == 0 ? input : inner[inner.Count - 1].Output;
        var (at, why) = !inner.Any(l => l.Kind.HasParameters)
            ? (begin, "no layer with parameters stands between it and [EndResidual]; add one, or leave both out")
            : !output.SequenceEqual(input)
                ? (end, $"the input of the stretch, which is added to it, has the shape {LayerShape.Text(input)}; "
                    + "let its layers keep the shape")
            : (begin, null);
        if (why is not null)
        {
            Misfit(at, output, why);
            return null;
        }

        return new ResidualStretch(new(Stretch, input.ToEquatableArray(), output.ToEquatableArray()), inner.ToEquatableArray(), name);
    }

    /// <summary>Reports an attribute that does not fit what comes before it.</summary>
    public static void Misfit(AttributeReader attribute, IReadOnlyList<int> input, string why) =>
        attribute.Context.Report(Diagnostics.Rules.BadLayer, attribute.Location, attribute.Name, LayerShape.Text(input), why);

    /// <summary>Returns the layers as a trunk of their own. It is no property, because a record prints those.</summary>
    public TrunkModel Layers() => new(Class, Input, Inner, null, 0) { Raw = true };

    public override string Apply(string module) => $"global::UAmtfl.Trunks.Residual.Sum({module}, h)";

    public override string ApplyStacked(string module, bool shared) =>
        $"global::UAmtfl.Trunks.Residual.Sum({module}, {(shared ? $"{Stack}.Spread(h, Active)" : "h")})";

    public override string? StackedWeight(string module) => Emission.PlacedLayer.Of(Layers())
        .Select(l => l.Layer.StackedWeight($"{module}.{l.Module}")).OfType<string>().LastOrDefault();

    public override string Export(string module) => $"graph.Add(\"Add\", [{module}.Export(graph, h), h])";

    public override string ExportStacked(string module, bool shared)
    {
        var h = shared ? $"{Stack}.Spread(graph, h, Active, images: {(TakesImages ? "true" : "false")})" : "h";
        return $"graph.Add(\"Add\", [{module}.Export(graph, {h}), {h}])";
    }

    private ModuleCode Copies(PieceForm form) => new($"{Class}.{form}", $"new {Class}.{form}(copies, dtype, device)");
}
