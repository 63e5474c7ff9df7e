using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture, which says how the features arise that each task is predicted from.</summary>
internal abstract class ArchitectureMethod(string attribute) : Method(attribute)
{
    /// <summary>The features that the heads take.</summary>
    public abstract Representation Representation { get; }

    /// <summary>True for the architecture of a variant that states a transfer and no architecture.</summary>
    public virtual bool IsDefault => false;

    public abstract MethodModel? Read(AttributeReader attribute, TaskSetModel tasks);

    /// <summary>Reports a trunk that the architecture cannot have.</summary>
    public virtual void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
    }
}
