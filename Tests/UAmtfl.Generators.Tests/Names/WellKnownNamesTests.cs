using System.Reflection;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods;

namespace UAmtfl.Generators.Tests.Names;

/// <summary>The names by which the generator refers to classes and members of the runtime exist there.</summary>
public sealed class WellKnownNamesTests
{
    private static readonly Assembly Runtime = typeof(ExperimentAttribute).Assembly;

    public static TheoryData<string> Known =>
    [
        .. typeof(WellKnownNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)
            .Union(LayerCatalogue.Kinds.Select(kind => kind.Attribute)),
        .. MethodCatalogue.SchemeNames.Select(name => WellKnownNames.Method(name)),
        .. Described.Weightings.Concat(Described.Around).Select(w => w.Attribute.FullName!),
        .. MethodCatalogue.PenaltyAttributes,
        "UAmtfl.Weightings.UncertaintyAttribute",
        "UAmtfl.Weightings.SampleWeightingAttribute",
    ];

    public static TheoryData<string> Language =>
        [
            .. Runtime.GetExportedTypes()
                .Where(t => t.IsSubclassOf(typeof(Attribute)) && !t.IsAbstract)
                .Select(t => t.FullName!),
        ];

    [Theory]
    [MemberData(nameof(Known))]
    public void EachNameIsTheFullNameOfAnAttributeOfTheRuntime(string name) =>
        Assert.True(Runtime.GetType(name)?.IsSubclassOf(typeof(Attribute)), name);

    [Theory]
    [MemberData(nameof(Language))]
    public void EachAttributeOfTheLanguageIsKnown(string name) => Assert.Contains(name, Known);

    [Fact]
    public void TheTypesOfWeightingsAreTheRuntimes() =>
        Assert.All(
            [.. WellKnownNames.WeightingBases, WellKnownNames.LossesAfterStep, WellKnownNames.LossTransform],
            name => Assert.NotNull(Runtime.GetType(name)));

    [Fact]
    public void TheBaseClassOfLossesIsTheRuntimes() =>
        Assert.Equal($"global::{typeof(UAmtfl.Losses.TaskLoss).FullName}", WellKnownNames.TaskLoss);

    [Fact]
    public void TheChoicesOfMethodsAreTheRuntimes()
    {
        AssertSameNames<Part, Methods.Penalties.Part>();
        AssertSameNames<GroupNorm, Methods.Penalties.GroupNorm>();
        AssertSameNames<GroupBy, Methods.Penalties.GroupBy>();
        AssertSameNames<GraphShape, Methods.Penalties.GraphShape>();
        AssertSameNames<Placement, Methods.WeightingMethods.Placement>();
    }

    [Fact]
    public void TheTaskKindsAreTheRuntimes() => AssertSameNames<UAmtfl.Tasks.TaskKind, Models.TaskKind>();

    private static void AssertSameNames<TRuntime, TGenerator>()
        where TRuntime : struct, Enum
        where TGenerator : struct, Enum => Assert.Equal(Enum.GetNames<TRuntime>().Order(), Enum.GetNames<TGenerator>().Order());
}
