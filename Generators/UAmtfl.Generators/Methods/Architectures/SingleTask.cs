using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which each task has a trunk of its own; all trunks are computed side by side in a stack.</summary>
internal sealed class SingleTask() : ArchitectureMethod("UAmtfl.SingleTaskAttribute")
{
    public override Representation Representation => Representation.PerTask;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("SingleTask", []);

    public override void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        var mixing = trunk.Attributes(attribute.Context).Where(a => LayerCatalogue.Find(a.MetadataName)?.Kind.MixesSamples == true);
        if (tasks.PerTask && mixing.FirstOrDefault() is { } norm)
        {
            attribute.Context.Report(
                Rules.BadShape, attribute.Location, $"[{attribute.Name}] on '{trunk.Name}'",
                $"each row of this data set is of one task, but [{norm.Name}] would normalise a task's network by the rows of all: "
                    + "leave it out of this network");
        }
    }
}
