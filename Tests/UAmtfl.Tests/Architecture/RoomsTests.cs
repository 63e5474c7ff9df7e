using System.Reflection;
using NetArchTest.Rules;

namespace UAmtfl.Tests.Architecture;

/// <summary>The namespaces of the runtime have an order, and each refers only to those before it, so that a reader can understand each
/// one from those.</summary>
public sealed class RoomsTests
{
    private static readonly Assembly Core = typeof(ExperimentAttribute).Assembly;
    private static readonly Assembly Host = typeof(UAmtfl.Hosting.ExperimentProgram).Assembly;

    /// <summary>The namespaces of the attributes below UAmtfl itself. Every namespace may refer to them.</summary>
    private static readonly string[] Attributes = ["Layers", "Methods", "Weightings"];

    /// <summary>The namespaces in their order, the lowest first. UAmtfl itself is not among them because every namespace may refer to
    /// it.</summary>
    private static readonly string[] Rooms =
    [
        "Messages", "Files", "Numerics", "Tasks", "Onnx", "Data", "WeakSupervision", "Losses", "Penalties", "Sharing", "Trunks",
        "Weighting", "Evaluation", "Training", "LinearModels", "Descriptors", "Models", "Cells", "Reporting", "Hosting",
    ];

    public static TheoryData<string> AllRooms => [.. Rooms];

    [Fact]
    public void EveryNamespaceHasItsPlace()
    {
        var rooms = Core.GetTypes().Concat(Host.GetTypes())
            .Select(t => t.Namespace).OfType<string>().Where(n => n.StartsWith("UAmtfl.", StringComparison.Ordinal))
            .Select(n => n.Split('.')[1]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Rooms.Concat(Attributes).Order(StringComparer.Ordinal), rooms);
    }

    [Fact]
    public void NamespacesOfAttributesHoldAttributesAndTheirOptionsOnly() => Assert.All(
        Core.GetExportedTypes().Where(t => t.Namespace is { } space && Attributes.Any(a => space == $"UAmtfl.{a}")),
        t => Assert.True(t.IsSubclassOf(typeof(Attribute)) || t.IsEnum, t.FullName));

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void ARoomDoesNotReferBackUp(string room)
    {
        var above = Rooms.Skip(Array.IndexOf(Rooms, room) + 1).Select(r => $"UAmtfl.{r}").ToArray();
        if (above.Length == 0)
        {
            return;
        }

        var result = Types.InAssemblies([Core, Host])
            .That().ResideInNamespaceMatching($@"^UAmtfl\.{room}(\.|$)")
            .ShouldNot().HaveDependencyOnAny(above)
            .GetResult();
        Assert.True(result.IsSuccessful, string.Join("\n", (result.FailingTypes ?? []).Select(t => $"{t.FullName}: {t.Explanation}")));
    }

    [Fact]
    public void TheCoreKnowsNoConsoleNoChartsAndNoProcesses()
    {
        string[] foreign =
        [
            "Spectre.Console", "System.CommandLine", "SkiaSharp", "Microsoft.Extensions.Hosting", "System.Diagnostics.Process",
        ];
        Assert.DoesNotContain(
            Core.GetReferencedAssemblies(), name => foreign.Any(f => name.Name!.StartsWith(f, StringComparison.Ordinal)));
    }
}
