using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the tasks from the nested enums.</summary>
internal static class TaskParser
{
    public static readonly string[] Kinds = [WellKnownNames.Binary, WellKnownNames.Regression, WellKnownNames.Classification];

    public static TaskSetModel Parse(INamedTypeSymbol experiment, IReadOnlyList<AttributeReader> attributes, ParseContext context)
    {
        var declared = Declared(experiment, context);
        var families = attributes.Where(FamilyParser.Reads).ToList();
        if (families.Count == 0)
        {
            if (declared.Count == 0)
            {
                context.Report(Rules.NoTask, experiment.Identifier(), experiment.Name);
            }

            return declared;
        }

        if (declared.Count > 0 || families.Count > 1)
        {
            var last = families[families.Count - 1];
            context.Report(
                Rules.BadFamily,
                last.Location,
                last.Text("name") ?? "",
                "an experiment has one family or its own enums, not both: remove one");
        }

        return FamilyParser.Parse(experiment, families[0], context) ?? declared;
    }

    private static TaskSetModel Declared(INamedTypeSymbol experiment, ParseContext context)
    {
        var tasks = new List<TaskModel>();
        var seen = new Dictionary<string, ISymbol>();
        var hierarchies = HierarchyParser.Parse(experiment, context);
        AttributeReader? oneVsAll = null;
        var (columns, tooMany) = (System.Numerics.BigInteger.Zero, false);
        foreach (var type in experiment.GetTypeMembers().Where(t => t.TypeKind == TypeKind.Enum && !t.IsGenerated()))
        {
            if (hierarchies.TryGetValue(type.Name, out var hierarchy))
            {
                CheckName(type, seen, context);
                var loss = LossModel.Default(TaskKind.Classification);
                tasks.Add(new(type.Name, TaskKind.Classification, hierarchy.Classes, tasks.Count, loss) { Hierarchy = hierarchy });
                continue;
            }

            var onEnum = KindOf(type, context);
            var members = type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).ToList();
            if (onEnum is null && members.All(m => KindOf(m, context) is null))
            {
                continue;   // the enum is not about tasks
            }

            oneVsAll ??= onEnum is { } binary && binary.Is(WellKnownNames.Binary) && binary.Flag("OneVsAll", false) ? binary : null;
            foreach (var member in members)
            {
                CheckName(member, seen, context);
                CheckValue(member, members, context);
                if ((KindOf(member, context) ?? onEnum) is { } kind)
                {
                    var task = Task(member.Name, kind, tasks.Count);
                    tasks.Add(task);
                    var all = columns + task.Outputs;
                    if (Sizes.Fits(context, kind.LocationOf("classes"), "One output of all tasks together", all, "use fewer classes"))
                    {
                        columns += task.Outputs;
                    }
                    else
                    {
                        tooMany = true;
                    }
                }
                else
                {
                    context.Report(Rules.TaskWithoutKind, member.Identifier(), member.Name);
                }
            }
        }

        if (oneVsAll is not null && tasks.FirstOrDefault(t => t.Kind != TaskKind.Binary) is { } other)
        {
            context.Report(
                Rules.TaskKinds, oneVsAll.LocationOf("OneVsAll"), other.Name,
                "is not binary, so the tasks are not one-vs-all: remove OneVsAll");
        }

        if (tooMany)
        {
            // The number of outputs is limited, because later checks, which look for further errors, count columns.
            tasks = [.. tasks.Select(t => t with { Outputs = Math.Min(t.Outputs, 2) })];
        }

        // The losses of a kind are in the order in which they occur.
        var losses = tasks.Select(t => t.Loss).Distinct().ToList();
        return new(
            tasks.OrderBy(t => t.Kind).ThenBy(t => t.Outputs).ThenBy(t => losses.IndexOf(t.Loss)).ThenBy(t => t.LabelColumn)
                .ToEquatableArray(),
            oneVsAll is not null);
    }

    private static void CheckName(ISymbol task, Dictionary<string, ISymbol> seen, ParseContext context)
    {
        if (seen.TryGetValue(task.Name, out var first))
        {
            context.Report(Rules.DuplicateTask, task.Identifier(), task.Name, $"{Place(first)} and {Place(task)}; rename one");
        }
        else
        {
            seen.Add(task.Name, task);
        }

        if (ReservedNames.Members.Contains(task.Name))
        {
            context.Report(Rules.ReservedName, task.Identifier(), task.Name, "task");
        }
    }

    private static string Place(ISymbol task) => task is INamedTypeSymbol ? "as an enum" : $"in '{task.ContainingType.Name}'";

    private static void CheckValue(IFieldSymbol member, List<IFieldSymbol> members, ParseContext context)
    {
        if (members.First(m => Equals(m.ConstantValue, member.ConstantValue)) is var same && same.Name != member.Name)
        {
            context.Report(Rules.DuplicateTask, member.Identifier(), member.Name, $"it has the value of '{same.Name}'; remove one");
        }
    }

    private static AttributeReader? KindOf(ISymbol symbol, ParseContext context)
    {
        var kinds = symbol.Attributes(context).Where(a => Kinds.Contains(a.MetadataName)).ToList();
        if (kinds.Count > 1)
        {
            context.Report(
                Rules.TaskKinds, kinds[1].Location, symbol.Name,
                $"has the kinds [{kinds[0].Name}] and [{kinds[1].Name}]: "
                + "keep one");
        }

        if (symbol is IFieldSymbol && kinds.Count > 0 && kinds[0].States("OneVsAll"))
        {
            context.Report(
                Rules.TaskKinds, kinds[0].LocationOf("OneVsAll"), symbol.Name,
                "has OneVsAll, which is a property of all "
                + "tasks: put it on the enum");
        }

        return kinds.FirstOrDefault();
    }

    private static TaskModel Task(string name, AttributeReader attribute, int column)
    {
        var kind = attribute.MetadataName switch
        {
            WellKnownNames.Binary => TaskKind.Binary,
            WellKnownNames.Regression => TaskKind.Regression,
            _ => TaskKind.Classification,
        };
        var outputs = kind == TaskKind.Classification ? attribute.Integer("classes") : 1;
        var (loss, weights) = LossParser.Parse(attribute, kind);
        return new(name, kind, outputs, column, loss, weights);
    }
}
