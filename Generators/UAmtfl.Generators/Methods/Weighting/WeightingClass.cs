using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>What the class of a weighting says of it, whether it has source here or comes from another assembly.</summary>
internal static class WeightingClass
{
    /// <summary>What it needs of a step: its base class says it. Null where it has none of the runtime's bases.</summary>
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

    /// <summary>True if it keeps something for each parameter from step to step, such as gradients: it overrides <c>Allocate</c>. They
    /// must be those of parameters, because features change with the batch.</summary>
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

    /// <summary>True if it implements an interface of the runtime.</summary>
    public static bool Implements(INamedTypeSymbol type, string name) =>
        type.AllInterfaces.Any(i => AttributeReader.MetadataNameOf(i) == name);

    private static bool IsBase(INamedTypeSymbol type) => WellKnownNames.WeightingBases.Contains(AttributeReader.MetadataNameOf(type));
}
