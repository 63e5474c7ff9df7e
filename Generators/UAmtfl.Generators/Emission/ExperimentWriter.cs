using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the file of an experiment: typed outputs, targets and losses, and the descriptor that the host runs.</summary>
internal static class ExperimentWriter
{
    public static string HintName(ClassModel type) => $"{type.MetadataName}.g.cs";

    public static string Write(ExperimentFile file) => CodeWriter.File(file.Experiment.Class, Comment(file), writer =>
    {
        if (file.Experiment.Tasks.Family is { } family)
        {
            WriteFamily(writer, file.Experiment.Tasks, family);
        }

        WriteViews(writer, file.Experiment.Tasks);
        writer.Line();
        PredictionWriter.Write(writer, file.Experiment.Tasks);
        writer.Line();
        if (file.HasLabels)
        {
            WeakWriter.WriteLabels(writer, file.Experiment);
            writer.Line();
        }

        WriteDescriptor(writer, file);
    });

    private static IEnumerable<string> Comment(ExperimentFile file)
    {
        yield return $"{file.Experiment.Name}: {file.Title}";
        yield return "";
        foreach (var group in file.Experiment.Tasks.Groups)
        {
            var columns = group.Columns == 1
                ? $"output {group.FirstColumn}"
                : $"outputs {group.FirstColumn} to {group.FirstColumn + group.Columns - 1}";
            var kind = group.Kind.ToString().ToLowerInvariant();
            yield return $"{group.Count} {kind} task{(group.Count == 1 ? "" : "s")}, loss {group.Loss.Symbol}, {columns}";
        }
    }

    private static void WriteViews(CodeWriter writer, TaskSetModel tasks)
    {
        writer.Doc($"The network's outputs for a batch; each task is a view. Features: Z, Values: O [N, {tasks.Columns}].");
        writer.Block("public readonly record struct Outputs(Tensor Features, Tensor Values)", () =>
        {
            if (tasks.Family is { } family)
            {
                writer.Line($"public Tensor this[{Escape(family)} task] => Values.select(1, (int)task);   // [N]");
                return;
            }

            foreach (var (task, index) in AsDeclared(tasks))
            {
                var column = tasks.Tasks.Take(index).Sum(before => before.Outputs);
                writer.Line(task.Outputs == 1
                    ? $"public Tensor {Name(task)} => Values.select(1, {column});   // [N]"
                    : $"public Tensor {Name(task)} => Values.narrow(1, {column}, {task.Outputs});   // [N, {task.Outputs}]");
            }
        });
        if (tasks.PerTask)
        {
            writer.Line().Doc("The labels of a batch, in which each row is of one task. Labels: values [N] and the task of each row [N].");
            writer.Block("public readonly record struct Targets(global::UAmtfl.Data.Labels Labels)", () => WritePresent(writer, tasks));
        }
        else
        {
            writer.Line()
                .Doc(
                    "The labels of a batch; each task is a view [N], 0 where a label is missing. Labels: "
                        + $"values and mask [N, {tasks.Count}].");
            writer.Block("public readonly record struct Targets(global::UAmtfl.Data.Labels Labels)", () =>
            {
                Each(writer, tasks, index => $"Labels.Values.select(1, {index})");
                writer.Line();
                WritePresent(writer, tasks);
            });
        }

        writer.Line()
            .Doc(
                $"The data term of each task; each is a view []. Values: [{tasks.Count}]. Present: "
                    + "as the targets have it, where a weighting is to know.");
        writer.Block(
            "public readonly record struct Losses(Tensor Values, Tensor? Present = null)",
            () => Each(writer, tasks, index => $"Values[{index}]"));
    }

    private static void WritePresent(CodeWriter writer, TaskSetModel tasks) =>
        writer.Line(
            $"public Tensor? Present => Labels.Present({tasks.Count});   // 1 for a task with a label in the batch, else 0; "
                + $"null where none is missing  [{tasks.Count}]");

    private static void Each(CodeWriter writer, TaskSetModel tasks, Func<string, string> view)
    {
        if (tasks.Family is { } family)
        {
            writer.Line($"public Tensor this[{Escape(family)} task] => {view("(int)task")};");
            return;
        }

        foreach (var (task, index) in AsDeclared(tasks))
        {
            writer.Line($"public Tensor {Name(task)} => {view($"{index}")};");
        }
    }

