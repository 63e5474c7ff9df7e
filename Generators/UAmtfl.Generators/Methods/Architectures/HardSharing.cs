using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>One trunk for all tasks.</summary>
internal sealed class HardSharing() : ArchitectureMethod(Name)
{
    public const string Name = "UAmtfl.HardSharingAttribute";

    public override Representation Representation => Representation.Shared;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("HardSharing", []);
}
