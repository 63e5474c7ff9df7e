using System.Globalization;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>One argument of a weighting: a property or constructor argument of its attribute, and the parameter of the same name of its class.</summary>
internal abstract class WeightingParameter(string name)
{
    public string Name { get; } = name;

    /// <summary>The argument's value as C#, and the hyper-parameter that it comes from, if configuration can change it.</summary>
    public abstract (string Code, HyperModel? Hyper) Read(AttributeReader attribute, string kind, TaskSetModel tasks);

    /// <summary>The argument as C#: <c>temperature: hyper.DwaTemperature</c>.</summary>
    public string Argument(string code) => $"{char.ToLowerInvariant(Name[0])}{Name.Substring(1)}: {code}";

    /// <summary>The argument in words, where no hyper-parameter says it: <c>focus = Nine</c>; null where it is left out.</summary>
    public virtual string? Say(string code, TaskSetModel tasks) => code == "null" ? null : $"{char.ToLowerInvariant(Name[0])}{Name.Substring(1)} = {code.Substring(code.LastIndexOf('.') + 1)}";

    protected static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A number that configuration can change.</summary>
internal sealed class NumberParameter(string name, string summary) : WeightingParameter(name)
{
    public override (string Code, HyperModel? Hyper) Read(AttributeReader attribute, string kind, TaskSetModel tasks)
    {
        var hyper = Method.Hyper(attribute, Name, summary, kind + Name);
        return ($"hyper.{hyper.Name}", hyper);
    }
}

/// <summary>A whole number; the largest may depend on how many tasks there are.</summary>
internal sealed class IntegerParameter(string name, Func<int, int>? maximum = null) : WeightingParameter(name)
{
    public override (string Code, HyperModel? Hyper) Read(AttributeReader attribute, string kind, TaskSetModel tasks)
    {
        var most = maximum?.Invoke(tasks.Count) ?? double.PositiveInfinity;
        if (most < attribute.Described(Name).Range.Minimum)
        {
            attribute.Context.Report(Rules.BadTaskNumbers, attribute.Location, attribute.Name, $"{tasks.Count} task{(tasks.Count == 1 ? "" : "s")}, too few for it: use another weighting");
            return ($"{attribute.Integer(Name)}", null);
        }

        return ($"{(int)attribute.Number(Name, maximum: most)}", null);
    }
}

internal sealed class FlagParameter(string name, bool fallback) : WeightingParameter(name)
{
    public override (string Code, HyperModel? Hyper) Read(AttributeReader attribute, string kind, TaskSetModel tasks) => (attribute.Flag(Name, fallback) ? "true" : "false", null);
}

/// <summary>A member of an enum of the language; the first unless stated.</summary>
/// <param name="limited">A member that is for few tasks, and how many.</param>
internal sealed class ChoiceParameter(string name, string type, string first, (string Member, int Tasks)? limited = null) : WeightingParameter(name)
{
    public override (string Code, HyperModel? Hyper) Read(AttributeReader attribute, string kind, TaskSetModel tasks)
    {
        var choice = attribute.Choice(Name) ?? first;
        if (limited is var (member, most) && choice == member && tasks.Count > most)
        {
            attribute.Context.Report(Rules.BadTaskNumbers, attribute.LocationOf(Name), attribute.Name, $"{Name} = {member} for {tasks.Count} tasks: it tries every set of them, which is for at most {most}; use another");
        }

        return ($"global::UAmtfl.{type}.{choice}", null);
    }
}

/// <summary>One number a task, in the order of declaration; the network's order may be another.</summary>
internal sealed class PerTaskParameter(string name, bool optional) : WeightingParameter(name)
{
    public override (string Code, HyperModel? Hyper) Read(AttributeReader attribute, string kind, TaskSetModel tasks)
    {
        var values = attribute.Numbers(Name);
        if (values.Count == 0 && optional)
        {
            return ("null", null);
        }

        if (values.Count != tasks.Count)
        {
            attribute.Context.Report(Rules.BadTaskNumbers, attribute.Location, attribute.Name, $"{values.Count} number{(values.Count == 1 ? "" : "s")} for {tasks.Count} tasks: give one a task{(optional ? ", or none" : "")}");
            return ("null", null);
        }

        if (values.Any(v => !(v >= 0) || double.IsInfinity(v)) || values.All(v => v == 0))
        {
            attribute.Context.Report(Rules.BadTaskNumbers, attribute.Location, attribute.Name, "a number that is no weight: all must be finite and at least 0, and one above 0");
            return ("null", null);
        }

        return ($"[{string.Join(", ", tasks.Tasks.Select(t => Literal(values[t.LabelColumn])))}]", null);
    }

    public override string? Say(string code, TaskSetModel tasks) => code == "null" ? null
        : tasks.Count > 20 ? $"{Name.ToLowerInvariant()} given"
        : $"{Name.ToLowerInvariant()} {string.Join(", ", code.Trim('[', ']').Split([", "], StringSplitOptions.None).Zip(tasks.Tasks, (value, task) => $"{task.Name} {value}"))}";
}

/// <summary>A task, by its name.</summary>
internal sealed class TaskParameter(string name) : WeightingParameter(name)
{
    public override (string Code, HyperModel? Hyper) Read(AttributeReader attribute, string kind, TaskSetModel tasks)
    {
        var stated = attribute.Text(Name) ?? "";
        for (var t = 0; t < tasks.Count; t++)
        {
            if (tasks.Tasks[t].Name == stated || tasks.Tasks[t].Label == stated)
            {
                return ($"{t}", null);
            }
        }

        var known = string.Join(", ", tasks.Tasks.OrderBy(t => t.LabelColumn).Take(10).Select(t => $"'{t.Name}'")) + (tasks.Count > 10 ? ", …" : "");
        attribute.Context.Report(Rules.UnknownTask, attribute.LocationOf(Name), attribute.Name, stated, known);
        return ("0", null);
    }

    public override string? Say(string code, TaskSetModel tasks) => $"{Name} = {tasks.Tasks[int.Parse(code, CultureInfo.InvariantCulture)].Name}";
}
