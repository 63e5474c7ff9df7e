using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>The code that creates a weighting from the values of its attribute.</summary>
/// <param name="Code">The expression that creates the weighting, in <c>hyper</c>.</param>
/// <param name="Hypers">The numbers that configuration can change, in the order of the constructor's parameters.</param>
/// <param name="Settings">The other arguments in words: <c>rescale = true</c>.</param>
internal sealed record WeightingCreation(string Code, IReadOnlyList<HyperModel> Hypers, string Settings)
{
    private static string Inner => WellKnownNames.WeightingBases[(int)Need.Gramian];

    /// <summary>Returns the code that creates a weighting, or null and a diagnostic if the constructor and the attribute do not
    /// match.</summary>
    /// <param name="attribute">The attribute of the variant.</param>
    /// <param name="type">The class of the weighting.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="inner">The first argument of a weighting around another one: the expression that creates the inner one. Null if the
    /// first argument is the number of tasks.</param>
    public static WeightingCreation? Of(AttributeReader attribute, INamedTypeSymbol type, TaskSetModel tasks, string? inner = null)
    {
        var constructor = type.InstanceConstructors
            .Where(c => c.DeclaredAccessibility == Accessibility.Public && c.Parameters.Length > 0)
            .Where(c => inner is null ? IsWhole(c.Parameters[0].Type) : IsInner(c.Parameters[0].Type))
            .OrderByDescending(c => c.Parameters.Length).FirstOrDefault();
        if (type.IsAbstract || constructor is null)
        {
            return Refuse($"give it a public constructor whose first parameter is {(inner is null ? "int tasks" : "a GramianWeighting")}");
        }

        var (hypers, settings, used) = (new List<HyperModel>(), new List<string>(), new List<string>());
        var arguments = new List<string> { inner ?? $"{tasks.Count}" };
        foreach (var parameter in constructor.Parameters.Skip(1))
        {
            var read = attribute.Property(parameter.Name) is { } property ? WeightingParameter.Of(attribute, property, parameter) : null;
            if (read is null)
            {
                if (parameter.HasExplicitDefaultValue)
                {
                    continue;
                }

                return Refuse($"its constructor's '{parameter.Name}' has no counterpart in [{attribute.Name}]; "
                    + "add a property of that name and of "
                    + $"type {parameter.Type.ToDisplayString()}, a number with [Number(…)]");
            }

            used.Add(read.Name);
            var (code, hyper) = read.Read(tasks);
            var name = SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? parameter.Name : $"@{parameter.Name}";
            arguments.Add($"{name}: {code}");
            if (hyper is not null)
            {
                hypers.Add(hyper);
            }
            else if (read.Say(code, tasks) is { } said)
            {
                settings.Add(said);
            }
        }

        var numbers = attribute.Properties.Where(p => attribute.Of(p, WellKnownNames.Number) is not null);
        var idle = numbers.FirstOrDefault(p => p.Name != "LearningRateScale" && !used.Contains(p.Name));
        return idle is not null
            ? Refuse($"no parameter of its constructor takes the number {idle.Name} of [{attribute.Name}]; add one, or remove the number")
            : new($"new {type.FullName()}({string.Join(", ", arguments)})", hypers, string.Join(", ", settings));

        WeightingCreation? Refuse(string what)
        {
            attribute.Context.Report(Rules.BadWeighting, attribute.Location, type.Name, what);
            return null;
        }
    }

    private static bool IsWhole(ITypeSymbol type) => type.SpecialType == SpecialType.System_Int32;

    private static bool IsInner(ITypeSymbol type) => type is INamedTypeSymbol named && AttributeReader.MetadataNameOf(named) == Inner;
}
