using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads where an experiment takes its data from: [Dataset], [Table] or [ImageFolder].</summary>
internal static class DatasetParser
{
    /// <summary>Returns the attribute that names the data; null if there is none.</summary>
    public static AttributeReader? Find(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Dataset) ?? Declared(attributes);

    /// <summary>Returns the attribute that declares data without a class of the user; null if there is none.</summary>
    public static AttributeReader? Declared(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Table) ?? attributes.Find(WellKnownNames.ImageFolder);

    /// <summary>Returns the model of the data, or null if there is none or the compiler reports an error in it, and the shape of the
    /// inputs of a row, or null if it is not known.</summary>
    public static (DatasetModel? Dataset, EquatableArray<int>? Shape) Parse(
        INamedTypeSymbol experiment, IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks, ParseContext context)
    {
        var (dataset, table) = (attributes.Find(WellKnownNames.Dataset), attributes.Find(WellKnownNames.Table));
        var folder = attributes.Find(WellKnownNames.ImageFolder);
        ReportSecond(Rules.BadTable, table, dataset, "[Dataset<T>]");
        ReportSecond(Rules.BadImageFolder, folder, dataset, "[Dataset<T>]");
        if (table is not null)
        {
            var (model, shape) = TableParser.Parse(table, folder, experiment, attributes, tasks, context);
            return (new(Table: model), shape);
        }

        TableParser.ReportWithoutTable(experiment, attributes, context);
        if (folder is not null)
        {
            var (model, shape) = ImageFolderParser.Parse(folder, experiment, tasks);
            return (new(Images: model), shape);
        }

        return (dataset?.TypeArgument is { } type ? new(Type: type.FullName()) : null, null);
    }

    private static void ReportSecond(DiagnosticDescriptor rule, AttributeReader? attribute, AttributeReader? other, string named)
    {
        if (attribute is not null && other is not null)
        {
            attribute.Context.Report(rule, attribute.Location, attribute.Text("path") ?? "", $"there is a {named} too: keep one");
        }
    }

    /// <summary>True if each row of the data is of one task.</summary>
    public static bool IsPerTask(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Table)?.States("Task") == true
        || attributes.Find(WellKnownNames.Dataset)?.TypeArgument?.AllInterfaces
            .Any(i => i.FullName() == WellKnownNames.PerTaskDataset) == true;
}
