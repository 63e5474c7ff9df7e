using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture in which each task has a trunk of its own.</summary>
internal sealed class SideBySide() : ArchitectureMethod("UAmtfl.SideBySideAttribute")
{
    public override Representation Representation => Representation.PerTask;

    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) => Model("SideBySide", []);
}
