using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>Reads the facts about a weighting from its class, which can come from this project or from another assembly.</summary>
internal static class WeightingClass
{
    /// <summary>Returns what a weighting needs in a step, which its base class decides; null if it has none of the runtime's base
    /// classes.</summary>
    public static Need? NeedOf(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            var place = WellKnownNames.WeightingBases.ToList().IndexOf(AttributeReader.MetadataNameOf(current));
            if (place >= 0)
            {
                return (Need)place;
            }
        }

        return null;
    }

    /// <summary>True if the class overrides <c>Allocate</c>, so that it keeps values from step to step, such as gradients. These must be
    /// gradients of parameters, because features change with the batch.</summary>
    public static bool KeepsGradients(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null && !IsBase(current); current = current.BaseType)
        {
            if (current.GetMembers("Allocate").Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if the class implements an interface with this full name.</summary>
    public static bool Implements(INamedTypeSymbol type, string name) =>
        type.AllInterfaces.Any(i => AttributeReader.MetadataNameOf(i) == name);

    private static bool IsBase(INamedTypeSymbol type) => WellKnownNames.WeightingBases.Contains(AttributeReader.MetadataNameOf(type));
}
