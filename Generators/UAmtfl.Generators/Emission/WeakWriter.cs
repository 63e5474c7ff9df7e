using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;
using static UAmtfl.Generators.Emission.ExperimentWriter;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the weak supervision of an experiment: its sources, and the labels that its tasks can have together.</summary>
internal static class WeakWriter
{
    private const string Space = "global::UAmtfl.WeakSupervision";

    /// <summary>The names of the variables in the code of a vote, which would hide a method of the same name.</summary>
    private static readonly string[] Variables = ["row", "labels", "label"];

    /// <summary>Writes the type of the labels of a row.</summary>
    public static void WriteLabels(CodeWriter writer, ExperimentHeader experiment)
    {
        var tasks = Labelled(experiment.Tasks);
        var access = tasks.Select(t => t.Hierarchy?.Access ?? Accessibility.Public).DefaultIfEmpty(Accessibility.Public).Min();
        var members = tasks.Select(t => $"{Type(experiment.Class, t)}? {Escape(t.Name)}").ToList();
        writer.Doc("The label of each task of a row; null where a labelling function abstains, and for N/A of a task below a class.");
        var header = $"{SyntaxFacts.GetText(access)} readonly record struct Labels(";
        if (members.Sum(m => m.Length + 2) < 100)
        {
            writer.Line($"{header}{string.Join(", ", members)});");
            return;
        }

        writer.Line(header).Indented(() =>
        {
            for (var i = 0; i < members.Count; i++)
            {
                writer.Line(members[i] + (i + 1 < members.Count ? "," : ");"));
            }
        });
    }

    /// <summary>Writes the member of the descriptor; nothing for an experiment without sources.</summary>
    public static void Write(CodeWriter writer, ExperimentFile file)
    {
        if (file.Weak is not { } weak)
        {
            return;
        }

        writer.Block("Weak = new()", () =>
        {
            WriteList(writer, "Sources", weak.Sources, source => writer.Line($"new({Arguments(source)}),"));
            WriteList(writer, "Functions", weak.Functions, function => WriteFunction(writer, file.Experiment, function));
            WriteList(
                writer, "Dependencies", weak.Dependencies, pair => writer.Line($"({Text(pair.First)}, {Text(pair.Second)}),"));
            WriteList(
                writer, "Labels", LabelSet.Of(file.Experiment.Tasks, weak.HasCondition),
                set => WriteSet(writer, file.Experiment.Class, set, weak.HasCondition));
        }, "},");
    }

    /// <summary>Writes the member of a variant's descriptor that says how its labels are made. Only options that are not the default are
    /// written.</summary>
    public static void WritePlan(CodeWriter writer, WeakLabelsModel plan)
    {
        var usual = new WeakLabelsModel();
        string?[] members =
        [
            plan.Model == usual.Model ? null : $"Model = global::UAmtfl.WeakLabelModel.{plan.Model}",
            plan.Dependencies == usual.Dependencies ? null : $"Dependencies = global::UAmtfl.SourceDependencies.{plan.Dependencies}",
            plan.Balance == usual.Balance ? null : $"Balance = global::UAmtfl.ClassBalance.{plan.Balance}",
            plan.Prior.Count == 0 ? null : $"Prior = [{string.Join(", ", plan.Prior.Select(Number))}]",
            plan.Abstentions ? null : "Abstentions = false",
        ];
        var stated = string.Join(", ", members.OfType<string>());
        writer.Line(stated.Length == 0 ? "Weak = new()," : $"Weak = new() {{ {stated} }},");
    }

