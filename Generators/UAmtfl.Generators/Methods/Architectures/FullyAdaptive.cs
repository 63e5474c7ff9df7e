using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which stretches are split from the last to the first, by how much tasks agree on difficult
/// samples.</summary>
internal sealed class FullyAdaptive() : BranchingMethod("UAmtfl.Methods.FullyAdaptiveAttribute")
{
    private const string Price = "SplitAlpha", Cost = "SplitCost", Epochs = "EpochsBetweenSplits";

    protected override bool BeginsShared => true;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model(Kind,
    [
        Hyper(attribute, "Alpha", "The price α of tasks in one branch that find different samples difficult.", Price),
        Hyper(attribute, "UnitCost", "The price L₀ of a branch in the last stretch.", Cost),
        Hyper(attribute, Epochs, "The number of epochs before each split.") with { Whole = true },
    ]);

    public override void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        base.Check(attribute, trunk, tasks);
        if (tasks.PerTask)
        {
            attribute.Context.Report(
                Rules.BadArchitecture, attribute.Location, $"[{attribute.Name}]",
                "it compares tasks on the rows that have labels of both, but each row of this data set is of one task; "
                    + "use an architecture that needs no such rows");
        }
    }

    public override string Legend(VariantFile file) => "of the branches of a network that splits";

    public override string Search(VariantFile file)
    {
        var stretches = Stretches(file.Trunk);
        var names = string.Join(", ", stretches.Select((_, i) => $"network.{Branches(i)}"));
        var poolings = string.Join(", ", stretches.Select(s => PoolingsAfter(file.Trunk, s)));
        return $"new global::UAmtfl.Training.Structure.FullyAdaptiveSearch(network.{Tree}, [{names}], [{poolings}], hyper.{Price}, "
            + $"hyper.{Cost}, hyper.{Epochs})";
    }

    /// <summary>Returns the number of poolings after the last layer of a stretch that has parameters.</summary>
    private static int PoolingsAfter(TrunkModel trunk, Piece stretch)
    {
        var last = Enumerable.Range(stretch.From, stretch.To - stretch.From).LastOrDefault(i => trunk.Layers[i].Kind.HasParameters);
        return trunk.Layers.Skip(last).Count(l => l.Kind.EndsStretch == StretchEnd.Always);
    }
}
