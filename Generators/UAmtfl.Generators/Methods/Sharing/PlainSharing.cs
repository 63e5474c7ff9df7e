using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.SharingMethods;

internal sealed class HardSharing() : SharingMethod(WellKnownNames.HardSharing)
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("HardSharing", []);
}

/// <summary>T trunks; the model writer asks <see cref="SharingMethod.SharesFeatures"/>.</summary>
internal sealed class SingleTask() : SharingMethod(WellKnownNames.SingleTask)
{
    public override bool SharesFeatures => false;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("SingleTask", []);

    public override void Check(AttributeReader attribute, MethodModel model, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        if (tasks.PerTask && trunk.Attributes(attribute.Context).Find(WellKnownNames.BatchNorm) is { } norm)
        {
            attribute.Context.Report(Rules.BadShape, attribute.Location, $"[{attribute.Name}] on '{trunk.Name}'", $"each row of this data set is of one task, but [{norm.Name}] would normalise a task's network by the rows of all: leave it out of this network");
        }
    }
}
