using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Diagnostics;

namespace UAmtfl.Generators.Parsing;

/// <summary>Checks that the generator can add its part to a class.</summary>
internal static class ClassChecks
{
    /// <summary>Reports what keeps the generator from adding a part to a class or a type around it.</summary>
    public static void CheckExtensible(this INamedTypeSymbol type, ParseContext context)
    {
        if (type.IsFileLocal)
        {
            context.Report(Rules.BadClass, type.Identifier(), type.Name, "file-local", "remove 'file'");
        }

        if (type.TypeParameters.Length > 0)
        {
            context.Report(Rules.BadClass, type.Identifier(), type.Name, "generic", "remove the type parameters");
        }

        foreach (var declaration in type.Declarations(context.Cancellation).Where(d => !d.Modifiers.Any(SyntaxKind.PartialKeyword)))
        {
            context.Report(Rules.NotPartial, declaration.Identifier.GetLocation(), type.Name, $"partial {type.Keyword()} {type.Name}");
        }
    }

    /// <summary>Reports what keeps a nested class from becoming a trunk or a variant.</summary>
    public static void CheckNested(this INamedTypeSymbol type, string kind, string? baseClass, ParseContext context)
    {
        type.CheckExtensible(context);
        if (type.IsRecord)
        {
            context.Report(Rules.BadClass, type.Identifier(), type.Name, "a record", "write 'class'");
        }

        if (type.IsStatic || type.IsAbstract)
        {
            context.Report(Rules.BadClass, type.Identifier(), type.Name, type.IsStatic ? "static" : "abstract", "remove the modifier");
        }

        if (type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } parent
            && parent.FullName() != baseClass)
        {
            context.Report(
                Rules.BadClass,
                type.Identifier(),
                type.Name,
                $"derived from '{parent.Name}'",
                $"remove the base class, because the generator writes what a {kind} needs");
        }

        foreach (var parameters in type
            .Declarations(context.Cancellation)
            .Select(d => d.ParameterList).OfType<ParameterListSyntax>()
            .Where(_ => !type.IsRecord))
        {
            context.Report(
                Rules.BadClass,
                parameters.GetLocation(),
                type.Name,
                "a class with a primary constructor",
                $"remove the parameters, because the generator makes the objects of a {kind}");
        }

        foreach (var member in type.GetMembers()
            .Where(m => !m.IsImplicitlyDeclared && !m.IsGenerated() && ReservedNames.NestedMembers.Contains(m.Name)))
        {
            context.Report(Rules.ReservedName, member.Identifier(), member.Name, $"member of a {kind}");
        }

        if (ReservedNames.IsNestedMember(type.Name))
        {
            context.Report(Rules.ReservedName, type.Identifier(), type.Name, kind);
        }
    }

    /// <summary>Reports a type that is less accessible than the trunk or variant whose public members use it, because the compiler would
    /// otherwise report CS0053 or CS0051 in generated code.</summary>
    public static void CheckReach(
        this INamedTypeSymbol owner, string kind, INamedTypeSymbol shown, Location location, ParseContext context)
    {
        if (shown.Reach() < owner.Reach())
        {
            context.Report(Rules.Unreachable, location, kind, owner.Name, Word(owner.Reach()), shown.Name, Word(shown.Reach()));
        }
    }

    /// <summary>Reports an experiment that is not accessible to the generated code that registers it.</summary>
    public static void CheckReachable(this INamedTypeSymbol experiment, ParseContext context)
    {
        if (experiment.Reach() is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
        {
            context.Report(
                Rules.BadClass,
                experiment.Identifier(),
                experiment.Name,
                "private to the type around it",
                "make it, and the types around it, internal or public");
        }
    }

    private static string Word(Accessibility reach) =>
        reach switch { Accessibility.Public => "public", Accessibility.Internal => "internal", _ => "private" };
}