    private static void WriteList<T>(CodeWriter writer, string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count > 0)
        {
            writer.Line($"{name} =").Line("[").Indented(() =>
            {
                foreach (var item in items)
                {
                    write(item);
                }
            }).Line("],");
        }
    }

    private static void WriteFunction(CodeWriter writer, ExperimentHeader experiment, LabellingFunctionModel function)
    {
        // A name that is short for something else in generated code is written out where it is the user's.
        var hidden = Variables.Contains(function.Method) || experiment.Class.Taken.Contains(function.Method);
        var around = hidden ? $"{experiment.Class.FullName}." : "";
        var call = $"{around}{Escape(function.Method)}(({function.Record})row)";
        var header = $"new({Arguments(function.Source)}, static (row, labels) =>";
        if (function.Kind != VoteKind.Labels)
        {
            writer.Line(header).Indented(() => writer.Line($"labels[0] = {Vote(function.Kind, call)}),"));
            return;
        }

        writer.Block(header, () =>
        {
            writer.Line($"var label = {call} ?? default;");
            foreach (var (task, place) in Labelled(experiment.Tasks).Select((task, place) => (task, place)))
            {
                var kind = task.Hierarchy is not null ? VoteKind.Class : task.Kind == TaskKind.Binary ? VoteKind.Truth : VoteKind.Number;
                writer.Line($"labels[{place}] = {Vote(kind, $"label.{Escape(task.Name)}")};");
            }
        }, "}),");
    }

    private static string Arguments(SourceModel source) => $"{Text(source.Name)}, {List(source.Tasks)}";

    /// <summary>Returns the expression for a label 0, 1, …, or null to abstain.</summary>
    private static string Vote(VoteKind kind, string label) => kind switch
    {
        VoteKind.Class => $"(int?){label}",
        VoteKind.Truth => $"{label} switch {{ true => 1, false => 0, null => null }}",
        _ => label,
    };

    private static void WriteSet(CodeWriter writer, ClassModel experiment, LabelSet set, bool hasCondition)
    {
        var arguments = $"{List(set.Tasks.Select(t => t.LabelColumn))}, {List(set.Tasks.Select(t => t.Classes))}";
        var end = hasCondition ? "" : ",";
        if (set.HasHierarchy)
        {
            writer.Line($"{Space}.FeasibleLabels.Of({arguments},").Line("[").Indented(() => writer.Aligned(
            [
                ("", string.Join(", ", set.Tasks.Select(t => t.Name))),
                .. set.Vectors.Select(v => ($"{List(v)},", string.Join(", ", v.Select((of, t) => Class(set.Tasks[t], of))))),
            ])).Line($"]){end}");
        }
        else
        {
            writer.Line($"{Space}.FeasibleLabels.All({arguments}){end}");
        }

        if (hasCondition)
        {
            writer.Indented(() => writer.Block(".Where(static y => Feasible(new Labels", () =>
            {
                foreach (var (task, place) in set.Tasks.Select((task, place) => (task, place)))
                {
                    writer.Line($"{Escape(task.Name)} = {Label(experiment, task, $"y[{place}]")},");
                }
            }, "})),"));
        }
    }

    /// <summary>Returns the expression for the typed label of a task.</summary>
    private static string Label(ClassModel experiment, TaskModel task, string label) => task switch
    {
        { Hierarchy.Parent: not null } => $"{label} == {task.Classes - 1} ? null : ({Type(experiment, task)}){label}",
        { Hierarchy: not null } => $"({Type(experiment, task)}){label}",
        { Kind: TaskKind.Binary } => $"{label} == 1",
        _ => label,
    };

    /// <summary>Returns a class in words: the name of a member, – for N/A, or the number of the class.</summary>
    private static string Class(TaskModel task, int of) =>
        task.Hierarchy is not { Members: var members } ? $"{of}" : of < members.Count ? members[of] : "–";

    /// <summary>Returns the type of a label. An enum with a short name of generated files is written in full.</summary>
    private static string Type(ClassModel experiment, TaskModel task) =>
        task.Hierarchy is null ? task.Kind == TaskKind.Binary ? "bool" : "int"
        : ReservedNames.Aliases.Contains(task.Name) ? $"{experiment.FullName}.{task.Name}"
        : Escape(task.Name);

    private static List<TaskModel> Labelled(TaskSetModel tasks) => [.. AsDeclared(tasks).Select(t => t.Task).Where(t => t.Classes > 0)];

    private static string List(IEnumerable<int> numbers) => $"[{string.Join(", ", numbers)}]";
}
