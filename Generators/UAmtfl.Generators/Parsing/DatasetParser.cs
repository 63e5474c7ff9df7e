using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads where an experiment takes its data from: [Dataset] or [Table].</summary>
internal static class DatasetParser
{
    /// <summary>Returns the attribute that names the data; null if there is none.</summary>
    public static AttributeReader? Find(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Dataset) ?? attributes.Find(WellKnownNames.Table);

    /// <summary>Returns the model of the data, or null if there is none or the compiler reports an error in it, and the shape of the
    /// inputs of a row, or null if it is not known.</summary>
    public static (DatasetModel? Dataset, EquatableArray<int>? Shape) Parse(
        INamedTypeSymbol experiment, IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks, ParseContext context)
    {
        var (dataset, table) = (attributes.Find(WellKnownNames.Dataset), attributes.Find(WellKnownNames.Table));
        if (table is null)
        {
            TableParser.ReportWithoutTable(experiment, attributes, context);
            return (dataset?.TypeArgument is { } type ? new(type.FullName()) : null, null);
        }

        if (dataset is not null)
        {
            context.Report(Rules.BadTable, table.Location, table.Text("path") ?? "", "there is a [Dataset<T>] too: keep one");
        }

        var (model, shape) = TableParser.Parse(table, experiment, attributes, tasks, context);
        return (new(null, model), shape);
    }

    /// <summary>True if each row of the data is of one task.</summary>
    public static bool IsPerTask(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Table)?.States("Task") == true
        || attributes.Find(WellKnownNames.Dataset)?.TypeArgument?.AllInterfaces
            .Any(i => i.FullName() == WellKnownNames.PerTaskDataset) == true;
}
