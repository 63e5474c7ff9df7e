using System.ComponentModel;
using System.Reflection;
using UAmtfl.Weighting;

namespace UAmtfl.Generators.Tests.Names;

/// <summary>For every weighting of the runtime, the properties of its attribute match the constructor of its class.</summary>
public sealed class WeightingAttributesTests
{
    private static readonly IReadOnlyList<Described> All = [.. Described.Weightings, .. Described.Around];

    [Fact]
    public void EachHasAFormulaOfTheLossesAndAScale() => Assert.All(All, weighting =>
    {
        Assert.Contains("{0}", weighting.Formula);
        Assert.NotEmpty(weighting.Scale);
    });

    [Fact]
    public void EachWeightingOfTheRuntimeHasOneAttribute()
    {
        var classes = typeof(IWeighting).Assembly.GetExportedTypes()
            .Where(t => t.IsAssignableTo(typeof(IWeighting)) && t is { IsClass: true, IsAbstract: false });
        Assert.Equal(Names(classes), Names(All.Select(w => w.Class)));

        static IEnumerable<string?> Names(IEnumerable<Type> types) => types.Select(t => t.FullName).Order(StringComparer.Ordinal);
    }

    /// <summary>Constructor parameters and attribute properties correspond one to one. A parameter without a property would have no
    /// value, and a property without a parameter no effect.</summary>
    [Fact]
    public void EachParameterOfTheConstructorHasItsProperty() => Assert.All(All, weighting =>
    {
        var taken = weighting.Class.GetConstructors().Single().GetParameters().Skip(1).Select(p => p.Name!.ToLowerInvariant());
        var given = Properties(weighting.Attribute).Where(p => p.Name != "LearningRateScale").Select(p => p.Name.ToLowerInvariant());
        Assert.Equal(taken.Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void EachNumberHasASummary() => Assert.All(
        All.SelectMany(w => Properties(w.Attribute)).Where(p => p.Name != "LearningRateScale")
            .Select(p => p.GetCustomAttribute<NumberAttribute>()).OfType<NumberAttribute>(),
        number => Assert.EndsWith(".", number.Summary, StringComparison.Ordinal));

    /// <summary>Each switch and choice states its default in <c>[DefaultValue]</c> if it is not the default of its type, because the
    /// generator cannot see the initial value of a property.</summary>
    [Fact]
    public void EachSwitchAndChoiceHasItsDefault() => Assert.All(All.SelectMany(w => Properties(w.Attribute)), property =>
    {
        if (property.PropertyType == typeof(bool) || property.PropertyType.IsEnum)
        {
            var stated = property.GetCustomAttribute<DefaultValueAttribute>()?.Value ?? Activator.CreateInstance(property.PropertyType);
            Assert.Equal(stated, property.GetValue(Create(property.DeclaringType!)));
        }
    });

    private static object Create(Type attribute)
    {
        var arguments = attribute.GetConstructors().Single().GetParameters();
        return Activator.CreateInstance(
            attribute, [.. arguments.Select(p => p.ParameterType == typeof(string) ? "A" : (object)Array.Empty<double>())])!;
    }

    private static IEnumerable<PropertyInfo> Properties(Type attribute) =>
        attribute.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);
}
