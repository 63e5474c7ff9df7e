using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the table from which an experiment takes its data: [Table] with [Partition] and [Column].</summary>
internal static class TableParser
{
    /// <summary>The options about inputs that are columns.</summary>
    private static readonly string[] OfInputs = ["Inputs", "Categories", "Missing", "Unknown", "Standardise"];

    /// <summary>Returns the model of the table, and the shape of the inputs that it gives, or null if it is not known.</summary>
    /// <param name="table">The attribute of the table.</param>
    /// <param name="folder">The attribute of the folder with the images that are the inputs; null if these are columns.</param>
    /// <param name="experiment">The class of the experiment.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="tasks">Its tasks.</param>
    /// <param name="context">Takes what is reported.</param>
    public static (TableModel Table, EquatableArray<int>? Shape) Parse(
        AttributeReader table, AttributeReader? folder, INamedTypeSymbol experiment, IReadOnlyList<AttributeReader> attributes,
        TaskSetModel tasks, ParseContext context)
    {
        var partition = attributes.Find(WellKnownNames.Partition);
        var (members, columns) = (Members(experiment), Columns(experiment, context));
        var (images, shape) = folder is null ? default((ImageColumnModel?, EquatableArray<int>?))
            : ImageFolderParser.ParseColumn(folder, experiment);
        var model = Read(table, partition, tasks, columns) with { Images = images };
        CheckOptions(table, tasks, columns, model);
        CheckPartition(partition, model.Partition);
        var checks = new TableChecks(
            table, partition, folder, name => columns.TryGetValue(name, out var column) ? column.LocationOf("name")
            : members.TryGetValue(name, out var member) ? member.Identifier() : table.LocationOf("path"), model, tasks);
        var width = checks.Check();
        return (model, shape ?? (width is { } known ? [known] : null));
    }

    /// <summary>Reports [Partition] and [Column] in an experiment that has no table.</summary>
    public static void ReportWithoutTable(
        INamedTypeSymbol experiment, IReadOnlyList<AttributeReader> attributes, ParseContext context)
    {
        AttributeReader[] partition = attributes.Find(WellKnownNames.Partition) is { } found ? [found] : [];
        foreach (var attribute in Columns(experiment, context).Values.Concat(partition))
        {
            context.Report(
                Rules.NeedsAsymmetry, attribute.Location, $"[{attribute.Name}]",
                "it is about a [Table(\"…\")], which the experiment has not");
        }
    }

    private static Dictionary<string, AttributeReader> Columns(INamedTypeSymbol experiment, ParseContext context) =>
        Members(experiment).Values.Select(m => (m.Name, Column: m.Attributes(context).Find(WellKnownNames.Column)))
            .Where(m => m.Column is not null).ToDictionary(m => m.Name, m => m.Column!);

    /// <summary>Returns the members of the enums that the user declares, and the enums that are one task, by name. The first counts if a
    /// name occurs twice.</summary>
    private static Dictionary<string, ISymbol> Members(INamedTypeSymbol experiment) =>
        experiment.GetTypeMembers().Where(t => t.TypeKind == TypeKind.Enum && !t.IsGenerated())
            .SelectMany(t => HierarchyParser.Reads(t) ? [t] : t.GetMembers().OfType<IFieldSymbol>().Cast<ISymbol>())
            .GroupBy(m => m.Name).ToDictionary(g => g.Key, g => g.First());

    private static TableModel Read(
        AttributeReader table, AttributeReader? partition, TaskSetModel tasks, Dictionary<string, AttributeReader> columns) =>
        new(
            table.Text("path") ?? "",
            tasks.Tasks.OrderBy(t => t.LabelColumn).Select(t =>
            {
                columns.TryGetValue(t.Name, out var column);
                return new TableTaskModel(
                    column?.Text("name") ?? t.Label ?? t.Name, t.Kind, t.Outputs, column?.Texts("Classes").ToEquatableArray() ?? []);
            }).ToEquatableArray())
        {
            Inputs = table.Texts("Inputs").ToEquatableArray(),
            Ignore = table.Texts("Ignore").ToEquatableArray(),
            Categories = table.Texts("Categories").ToEquatableArray(),
            Id = table.Text("Id"),
            Task = table.Text("Task"),
            Label = table.Text("Label"),
            Missing = table.Choice("Missing") ?? "Error",
            Unknown = table.Choice("Unknown") ?? "Error",
            Standardise = table.Flag("Standardise", true),
            StandardiseLabels = table.Flag("StandardiseLabels", false),
            Format = new(
                table.Character("Separator"), table.Flag("DecimalComma", false),
                table.States("Markers") ? table.Texts("Markers").ToEquatableArray() : null),
            Partition = partition is null ? PartitionModel.Default : new(
                partition.Number("Train"), partition.Number("Validation"), partition.Text("Stratify"), partition.Text("Group"),
                partition.Text("Column"), partition.Text("ValidationFile"), partition.Text("TestFile"), partition.Integer("Folds"),
                partition.Integer("Seed")),
        };

