using System.Reflection;
using UAmtfl.Weighting;

namespace UAmtfl.Generators.Tests.Names;

/// <summary>An attribute class of the runtime together with the class of its weighting, which the attribute names.</summary>
/// <param name="Attribute">The attribute class.</param>
/// <param name="Class">The class of the weighting, or of a wrapper around a weighting.</param>
/// <param name="Formula">The formula of the objective's data term.</param>
/// <param name="Scale">The sum of the weights, in words.</param>
internal sealed record Described(Type Attribute, Type Class, string Formula, string Scale)
{
    /// <summary>The attributes that are not written in declarations, because they describe the library, attribute classes, their
    /// properties or enum members.</summary>
    public static IReadOnlyList<Type> Descriptions { get; } =
    [
        typeof(LanguageVersionAttribute), typeof(NumberAttribute), typeof(WeightingByAttribute<>), typeof(WeightingAroundAttribute<>),
        typeof(TaskNameAttribute), typeof(TaskMaximumAttribute), typeof(TaskLimitAttribute), typeof(ChangesFormulaAttribute),
    ];

    /// <summary>All weightings of the runtime.</summary>
    public static IReadOnlyList<Described> Weightings { get; } = Read(typeof(WeightingByAttribute<>));

    /// <summary>All wrappers around a weighting of the runtime, as <see cref="WeightingAroundAttribute{T}"/> marks them.</summary>
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
