using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes what generated modules say of their layers: the shape of the output of each.</summary>
internal static class LayerOutputsWriter
{
    /// <summary>The interface of the modules that <see cref="WriteMember"/> implements.</summary>
    public const string Interface = "global::UAmtfl.Trunks.ILayered";

    private const string List = "global::System.Collections.Generic.IReadOnlyList<global::UAmtfl.Trunks.LayerOutput>";

    /// <summary>Writes the list of the layers of a trunk or of a piece, which all its forms have in common.</summary>
    public static void Write(CodeWriter writer, TrunkModel trunk)
    {
        var layers = PlacedLayer.Of(trunk);
        writer.Doc("The layers, each with the shape of its output for one sample.");
        writer.Line($"public static {List} LayerOutputs {{ get; }} =").Line("[").Indented(() =>
        {
            foreach (var placed in layers)
            {
                writer.Line(
                    $"new(\"{placed.Layer.Kind.Name}\", \"{placed.Path}\", [{string.Join(", ", placed.Layer.Output)}]),");
            }
        }).Line("];");
    }

    /// <summary>Writes the member by which a module gives the list of its class or of the class around.</summary>
    public static void WriteMember(CodeWriter writer) =>
        writer.Line().Line("/// <inheritdoc/>").Line($"{List} {Interface}.Layers => LayerOutputs;");
}
