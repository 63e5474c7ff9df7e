using UAmtfl.Generators.Models;
using static UAmtfl.Generators.Emission.ExperimentWriter;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the declaration of the table from which an experiment takes its data.</summary>
internal static class TableWriter
{
    private const string Space = "global::UAmtfl.Data.Tables";

    public static void Write(CodeWriter writer, TableModel table)
    {
        var type = table.Task is null ? "TableDataset" : "PerTaskTableDataset";
        var named = table.Images is { } images
            ? $", new global::{WellKnownNames.ImageColumn}({Text(images.Path)}, {Text(images.Column)}, {images.Side})"
            : "";
        writer.Line($"Dataset = static () => new {Space}.{type}(new()").Line("{").Indented(() => WriteMembers(writer, table))
            .Line($"}}{named}),");
    }

    private static void WriteMembers(CodeWriter writer, TableModel table)
    {
        writer.Line($"Path = {Text(table.Path)},");
        writer.Line("Tasks =").Line("[").Indented(() =>
        {
            foreach (var task in table.Tasks)
            {
                var classes = task.Classes > 1 ? $", {task.Classes}" : "";
                var names = task.ClassNames.Count > 0 ? $" {{ ClassNames = {List(task.ClassNames)} }}" : "";
                writer.Line($"new({Text(task.Column)}, global::UAmtfl.Tasks.TaskKind.{task.Kind}{classes}){names},");
            }
        }).Line("],");
        WriteList(writer, "Inputs", table.Inputs);
        WriteList(writer, "Ignore", table.Ignore);
        WriteList(writer, "Categories", table.Categories);
        WriteText(writer, "Id", table.Id);
        WriteText(writer, "Task", table.Task);
        WriteText(writer, "Label", table.Label);
        WriteUnless(writer, table.Missing == "Error", $"Missing = global::UAmtfl.MissingInputs.{table.Missing}");
        WriteUnless(writer, table.Unknown == "Error", $"Unknown = global::UAmtfl.UnknownCategories.{table.Unknown}");
        WriteUnless(writer, table.Standardise, "Standardise = false");
        WriteUnless(writer, !table.StandardiseLabels, "StandardiseLabels = true");
        WriteUnless(writer, table.Format == TableFormatModel.Default, $"Format = new() {{ {string.Join(", ", Members(table.Format))} }}");
        WriteUnless(
            writer, table.Partition == PartitionModel.Default, $"Partition = new() {{ {string.Join(", ", Members(table.Partition))} }}");
    }

    private static IEnumerable<string> Members(TableFormatModel format)
    {
        if (format.Separator != '\0')
        {
            yield return $"Separator = {Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(format.Separator, quote: true)}";
        }

        if (format.DecimalComma)
        {
            yield return "DecimalComma = true";
        }

        if (format.Markers is { } markers)
        {
            yield return $"Markers = {List(markers)}";
        }
    }

    private static IEnumerable<string> Members(PartitionModel partition)
    {
        var plain = PartitionModel.Default;
        (string Name, string? Value)[] members =
        [
            ("Train", partition.Train == plain.Train ? null : Number(partition.Train)),
            ("Validation", partition.Validation == plain.Validation ? null : Number(partition.Validation)),
            ("Stratify", Quoted(partition.Stratify)), ("Group", Quoted(partition.Group)), ("Column", Quoted(partition.Column)),
            ("ValidationFile", Quoted(partition.ValidationFile)), ("TestFile", Quoted(partition.TestFile)),
            ("Folds", partition.Folds == 0 ? null : $"{partition.Folds}"), ("Seed", partition.Seed == 0 ? null : $"{partition.Seed}"),
        ];
        return members.Where(m => m.Value is not null).Select(m => $"{m.Name} = {m.Value}");
    }

    private static void WriteList(CodeWriter writer, string name, EquatableArray<string> values) =>
        WriteUnless(writer, values.Count == 0, $"{name} = {List(values)}");

    private static void WriteText(CodeWriter writer, string name, string? value) =>
        WriteUnless(writer, value is null, $"{name} = {Quoted(value)}");

    private static void WriteUnless(CodeWriter writer, bool isDefault, string member)
    {
        if (!isDefault)
        {
            writer.Line($"{member},");
        }
    }

    private static string? Quoted(string? text) => text is null ? null : Text(text);

    private static string List(EquatableArray<string> values) => $"[{string.Join(", ", values.Select(Text))}]";
}
