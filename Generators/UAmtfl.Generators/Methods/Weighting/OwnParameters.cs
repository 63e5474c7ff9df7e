using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>Finds out whether the class of a user's weighting can have parameters, which are trained at a learning rate of their
/// own.</summary>
internal static class OwnParameters
{
    private const string State = "UAmtfl.Weighting.State";

    private static readonly string[] Modules = ["TorchSharp.torch.nn.Module", "TorchSharp.Modules.Parameter"];

    /// <summary>The names of the types and methods with which a class registers a parameter or a module.</summary>
    private static readonly string[] Registering =
    [
        "Parameter", "register_parameter", "register_module", "add_module", "RegisterComponents",
    ];

    /// <summary>True unless the source of the class and of its base classes shows that it registers no parameter. A base class without
    /// source counts as one that registers some.</summary>
    public static bool MayHave(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null
            && !WellKnownNames.WeightingBases.Contains(AttributeReader.MetadataNameOf(current)); current = current.BaseType)
        {
            if (current.DeclaringSyntaxReferences.IsEmpty
                || current.GetMembers().OfType<IFieldSymbol>().Any(f => !f.IsStatic && Holds(f.Type))
                || current.DeclaringSyntaxReferences.Any(r => r.GetSyntax().DescendantNodes().Any(Registers)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if code can register a parameter: it names one of the types or methods for that, or passes <c>this</c> to a
    /// method.</summary>
    private static bool Registers(SyntaxNode node) =>
        node is SimpleNameSyntax name
            ? Registering.Contains(name.Identifier.ValueText)
            : node is ArgumentSyntax { Expression: ThisExpressionSyntax };

    private static bool Holds(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Holds(array.ElementType),
        INamedTypeSymbol named =>
            named.ContainingNamespace?.ToDisplayString() != State && (IsModule(named) || named.TypeArguments.Any(Holds)),
        _ => false,
    };

    private static bool IsModule(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Modules.Contains(
                current.OriginalDefinition.ToDisplayString(
                    SymbolDisplayFormat.FullyQualifiedFormat.WithGenericsOptions(
                        SymbolDisplayGenericsOptions.None)).Replace("global::", "")))
            {
                return true;
            }
        }

        return false;
    }
}
