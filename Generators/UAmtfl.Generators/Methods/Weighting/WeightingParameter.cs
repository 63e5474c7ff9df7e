using System.Globalization;
using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>An argument of a weighting: a property of its attribute, and the parameter of the same name in its class's
/// constructor.</summary>
internal abstract class WeightingParameter(AttributeReader attribute, IPropertySymbol property)
{
    protected AttributeReader Attribute => attribute;

    protected IPropertySymbol Property => property;

    /// <summary>The name of the property.</summary>
    public string Name => property.Name;

    /// <summary>The name of the constructor's parameter.</summary>
    protected string LowerName => $"{char.ToLowerInvariant(Name[0])}{Name.Substring(1)}";

    /// <summary>Returns the argument for a property and a parameter according to their types; null if the types do not match, or if a
    /// number has no range.</summary>
    public static WeightingParameter? Of(AttributeReader attribute, IPropertySymbol property, IParameterSymbol parameter)
    {
        var described = attribute.Of(property, WellKnownNames.Number) is not null;
        return (Kind(property.Type), Kind(parameter.Type)) switch
        {
            ("double", "double") when described => new NumberParameter(attribute, property),
            ("int", "int") when described => new WholeParameter(attribute, property),
            ("bool", "bool") => new FlagParameter(attribute, property),
            ("enum", "enum") when Same(property.Type, parameter.Type) => new ChoiceParameter(attribute, property),
            ("double[]", "double[]") => new PerTaskParameter(attribute, property, IsOptional(parameter)),
            ("string", "int") when attribute.Of(property, WellKnownNames.TaskName) is not null => new TaskParameter(attribute, property),
            _ => null,
        };
    }

    private static string Kind(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Double } => "double",
        { SpecialType: SpecialType.System_Int32 } => "int",
        { SpecialType: SpecialType.System_Boolean } => "bool",
        { SpecialType: SpecialType.System_String } => "string",
        { TypeKind: TypeKind.Enum } => "enum",
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Double } => "double[]",
        _ => "",
    };

    private static bool IsOptional(IParameterSymbol parameter) =>
        parameter.HasExplicitDefaultValue || parameter.NullableAnnotation == NullableAnnotation.Annotated;

    private static bool Same(ITypeSymbol first, ITypeSymbol second) => SymbolEqualityComparer.Default.Equals(first, second);

    /// <summary>Returns the code of the argument's value, and its hyper-parameter if configuration can change the value.</summary>
    public abstract (string Code, HyperModel? Hyper) Read(TaskSetModel tasks);

    /// <summary>Returns the argument in words for reports, <c>focus = Nine</c>, if it is not a hyper-parameter; null if it is left
    /// out.</summary>
    public virtual string? Say(string code, TaskSetModel tasks) =>
        code == "null" ? null : $"{LowerName} = {code.Substring(code.LastIndexOf('.') + 1)}";

    /// <summary>Reports that the value of the attribute does not fit the tasks.</summary>
    protected void Refuse(string problem) => attribute.Context.Report(Rules.BadTaskNumbers, attribute.Location, attribute.Name, problem);

    /// <summary>Returns a number as a hyper-parameter, whose name is that of the attribute followed by that of the property.</summary>
    protected (string Code, HyperModel? Hyper) ReadNumber(double maximum, bool whole)
    {
        var range = attribute.Described(Name).Range;
        var summary = attribute.Of(property, WellKnownNames.Number)!.Text("Summary") ?? $"{Name} of {attribute.Name}.";
        range = range with { Maximum = Math.Min(range.Maximum, maximum) };
        var hyper = new HyperModel(attribute.Name + Name, summary, attribute.Number(Name, maximum), range, whole);
        return ($"hyper.{hyper.Name}", hyper);
    }
}

/// <summary>An argument that is a number, which configuration can change.</summary>
internal sealed class NumberParameter(AttributeReader attribute, IPropertySymbol property) : WeightingParameter(attribute, property)
{
    public override (string Code, HyperModel? Hyper) Read(TaskSetModel tasks) => ReadNumber(double.PositiveInfinity, whole: false);
}

