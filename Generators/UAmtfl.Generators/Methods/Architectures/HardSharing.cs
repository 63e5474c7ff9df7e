using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which all tasks share one trunk.</summary>
internal sealed class HardSharing() : ArchitectureMethod("UAmtfl.HardSharingAttribute")
{
    public override bool IsDefault => true;

    public override Representation Representation => Representation.Shared;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("HardSharing", []);
}
