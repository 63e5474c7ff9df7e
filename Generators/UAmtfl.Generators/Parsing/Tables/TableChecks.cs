using Microsoft.CodeAnalysis;
using UAmtfl.Data.Tables;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Compares a declaration with its table, if that is one of the project's additional files. A run makes the same checks, so that
/// a table that the compiler does not see is checked too.</summary>
/// <param name="table">The attribute of the table.</param>
/// <param name="partition">The attribute of its splits; null for none.</param>
/// <param name="images">The attribute of the images that its rows name; null for none.</param>
/// <param name="placeOf">Returns where the column of a task is named.</param>
/// <param name="model">The model of both.</param>
/// <param name="tasks">The tasks.</param>
internal sealed class TableChecks(
    AttributeReader table, AttributeReader? partition, AttributeReader? images, Func<string, Location> placeOf, TableModel model,
    TaskSetModel tasks)
{
    /// <summary>The largest number of values without a task that are reported one by one, because a column that is not one of tasks has
    /// very many.</summary>
    private const int MostUnknown = 5;

    private static readonly string[] OfPartition = ["Group", "Split", "Stratify"];

    private readonly string name = model.Path.Replace('\\', '/') is var path ? path.Substring(path.LastIndexOf('/') + 1) : "";

    private ParseContext Context => table.Context;

    /// <summary>Reports names of columns that the table has not, and columns that do not fit.</summary>
    /// <returns>The number of inputs that the table gives; null if it is not known.</returns>
    public int? Check()
    {
        var found = Context.Files.Tables.Where(f => f.IsNamed(model.Path.Replace('\\', '/'))).ToList();
        if (found.Count != 1 || found[0].Schema(model.Format, Context.Cancellation) is not { } schema)
        {
            return null;
        }

        if (schema.Problem is { } problem)
        {
            Context.Report(Rules.BadTable, table.LocationOf("path"), model.Path, problem);
            return null;
        }

        var errors = 0;
        var roles = TableRoles.Of(
            new(
                [.. model.Tasks.Select(t => t.Column)], model.Inputs, model.Ignore, model.Categories, model.Id, model.Task, model.Label,
                model.Partition.Group, model.Partition.Column, model.Partition.Stratify,
                model.Images?.Column),
            [.. schema.Columns.Select(c => c.Name)],
            (option, wrong) =>
            {
                errors++;
                Context.Report(Rules.NoColumn, LocationOfName(option), name, wrong);
            });
        if (errors > 0)
        {
            return null;
        }

        CheckLabels(schema, roles);
        CheckOwners(schema, roles);
        return CheckInputs(schema, roles);
    }

    private Location LocationOfName(string option) => option switch
    {
        _ when OfPartition.Contains(option) && partition is not null => partition.LocationOf(option == "Split" ? "Column" : option),
        "Images" when images is not null => images.LocationOf("Column"),
        _ when table.States(option) => table.LocationOf(option),
        _ => LocationOfTask(model.Tasks.FirstOrDefault(t => t.Column == option)),
    };

    private Location LocationOfTask(TableTaskModel? task)
    {
        var place = task is null ? -1 : model.Tasks.ToList().IndexOf(task);
        var declared = tasks.Tasks.FirstOrDefault(t => t.LabelColumn == place);
        return declared is null ? table.Location : placeOf(declared.Name);
    }

    private void CheckLabels(TableSchema schema, TableRoles roles)
    {
        var places = model.Task is null ? roles.Labels : [roles.Label];
        foreach (var (task, place) in model.Tasks.Zip(places, (t, p) => (t, p))
            .Where(t => t.t.ClassNames.Count == 0 || t.t.ClassNames.Count == t.t.ClassCount))
        {
            var column = schema.Columns[place];
            if (LabelCoding.Of(column, task.ClassCount, task.ClassNames, out var wrong) is null
                && (schema.IsComplete || (task.ClassCount == 0 && column.Tally.Kind == ColumnKind.Text)))
            {
                Context.Report(Rules.BadColumn, LocationOfTask(task), column.Name, name, wrong!);
            }
        }
    }

    /// <summary>Reports values of the column of tasks that name no task, and tasks that no row is of. A column with more values than are
    /// kept tells nothing of the tasks that it lacks.</summary>
    private void CheckOwners(TableSchema schema, TableRoles roles)
    {
        if (roles.Task < 0 || model.Tasks.Count == 0)
        {
            return;
        }

        var (column, values) = (schema.Columns[roles.Task], new TaskValues([.. model.Tasks.Select(t => t.Column)]));
        if (column.Tally.Missing > 0)
        {
            Report(
                table.LocationOf("Task"), $"has {column.Tally.Missing} row{(column.Tally.Missing == 1 ? "" : "s")} without a task, the "
                    + $"first in line {column.Tally.FirstMissing}: name the task of each");
        }

        foreach (var unknown in column.Texts!.Where(t => values.Find(t) < 0).Take(MostUnknown))
        {
            Report(table.LocationOf("Task"), $"has a value that names no task: {values.Unknown(unknown)}");
        }

        foreach (var task in schema.IsComplete && column.Texts!.Count <= TableSchema.MostValues ? values.Unused(column.Texts) : [])
        {
            Report(
                LocationOfTask(model.Tasks[task]), $"has no row of the task '{model.Tasks[task].Column}', which could not be trained: "
                    + "name its value with [Column(\"value\")], or drop the task");
        }

        void Report(Location location, string wrong) => Context.Report(Rules.BadColumn, location, column.Name, name, wrong);
    }

    private int? CheckInputs(TableSchema schema, TableRoles roles)
    {
        var errors = 0;
        foreach (var place in roles.Inputs.Where(_ => schema.IsComplete))
        {
            var column = schema.Columns[place];
            var wrong = InputCoding.Problem(
                column, roles.Categories.Contains(place), model.Missing == "Error", model.Format.DecimalComma);
            if (wrong is not null)
            {
                errors++;
                Context.Report(
                    Rules.BadColumn, table.LocationOf(table.States("Inputs") ? "Inputs" : "path"), column.Name, name, wrong);
            }
        }

        // With other files, and in rows that were not read, there may be further categories.
        var whole = schema.IsComplete && model.Partition.TestFile is null && model.Partition.ValidationFile is null;
        return errors > 0 || !whole ? null
            : roles.Inputs.Sum(p => InputCoding.Width(schema.Columns[p], roles.Categories.Contains(p), model.Unknown == "Column"));
    }
}