    private static void CheckOptions(
        AttributeReader table, TaskSetModel tasks, Dictionary<string, AttributeReader> columns, TableModel model)
    {
        if ((model.Task is null) != (model.Label is null))
        {
            var (stated, other) = model.Task is null ? ("Label", "Task") : ("Task", "Label");
            table.Context.Report(
                Rules.BadTable, table.LocationOf(stated), model.Path,
                $"{stated} says that each row is of one task, and {other} is not stated: state both, or neither");
        }

        if (model.Task is not null && model.Tasks.FirstOrDefault(t => t.ClassCount != model.Tasks[0].ClassCount) is { } odd)
        {
            table.Context.Report(
                Rules.BadTable, table.LocationOf("Task"), model.Path,
                $"rows of one task each have labels in one column, and '{odd.Column}' is of another kind than '{model.Tasks[0].Column}': "
                + "give all tasks one kind");
        }

        if (model.StandardiseLabels && !tasks.Has(TaskKind.Regression))
        {
            table.Context.Report(
                Rules.NeedsAsymmetry, table.LocationOf("StandardiseLabels"), "StandardiseLabels", "no task is a regression");
        }

        foreach (var option in model.Images is null ? [] : OfInputs.Where(table.States))
        {
            table.Context.Report(
                Rules.NeedsAsymmetry, table.LocationOf(option), option, "the inputs are the images of [ImageFolder]");
        }

        if (model.Format.Separator > 127)
        {
            table.Context.Report(
                Rules.BadTable, table.LocationOf("Separator"), model.Path, "the separator is no ASCII character: choose another");
        }

        foreach (var (task, column) in columns.Select(c => (tasks.Tasks.FirstOrDefault(t => t.Name == c.Key), c.Value)))
        {
            var classes = task?.Classes ?? 0;
            if (task is not null && column.States("Classes") && column.Texts("Classes") is var stated && stated.Count != classes)
            {
                column.Context.Report(
                    Rules.BadColumn, column.LocationOf("Classes"), column.Text("name") ?? task.Name, model.Path, classes == 0
                        ? "is that of a regression, which has no classes: drop Classes"
                        : $"has {stated.Count} Classes, and the task has {classes}: state as many");
            }
        }
    }

    private static void CheckPartition(AttributeReader? partition, PartitionModel model)
    {
        if (partition is null)
        {
            return;
        }

        string[] ways = [.. new[] { "Column", "Folds", "TestFile" }.Where(partition.States)];
        if (ways.Length == 0 && partition.States("ValidationFile"))
        {
            ways = ["ValidationFile"];
        }

        var random = ways.Length == 0 || ways[0] == "Folds";
        var unused = ways.Skip(1).FirstOrDefault()
            ?? (ways.Length == 0 || ways[0] == "ValidationFile" ? null : new[] { "Train" }.FirstOrDefault(partition.States))
            ?? (ways.FirstOrDefault() == "Column"
                ? new[] { "Validation", "Seed", "ValidationFile", "Group", "Stratify" }.FirstOrDefault(partition.States) : null)
            ?? (ways.FirstOrDefault() == "Folds" ? new[] { "ValidationFile" }.FirstOrDefault(partition.States) : null);
        if (unused is not null)
        {
            partition.Context.Report(
                Rules.BadPartition, partition.LocationOf(unused), $"{unused} has no effect beside {ways[0]}: keep one");
        }

        if (model.Folds == 1)
        {
            partition.Context.Report(
                Rules.BadPartition, partition.LocationOf("Folds"), "a cross-validation has at least 2 folds: choose more, or drop Folds");
        }

        var share = model.Folds > 1 ? model.Validation + (1.0 / model.Folds) : random ? model.Train + model.Validation : 0;
        if (share >= 1)
        {
            partition.Context.Report(
                Rules.BadPartition, partition.LocationOf(partition.States("Validation") ? "Validation" : "Train"), model.Folds > 1
                    ? "the validation fraction and the fold of the test leave no training row: choose a smaller one"
                    : "the fractions Train and Validation leave no row for the test: choose smaller ones, whose sum is below 1");
        }
    }
}
