using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Incrementality;

/// <summary>After an edit the generator writes the files anew that depend on it, and no others.</summary>
public sealed class IncrementalityTests
{
    private const string Experiment = "Lab.Study.g.cs";
    private const string Mlp = "Lab.Study+Mlp.g.cs";
    private const string Mtl = "Lab.Study+Mtl.g.cs";
    private const string Feedback = "Lab.Study+Feedback.g.cs";
    private const string Registration = "UAmtfl.GeneratedExperiments.g.cs";

    private static readonly string Source = Declaration.Of(
        variants: """
            [Baseline, HardSharing, L2(1e-4)] public partial class Mtl;
            [Amtfl(Alpha = 0.1), L2(1e-4)] public partial class Feedback;
            """,
        other: "private static int Unrelated() { return 1; } /* a comment */");

    private readonly GeneratorRun first = GeneratorRun.Of(Source);

    [Fact]
    public void TheFirstRunGeneratesEveryFile() => Assert.Equal([Feedback, Mlp, Mtl, Experiment, Registration], first.Hints);

    [Fact]
    public void WhenAnUnrelatedFileIsAddedNothingIsRegenerated() => AssertNothingRegenerated(first.Add("Other.cs", "public class Other;"));

    [Fact]
    public void WhenAnUnrelatedFileIsEditedNothingIsRegenerated()
    {
        var before = GeneratorRun.Of(("Study.cs", Source), ("Other.cs", "public class Other;"));
        AssertNothingRegenerated(before, before.Edit("Other.cs", "class Other", "record Another"));
    }

    [Fact]
    public void WhenAMethodBodyInTheSameFileIsEditedNothingIsRegenerated() => AssertNothingRegenerated(first.Edit("return 1", "return 2"));

    [Fact]
    public void WhenACommentInTheSameFileIsEditedNothingIsRegenerated() =>
        AssertNothingRegenerated(first.Edit("a comment", "another comment,\non two lines"));

    [Fact]
    public void WhenLinesAreInsertedAboveNothingIsRegenerated() =>
        AssertNothingRegenerated(first.Edit("namespace Lab;", "\n\nnamespace Lab;"));

    [Fact]
    public void WhenAnAttributeOfOneVariantIsEditedOnlyItsFileIsRegenerated()
    {
        var second = first.Edit("Alpha = 0.1", "Alpha = 0.2");
        Assert.Equal([Feedback], second.WrittenSince(first));
        Assert.Contains("Alpha { get; init; } = 0.2;", second[Feedback]);
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.Variants));
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(second, TrackingNames.Trunks));
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(second, TrackingNames.ExperimentFiles));
        Assert.All(Reasons(second, TrackingNames.Registration), AssertKept);
    }

    [Fact]
    public void WhenAVariantIsAddedItsFileAndTheExperimentsAreWritten()
    {
        var second = first.Edit("[Amtfl(Alpha", "[HardSharing] public partial class Other;\n[Amtfl(Alpha");
        Assert.Contains("Lab.Study+Other.g.cs", second.WrittenSince(first));
        Assert.Contains(Experiment, second.WrittenSince(first));
        Assert.DoesNotContain(Mlp, second.WrittenSince(first));
        Assert.DoesNotContain(Mtl, second.WrittenSince(first));
        Assert.DoesNotContain(Registration, second.WrittenSince(first));
    }

    [Fact]
    public void WhenAVariantIsRemovedItsFileGoes()
    {
        var second = first.Edit("[Amtfl(Alpha = 0.1), L2(1e-4)] public partial class Feedback;", "");
        Assert.Equal([Mlp, Mtl, Experiment, Registration], second.Hints);
        Assert.Equal([Feedback, Experiment], second.WrittenSince(first));
    }

    [Fact]
    public void WhenATaskIsAddedEveryFileButTheRegistrationIsRegenerated()
    {
        var second = first.Edit("One, Two", "One, Two, Three");
        Assert.Equal([Feedback, Mlp, Mtl, Experiment], second.WrittenSince(first));
        Assert.Contains("Three", second[Experiment]);
    }

    [Fact]
    public void WhenALayerIsEditedTheTrunkAndItsVariantsAreRegenerated() =>
        Assert.Equal([Feedback, Mlp, Mtl], first.Edit("Linear(8)", "Linear(9)").WrittenSince(first));

    [Fact]
    public void WhenAnAttributeInAnotherPartInAnotherFileIsEditedItIsSeen()
    {
        const string part =
            "namespace Lab; public static partial class Study { [UAmtfl.Methods.SingleTask, UAmtfl.Methods.L2(0.1)] "
            + "public partial class Stl; }";
        var before = GeneratorRun.Of(("Study.cs", Source), ("Study.Stl.cs", part));
        var after = before.Edit("Study.Stl.cs", "L2(0.1)", "L2(0.7)");
        Assert.Equal(["Lab.Study+Stl.g.cs"], after.WrittenSince(before));
        Assert.Contains("Lambda { get; init; } = 0.7;", after["Lab.Study+Stl.g.cs"]);
    }

    [Fact]
    public void WhenAnotherExperimentIsAddedTheFilesOfTheFirstStay()
    {
        var other = Declaration.Usings + "namespace Lab;\n"
            + Declaration.Body(head: """[Experiment("other"), Dataset<Toy>] public static partial class Other""");
        var second = first.Add("Other.cs", other);
        Assert.Equal(["Lab.Other+Mlp.g.cs", "Lab.Other+Mtl.g.cs", "Lab.Other.g.cs", Registration], second.WrittenSince(first));
        GeneratorRun.AssertNone(second.Problems);
    }

    [Fact]
    public void WhenTheBodyOfALabellingFunctionIsEditedNothingIsRegenerated()
    {
        var before = GeneratorRun.Of(Examples.WeakSupervision);
        AssertNothingRegenerated(before, before.Edit("p.Holes ? Entity.Person : null", "p.Holes ? null : Entity.Organisation"));
    }

    [Fact]
    public void WhenASourceIsEditedOnlyTheFileOfTheExperimentIsRegenerated()
    {
        var before = GeneratorRun.Of(Examples.WeakSupervision);
        Assert.Equal([Experiment], before.Edit("Name = \"wet\"", "Name = \"rain\"").WrittenSince(before));
    }

    private void AssertNothingRegenerated(GeneratorRun second) => AssertNothingRegenerated(first, second);

    private static void AssertNothingRegenerated(GeneratorRun before, GeneratorRun after)
    {
        Assert.Empty(after.WrittenSince(before));
        foreach (var step in TrackedSteps.Names)
        {
            Assert.NotEmpty(after.Step(step));
            Assert.All(Reasons(after, step), AssertKept);
        }

        Assert.All(
            after.Result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static void AssertKept(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}");

    private static IReadOnlyList<IncrementalStepRunReason> Reasons(GeneratorRun run, string step) =>
        [.. run.Step(step).Select(o => o.Reason)];
}
