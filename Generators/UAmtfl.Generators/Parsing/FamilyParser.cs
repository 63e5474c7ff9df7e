using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads a family of tasks whose names are the lines of a file, such as 181 drugs.</summary>
internal static class FamilyParser
{
    public static bool Reads(AttributeReader attribute) =>
        attribute.Is(WellKnownNames.RegressionFamily) || attribute.Is(WellKnownNames.BinaryFamily);

    /// <summary>Returns the tasks of the family, or null if it has an error, which is reported.</summary>
    public static TaskSetModel? Parse(INamedTypeSymbol experiment, AttributeReader family, ParseContext context)
    {
        var name = family.Text("name") ?? "";
        var file = (family.Text("file") ?? "").Replace('\\', '/');
        if (!Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name)
            || ReservedNames.Types.Contains(name)
            || experiment.GetMembers(name).Any(m => !m.IsGenerated()))
        {
            context.Report(
                Rules.BadFamily, family.LocationOf("name"), name,
                "it names the enum that is generated: "
                + "give a C# name that the experiment does not have yet");
            return null;
        }

        var found = context.Files.Names.Where(f => f.IsNamed(file)).OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        if (found.Count != 1)
        {
            context.Report(Rules.BadFamily, family.LocationOf("file"), name, found.Count == 0
                ? $"the project has no file '{file}': add it, with a name that ends in .tasks.txt, one task a line"
                : $"'{file}' may be '{found[0].Path}' or '{found[1].Path}': write more of the path");
            return null;
        }

        return Tasks(family, name, file, found[0].Names, context);
    }

    private static TaskSetModel? Tasks(
        AttributeReader family, string name, string file, EquatableArray<string> names, ParseContext context)
    {
        var kind = family.Is(WellKnownNames.BinaryFamily) ? TaskKind.Binary : TaskKind.Regression;
        if (names.Count == 0)
        {
            context.Report(Rules.BadFamily, family.LocationOf("file"), name, $"'{file}' names no task: write one a line");
            return null;
        }

        var (loss, weights) = LossParser.Parse(family, kind);
        var seen = new Dictionary<string, string>();
        foreach (var task in names)
        {
            var identifier = NameFile.Identifier(task);
            if (seen.TryGetValue(identifier, out var other))
            {
                context.Report(Rules.BadFamily, family.LocationOf("file"), name, other == task
                    ? $"'{file}' names '{task}' twice: remove one"
                    : $"'{other}' and '{task}' in '{file}' are both {identifier} in C#: change one");
                return null;
            }

            seen.Add(identifier, task);
        }

        return new(
            names.Select((task, i) => new TaskModel(NameFile.Identifier(task), kind, 1, i, loss, weights, task)).ToEquatableArray(),
            OneVsAll: false,
            Family: name);
    }
}
