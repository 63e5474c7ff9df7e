using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Incrementality;

/// <summary>The models that the parser returns consist of strings, numbers, enums, records and equatable arrays. Symbols and syntax nodes
/// are forbidden because they keep a whole compilation alive, and ImmutableArray because it is only equal to itself.</summary>
public sealed class ModelTests
{
    private static readonly string Source = Declaration.Of(
        trunks: "[Input(1, 8, 8), Conv2d(2), ReLU, Flatten, Linear(8)] public partial class Cnn;",
        variants: "[Amtfl, Uncertainty, L1(1e-4, On = Part.Heads)] public partial class Mtl; "
            + "[HardSharing, Weighting<Mean>] public partial class Own;");

    private static readonly string Weak =
        Examples.WeakSupervision.Replace("namespace Lab;", "namespace Lab.Weak;", StringComparison.Ordinal);

    [Fact]
    public void NoStepHoldsAnObjectOfTheCompiler()
    {
        var run = GeneratorRun.Of(Source, Weak);
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var name in TrackedSteps.Names)
        {
            Assert.NotEmpty(run.Step(name));
            Assert.All(run.Step(name), output => Visit(output.Value, name, visited));
        }
    }

    [Fact]
    public void TwoReadingsOfTheSameSourceAreEqual()
    {
        var (first, second) = (GeneratorRun.Of(Source, Weak), GeneratorRun.Of(Source, Weak));
        foreach (var name in TrackedSteps.Names)
        {
            var (left, right) = (first.Step(name).Select(o => o.Value).ToList(), second.Step(name).Select(o => o.Value).ToList());
            Assert.Equal(left.Count, right.Count);
            Assert.All(left.Zip(right), pair =>
            {
                Assert.True(pair.First.Equals(pair.Second), $"{name}: {pair.First}");
                Assert.Equal(pair.First.GetHashCode(), pair.Second.GetHashCode());
            });
        }
    }

    private static void Visit(object? value, string path, HashSet<object> visited)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !visited.Add(value))
        {
            return;
        }

        var type = value.GetType();
        Assert.False(type.Namespace!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{path} is a {type}");
        if (type is { IsGenericType: true, Name: "EquatableArray`1" })
        {
            Assert.All(((IEnumerable)value).Cast<object>(), (item, index) => Visit(item, $"{path}[{index}]", visited));
            return;
        }

        Assert.True(IsRecord(type), $"{path} is a {type}, which is neither a record of the generator nor an equatable array");
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Visit(field.GetValue(value), $"{path}.{field.Name}", visited);
        }
    }

    /// <summary>True for a record of the generator that does not replace the compiler's equality, so that two are equal if their members
    /// are.</summary>
    private static bool IsRecord(Type type) => type.Assembly == typeof(ExperimentGenerator).Assembly
        && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(StringBuilder)]) is not null
        && type.GetMethod("Equals", [typeof(object)])!.IsDefined(typeof(CompilerGeneratedAttribute));
}
