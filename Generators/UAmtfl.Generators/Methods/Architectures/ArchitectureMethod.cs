using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture, which decides how the features of each task are computed.</summary>
internal abstract class ArchitectureMethod(string attribute) : Method(attribute)
{
    /// <summary>The form of the features that the heads take.</summary>
    public abstract Representation Representation { get; }

    /// <summary>True for the architecture of a variant that has a transfer and no attribute of an architecture.</summary>
    public virtual bool IsDefault => false;

    public abstract MethodModel? Read(AttributeReader attribute, TaskSetModel tasks);

    /// <summary>Reports a trunk that does not fit the architecture.</summary>
    public virtual void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
    }
}
