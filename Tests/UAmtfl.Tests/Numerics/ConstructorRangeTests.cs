using System.Reflection;
using UAmtfl.Penalties;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Tests.Numerics;

/// <summary>For every number of every weighting and penalty, the constructor accepts the values that the attribute of the same name
/// accepts, and refuses all others.</summary>
public sealed class ConstructorRangeTests
{
    private const int Tasks = 6;

    /// <summary>Numbers of attributes that no constructor takes, because the generated code uses them itself.</summary>
    private static readonly string[] Elsewhere = ["LearningRateScale", "Ramp"];

    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["L1"] = nameof(L1Penalty), ["L2"] = nameof(RidgePenalty), ["TaskGraph"] = nameof(GraphSmoothness),
    };

    public static TheoryData<string> Methods => [.. Language.Where(a => ConstructorOf(a) is not null).Select(a => a.Name)];

    private static IEnumerable<Type> Language =>
        typeof(NumberAttribute).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Attribute)));

    [Theory]
    [MemberData(nameof(Methods))]
    public void ConstructorsAcceptWhatTheRangeHas(string attribute)
    {
        var type = Language.Single(a => a.Name == attribute);
        var (create, parameters) = ConstructorOf(type)!.Value;
        var numbers = Numbers(type).Where(n => !Elsewhere.Contains(n.Name)).ToList();
        Assert.All(numbers, n => Assert.Contains(parameters, p => Same(p.Name!, n.Name)));
        foreach (var parameter in parameters
            .Where(p => p.ParameterType == typeof(double) || (p.ParameterType == typeof(int) && p.Name is not ("tasks" or "focus"))))
        {
            var number = Assert.Single(numbers, n => Same(parameter.Name!, n.Name));
            Assert.False(parameter.IsOptional, $"{attribute}: {parameter.Name} has a default beside the attribute's");
            var range = number.GetCustomAttribute<NumberAttribute>()!;
            foreach (var value in Probes(range, parameter.ParameterType == typeof(int)))
            {
                var refusal = Record.Exception(() =>
                    create([.. parameters.Select(p => p == parameter ? Convert.ChangeType(value, p.ParameterType) : Valid(p, numbers))]));
                Assert.True(
                    range.Contains(value) == (refusal is null),
                    $"{attribute}: {parameter.Name} = {value} is {refusal?.Message ?? "accepted"}");
                if (refusal is ArgumentOutOfRangeException outOfRange)
                {
                    Assert.Equal(parameter.Name, outOfRange.ParamName);
                }
                else if (refusal is not null)
                {
                    Assert.IsType<UAmtflException>(refusal);
                }
            }
        }
    }

    /// <summary>Every weighting and every penalty of the language that has a number is among the tested ones.</summary>
    [Fact]
    public void NoMethodWithANumberIsForgotten()
    {
        var classes = typeof(IWeighting).Assembly.GetExportedTypes()
            .Where(t =>
                t is { IsAbstract: false, IsClass: true }
                && (typeof(IWeighting).IsAssignableFrom(t)
                    || (typeof(ProximalPenalty).IsAssignableFrom(t) && Language.Any(a => a.Name == t.Name + "Attribute"))));
        Assert.All(
            classes.Where(t => t.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => p.ParameterType == typeof(double))),
            t => Assert.Contains($"{t.Name}Attribute", Methods));
    }

    private static bool Same(string parameter, string property) => string.Equals(parameter, property, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<PropertyInfo> Numbers(Type attribute) =>
        attribute.GetProperties().Where(p => p.IsDefined(typeof(NumberAttribute)));

    private static (Func<object?[], object> Create, ParameterInfo[] Parameters)? ConstructorOf(Type attribute)
    {
        var name = attribute.Name[..^"Attribute".Length];
        var type = typeof(NumberAttribute).Assembly.GetExportedTypes().FirstOrDefault(t =>
            !t.IsAbstract
            && t.Name == OtherNames.GetValueOrDefault(name, name)
            && (t.Namespace!.StartsWith("UAmtfl.Weighting", StringComparison.Ordinal) || t.Namespace == "UAmtfl.Penalties"));
        if (type is null || !Numbers(attribute).Any(n => !Elsewhere.Contains(n.Name)))
        {
            return null;
        }

        if (type == typeof(RobustTasks))
        {
            var lowRank = typeof(RobustTasks).GetMethod(nameof(RobustTasks.LowRank))!;
            return (a => RobustTasks.LowRank((double)a[0]!, (double)a[1]!), lowRank.GetParameters());
        }

        var constructor = type.GetConstructors().Single();
        return (a => Invoke(constructor, a), constructor.GetParameters());
    }

    private static object Invoke(ConstructorInfo constructor, object?[] arguments) =>
        constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static IEnumerable<double> Probes(NumberAttribute range, bool whole)
    {
        var step = whole ? 1 : 1e-3;
        double[] limits = [range.Minimum - step, range.Minimum, range.Minimum + step];
        double[] ends = double.IsInfinity(range.Maximum) ? [] : [range.Maximum - step, range.Maximum, range.Maximum + step];
        return whole ? limits : [.. limits, .. ends, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    }

    private static object? Valid(ParameterInfo parameter, IReadOnlyList<PropertyInfo> numbers) =>
        numbers.FirstOrDefault(n => Same(parameter.Name!, n.Name))?.GetCustomAttribute<NumberAttribute>() is { } range
            ? Convert.ChangeType(Probes(range, parameter.ParameterType == typeof(int)).First(range.Contains), parameter.ParameterType)
        : parameter.Name == "tasks" ? Tasks
        : parameter.ParameterType == typeof(int) ? 0
        : parameter.ParameterType == typeof(bool) ? false
        : parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, 0)
        : parameter.ParameterType == typeof(GramianWeighting) ? new UpGrad(Tasks)
        : parameter.ParameterType == typeof(TorchSharp.torch.Tensor) ? TaskGraph.Mean(Tasks)
        : null;
}
