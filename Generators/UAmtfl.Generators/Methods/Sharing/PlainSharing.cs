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
}
