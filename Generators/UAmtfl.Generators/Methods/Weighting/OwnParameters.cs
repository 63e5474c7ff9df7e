using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>True if a weighting of the user's own can have parameters, which are trained at a learning rate of their own.</summary>
internal static class OwnParameters
{
    private const string State = "UAmtfl.Weighting.State";

    private static readonly string[] Modules = ["TorchSharp.torch.nn.Module", "TorchSharp.Modules.Parameter"];

    /// <summary>The names that register a parameter or a module with parameters.</summary>
    private static readonly string[] Registering =
    [
        "Parameter", "register_parameter", "register_module", "add_module", "RegisterComponents",
    ];

    /// <summary>True if it may have some: false only where its source, and that of its bases, has nothing that registers one.
    /// A base without source is taken to have some.</summary>
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

    /// <summary>Also where the object itself is handed to a method, which may register with it.</summary>
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
