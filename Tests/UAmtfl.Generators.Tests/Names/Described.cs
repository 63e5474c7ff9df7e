using System.Reflection;
using UAmtfl.Weighting;

namespace UAmtfl.Generators.Tests.Names;

/// <summary>An attribute class of the runtime that says which class its weighting is.</summary>
/// <param name="Attribute">The attribute class.</param>
/// <param name="Class">The weighting, or what stands around one.</param>
/// <param name="Formula">The data term.</param>
/// <param name="Scale">What the weights add up to.</param>
internal sealed record Described(Type Attribute, Type Class, string Formula, string Scale)
{
    /// <summary>The attributes that describe others: on an attribute class, on a property of one, or on a member of an enum.</summary>
    public static IReadOnlyList<Type> Descriptions { get; } =
    [
        typeof(NumberAttribute), typeof(WeightingByAttribute<>), typeof(WeightingAroundAttribute<>),
        typeof(TaskNameAttribute), typeof(TaskMaximumAttribute), typeof(TaskLimitAttribute), typeof(ChangesFormulaAttribute),
    ];

    /// <summary>The weightings.</summary>
    public static IReadOnlyList<Described> Weightings { get; } = Read(typeof(WeightingByAttribute<>));

    /// <summary>What stands around a weighting.</summary>
    public static IReadOnlyList<Described> Around { get; } = Read(typeof(WeightingAroundAttribute<>));

    private static IReadOnlyList<Described> Read(Type description) =>
    [
        .. from type in typeof(IWeighting).Assembly.GetExportedTypes()
           from data in type.GetCustomAttributesData()
           where data.AttributeType.IsGenericType && data.AttributeType.GetGenericTypeDefinition() == description
           select new Described(type, data.AttributeType.GenericTypeArguments[0], Named(data, "Formula"), Named(data, "Scale")),
    ];

    private static string Named(CustomAttributeData data, string name) =>
        (string)data.NamedArguments.Single(a => a.MemberName == name).TypedValue.Value!;
}