/// <summary>An argument that is a whole number, which configuration can change. Its maximum can depend on the number of tasks.</summary>
internal sealed class WholeParameter(AttributeReader attribute, IPropertySymbol property) : WeightingParameter(attribute, property)
{
    public override (string Code, HyperModel? Hyper) Read(TaskSetModel tasks)
    {
        var most = Attribute.Of(Property, WellKnownNames.TaskMaximum) is { } limit
            ? Math.Floor((tasks.Count - limit.Whole("Minus", 0)) / (double)Math.Max(1, limit.Whole("DividedBy", 1)))
            : double.PositiveInfinity;
        if (most < Attribute.Described(Name).Range.Minimum)
        {
            Refuse($"{tasks.Count} task{(tasks.Count == 1 ? "" : "s")}, too few for it: use another weighting");
            return ($"{Attribute.Integer(Name)}", null);
        }

        return ReadNumber(most, whole: true);
    }
}

/// <summary>An argument that is true or false. Its default is that of <c>[DefaultValue]</c>, or false.</summary>
internal sealed class FlagParameter(AttributeReader attribute, IPropertySymbol property) : WeightingParameter(attribute, property)
{
    public override (string Code, HyperModel? Hyper) Read(TaskSetModel tasks) =>
        (Attribute.Flag(Name, AttributeReader.Default(Property) is true) ? "true" : "false", null);
}

/// <summary>An argument that is a member of an enum. Its default is that of <c>[DefaultValue]</c>, or the member with the value
/// 0.</summary>
internal sealed class ChoiceParameter(AttributeReader attribute, IPropertySymbol property) : WeightingParameter(attribute, property)
{
    public override (string Code, HyperModel? Hyper) Read(TaskSetModel tasks)
    {
        var members = Property.Type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).ToList();
        var fallback = AttributeReader.Default(Property) is { } value ? members.Find(m => Equals(m.ConstantValue, value))
            : members.Find(m => Convert.ToInt64(m.ConstantValue, CultureInfo.InvariantCulture) == 0);
        var choice = Attribute.Choice(Name) is { } stated ? members.Find(m => m.Name == stated) : fallback ?? members.FirstOrDefault();
        var limit = choice is null ? null : Attribute.Of(choice, WellKnownNames.TaskLimit);
        if (choice is not null && limit?.Whole("tasks", int.MaxValue) is { } most && tasks.Count > most)
        {
            var problem = $"{Name} = {choice.Name} for {tasks.Count} tasks: {limit.Text("reason")}, which is for at most {most}; "
                + "use another";
            Attribute.Context.Report(Rules.BadTaskNumbers, Attribute.LocationOf(Name), Attribute.Name, problem);
        }

        return ($"{Property.Type.FullName()}.{choice?.Name}", null);
    }
}

/// <summary>An argument with one number for each task, which the attribute lists in the order of declaration and the code in the order of
/// the network.</summary>
internal sealed class PerTaskParameter(AttributeReader attribute, IPropertySymbol property, bool optional)
    : WeightingParameter(attribute, property)
{
    public override (string Code, HyperModel? Hyper) Read(TaskSetModel tasks)
    {
        var values = Attribute.Numbers(Name);
        if (values.Count == 0 && optional)
        {
            return ("null", null);
        }

        if (values.Count != tasks.Count)
        {
            var given = $"{values.Count} number{(values.Count == 1 ? "" : "s")}";
            Refuse($"{given} for {tasks.Count} tasks: give one a task{(optional ? ", or none" : "")}");
            return ("null", null);
        }

        if (values.Any(v => !(v >= 0) || double.IsInfinity(v)) || values.All(v => v == 0))
        {
            Refuse("a number that is no weight: all must be finite and at least 0, and one above 0");
            return ("null", null);
        }

        return ($"[{string.Join(", ", tasks.Tasks.Select(t => Literal(values[t.LabelColumn])))}]", null);
    }

    public override string? Say(string code, TaskSetModel tasks)
    {
        if (code == "null" || tasks.Count > 20)
        {
            return code == "null" ? null : $"{Name.ToLowerInvariant()} given";
        }

        var values = Attribute.Numbers(Name);
        return $"{Name.ToLowerInvariant()} {string.Join(", ", tasks.Tasks.Select(t => $"{t.Name} {Literal(values[t.LabelColumn])}"))}";
    }

    private static string Literal(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>An argument that is a task, which the attribute names.</summary>
internal sealed class TaskParameter(AttributeReader attribute, IPropertySymbol property) : WeightingParameter(attribute, property)
{
    public override (string Code, HyperModel? Hyper) Read(TaskSetModel tasks) => ($"{TaskNames.Find(Attribute, Name, tasks) ?? 0}", null);

    public override string? Say(string code, TaskSetModel tasks) =>
        $"{LowerName} = {tasks.Tasks[int.Parse(code, CultureInfo.InvariantCulture)].Name}";
}
