using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture that is made of pieces of the declared layers.</summary>
internal abstract class StretchedMethod(string attribute) : ArchitectureMethod(attribute)
{
    public override Representation Representation => Representation.PerTask;

    public override bool SharesParameters => true;

    public override void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        var attributes = trunk.Attributes(attribute.Context);
        var why = attributes.Find(WellKnownNames.Trunk) is not null
                ? "it is written by hand, and what has no declared layers cannot be copied in pieces; declare its layers"
            : attributes.Any(a => LayerCatalogue.Find(a.MetadataName)?.Kind.HasParameters == true) ? null
            : "it has no layer with parameters, so that copies of it would be equal; give it one";
        if (why is not null)
        {
            attribute.Context.Report(Rules.BadArchitecture, attribute.Location, $"[{attribute.Name}] on '{trunk.Name}'", why);
        }
    }

    /// <summary>Returns the module that computes the layers before the first mark, which all tasks share; null if there are
    /// none.</summary>
    protected static PartCode? Common(VariantFile file)
    {
        var trunk = file.Trunk.Of(CommonPiece(file.Trunk));
        return file.Trunk.Common == 0 ? null
            : new(
                "Trunk", TypeOf(file, CommonPiece(file.Trunk)), $"new {TypeOf(file, CommonPiece(file.Trunk))}(dtype, device)",
                $"what all tasks share: {Inputs(file)} → {TrunkWriter.Shape(trunk.Output)}", Owners.AllTasks, Prepares: true);
    }

    /// <summary>Returns pieces of a trunk after the one that all tasks share, if there is such.</summary>
    protected static IReadOnlyList<PieceUse> WithCommon(TrunkModel trunk, IEnumerable<PieceUse> copied) =>
        trunk.Common == 0 ? [.. copied] : [new(CommonPiece(trunk), PieceForm.Single), .. copied];

    /// <summary>The layers before the first mark.</summary>
    protected static Piece CommonPiece(TrunkModel trunk) => new(0, trunk.Common, Raw: false);

    /// <summary>Returns the type of a piece, or of its copies side by side.</summary>
    protected static string TypeOf(VariantFile file, Piece piece, PieceForm form = PieceForm.Single) =>
        $"{TrunkType(file)}.{piece.Name}{(form == PieceForm.Single ? "" : $".{form}")}";

    /// <summary>Returns the part for copies of a piece side by side.</summary>
    protected static PartCode Copies(VariantFile file, string name, Piece piece, PieceForm form, int copies, string owner, string words)
    {
        var trunk = file.Trunk.Of(piece);
        return new(
            name, TypeOf(file, piece, form), $"new {TypeOf(file, piece, form)}({copies}, dtype, device)",
            $"{words}, batched: {Text(trunk.Input, form == PieceForm.OwnStack ? copies : 0)} → {Text(trunk.Output, copies)}",
            owner, Prepares: !piece.Raw);
    }

    /// <summary>Returns the shape of a batch as text, of copies side by side if their number is not 0.</summary>
    protected static string Text(IReadOnlyList<int> shape, int copies) => copies == 0 ? TrunkWriter.Shape(shape)
        : shape.Count == 1 ? $"[{copies}, N, {shape[0]}]"
        : $"[N, {copies}·{string.Join(", ", LayerShape.Held(shape))}]";

    /// <summary>Returns the shape of a sample inside a network as C# arguments: <c>20, 12, 12</c>.</summary>
    protected static string Arguments(IReadOnlyList<int> shape) => string.Join(", ", LayerShape.Held(shape));
}
