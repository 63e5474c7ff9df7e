using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads which labels the tasks of an experiment can have together: the condition <c>static bool Feasible(Labels y)</c>, and how
/// many label vectors there are.</summary>
internal static class FeasibleParser
{
    /// <summary>The name of the type of a row's labels, which is generated, and that of the condition on them.</summary>
    private const string Labels = "Labels", Condition = "Feasible";

    /// <summary>Reports a member with the name of the generated type of labels.</summary>
    public static void CheckNames(INamedTypeSymbol experiment, ParseContext context)
    {
        foreach (var member in experiment.GetMembers(Labels).Where(m => !m.IsGenerated()))
        {
            context.Report(
                Rules.ReservedName, member.Identifier(), Labels,
                "member of an experiment with a hierarchy or with sources of weak labels");
        }
    }

    /// <summary>True if a type is written as the generated type of labels. The name is compared, because the type does not exist yet when
    /// the generator runs.</summary>
    public static bool IsLabels(TypeSyntax? type) => type switch
    {
        QualifiedNameSyntax qualified => IsLabels(qualified.Right),
        IdentifierNameSyntax name => name.Identifier.ValueText == Labels,
        _ => false,
    };

    /// <summary>True if the experiment has a condition. Reports one that cannot be called, and too many label vectors.</summary>
    public static bool HasCondition(INamedTypeSymbol experiment, TaskSetModel tasks, ParseContext context)
    {
        var methods = experiment.GetMembers(Condition).OfType<IMethodSymbol>().Where(m => !m.IsGenerated()).ToList();
        if (methods.Count > 0 && !methods.Exists(m => IsCondition(m, context.Cancellation)))
        {
            context.Report(
                Rules.BadFeasible, methods[0].Identifier(),
                "the method Feasible says which are, and cannot be called: declare it as 'static bool Feasible(Labels y)'");
        }

        foreach (var set in LabelSet.Of(tasks, together: methods.Count > 0).Where(s => s.Count > LabelSet.Most))
        {
            var names = string.Join(", ", set.Tasks.Take(5).Select(t => $"'{t.Name}'")) + (set.Tasks.Count > 5 ? ", …" : "");
            context.Report(
                Rules.BadFeasible, methods.FirstOrDefault()?.Identifier() ?? experiment.Identifier(),
                $"the labels of {names} can be combined in {set.Count} ways, of which at most {LabelSet.Most} can be told apart: "
                    + $"{(methods.Count > 0 ? "remove Feasible, which connects all tasks, or " : "")}declare fewer classes");
        }

        return methods.Count > 0;
    }

    private static bool IsCondition(IMethodSymbol method, CancellationToken cancellation) =>
        method is { IsStatic: true, IsGenericMethod: false, RefKind: RefKind.None, ReturnType.SpecialType: SpecialType.System_Boolean }
        && method.Parameters is [{ RefKind: RefKind.None } parameter]
        && parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is ParameterSyntax { Type: var type }
        && IsLabels(type);
}
