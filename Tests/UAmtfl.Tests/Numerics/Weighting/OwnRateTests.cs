using System.Reflection;
using TorchSharp;
using UAmtfl.Weighting;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>The attribute of a weighting has a learning rate for the weighting's parameters if and only if the weighting has trained
/// parameters.</summary>
public sealed class OwnRateTests
{
    public static TheoryData<Type> Attributes => [.. typeof(IWeighting).Assembly.GetExportedTypes().Where(t => ClassOf(t) is not null)];

    [Theory]
    [MemberData(nameof(Attributes))]
    public void ItsAttributeHasALearningRateIfItLearns(Type attribute)
    {
        var type = ClassOf(attribute)!;
        var arguments = type.GetConstructors().Single().GetParameters().Select(p => Argument(attribute, p));
        using var weighting = (torch.nn.Module)Activator.CreateInstance(type, [.. arguments])!;
        Assert.Equal(weighting.parameters().Any(), attribute.GetProperty("LearningRateScale") is not null);
    }

    private static Type? ClassOf(Type attribute) => attribute.GetCustomAttributesData().Select(d => d.AttributeType)
        .FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(WeightingByAttribute<>))?.GenericTypeArguments[0];

    /// <summary>The value of a constructor parameter: three tasks, the default of a number, the first member of an enum, or weights of
    /// 1.</summary>
    private static object Argument(Type attribute, ParameterInfo parameter)
    {
        const BindingFlags AnyCase = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        var number = attribute.GetProperty(parameter.Name!, AnyCase)?.GetCustomAttribute<NumberAttribute>();
        return parameter.Position == 0 ? 3
            : number is not null ? Convert.ChangeType(number.Default, parameter.ParameterType)
            : parameter.ParameterType == typeof(double[]) ? new double[] { 1, 1, 1 }
            : Activator.CreateInstance(parameter.ParameterType)!;
    }
}