    /// <summary>Returns the tasks in the order in which the user declares them, each with its position in the network.</summary>
    public static IEnumerable<(TaskModel Task, int Index)> AsDeclared(TaskSetModel tasks) =>
        tasks.Tasks.Select((task, index) => (task, index)).OrderBy(t => t.task.LabelColumn);

    private static void WriteFamily(CodeWriter writer, TaskSetModel tasks, string family)
    {
        writer.Doc($"The {tasks.Count} tasks, in the order of the outputs.");
        writer.Block($"public enum {Escape(family)}", () => writer.Packed(tasks.Tasks.Select(Name)));
        writer.Line();
    }

    private static void WriteDescriptor(CodeWriter writer, ExperimentFile file)
    {
        var experiment = file.Experiment;
        writer.Doc("The experiment as the host runs it.");
        writer.Block("public static global::UAmtfl.Descriptors.ExperimentDescriptor Descriptor { get; } = new()", () =>
        {
            writer.Line($"Name = {Text(experiment.Name)},").Line($"Title = {Text(file.Title)},").Line($"Seeds = {file.Seeds},");
            WriteTasks(writer, experiment.Tasks);
            WriteDataset(writer, file.Dataset);
            WeakWriter.Write(writer, file);
            writer.Line("Variants =").Line("[").Indented(() =>
            {
                foreach (var variant in file.Variants)
                {
                    writer.Line($"{experiment.Class.FullName}.{Escape(variant)}.Descriptor,");
                }
            }).Line("],");
            writer.Line("GeneratedFiles =").Line("[").Indented(() =>
            {
                writer.Line($"{Text(HintName(experiment.Class))},");
                foreach (var name in file.Trunks.Concat(file.Variants))
                {
                    writer.Line($"{Text(NestedHint(experiment.Class, name))},");
                }
            }).Line("],");
        }, "};");
    }

    private static void WriteDataset(CodeWriter writer, DatasetModel dataset)
    {
        if (dataset.Table is { } table)
        {
            TableWriter.Write(writer, table);
        }
        else if (dataset.Images is { } images)
        {
            ImageFolderWriter.Write(writer, images);
        }
        else
        {
            writer.Line($"Dataset = static () => new {dataset.Type}(),");
        }
    }

    private static void WriteTasks(CodeWriter writer, TaskSetModel tasks)
    {
        if (tasks.Family is not null)
        {
            var rates = tasks.Tasks[0].Loss.Rates ? ", rates: true" : "";
            writer.Line($"Tasks = global::UAmtfl.Tasks.TaskSet.Family(global::UAmtfl.Tasks.TaskKind.{tasks.Tasks[0].Kind},").Line("[");
            writer.Indented(() => writer.Packed(tasks.Tasks.Select(t => Text(t.Label ?? t.Name))))
                .Line($"]{rates}){(tasks.Metrics.Count == 0 ? "" : " with")}{Metrics(tasks)},");
            return;
        }

        writer.Line("Tasks = new(").Indented(() =>
        {
            writer.Line("[").Indented(() =>
            {
                foreach (var task in tasks.Tasks)
                {
                    var rate = task.Loss.Rates ? " { IsRate = true }" : "";
                    var kind = $"global::UAmtfl.Tasks.TaskKind.{task.Kind}";
                    writer.Line($"new({Text(task.Name)}, {kind}, {task.Outputs}){rate},");
                }
            }).Line("],");
            writer.Line($"LabelColumns: [{string.Join(", ", tasks.Tasks.Select(t => t.LabelColumn))}],");
            writer.Line($"OneVsAll: {(tasks.OneVsAll ? "true" : "false")}){Metrics(tasks)},");
        });
    }

    private static string Metrics(TaskSetModel tasks) => tasks.Metrics.Count == 0 ? ""
        : $" {{ Metrics = [{string.Join(", ", tasks.Metrics.Select(m => $"global::UAmtfl.TaskMetric.{m}"))}] }}";

    public static string NestedHint(ClassModel type, string name) => $"{type.MetadataName}+{name}.g.cs";

    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Returns a name with an @ before it if it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    private static string Name(TaskModel task) => Escape(task.Name);
}
