using System.Runtime.CompilerServices;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>Whole generated files as a person reads them, one for each kind, compared with snapshots; other tests compare single members.
/// SNAPSHOT_ACCEPT=1 rewrites the snapshots.</summary>
public sealed class GeneratedFilesTests
{
    /// <summary>The files of a variant that combines several methods, and of the trunk that its tasks share.</summary>
    [Fact]
    public void UAmtflOnImages() => Match(
        Declaration.Of(
            tasks: "[Binary(OneVsAll = true)] public enum Digit { Zero, One, Two }",
            trunks: """
                [Input(1, 28, 28), Conv2d(20, Kernel = 5), ReLU, MaxPool2d(2), Conv2d(50, Kernel = 5), ReLU, MaxPool2d(2)]
                [Flatten, Linear(500), ReLU]
                public partial class LeNet;
                """,
            variants: """
                [Proposed, Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
                [Training(Epochs = 80), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
                public partial class UAmtfl;
                """),
        "Lab.Study+UAmtfl.g.cs", "Lab.Study+LeNet.g.cs");

    /// <summary>The files of a variant with a weighting that looks at the tasks' gradients, and of a trunk that propagates the gradients
    /// of all tasks at once.</summary>
    [Fact]
    public void GradientWeighting() => Match(
        Declaration.Of(
            trunks: """
                [Input(1, 8, 8), Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Flatten, Linear(6), Tanh, Dropout(0.1)]
                public partial class Net;
                """,
            variants: """
                [HardSharing, Mgda(Normalisation = MgdaNormalisation.L2), L1(1e-3, Subgradient = true)]
                public partial class AtTrunk;
                """),
        "Lab.Study+AtTrunk.g.cs", "Lab.Study+Net.g.cs");

    [Fact]
    public void MixedKindsWithUncertainty() => Match(
        Declaration.Of(
            tasks: "public enum Task { [Classification(3)] Species, [Regression] Weight, [Binary] Sick, [Regression] Age }",
            variants: """
                [Amtfl(Bias = false), Uncertainty(Likelihood = Likelihood.Exact, Placement = Placement.Reliability)]
                public partial class Reliable;
                """),
        "Lab.Study+Reliable.g.cs");

    /// <summary>The file of a variant that an exact solver fits on the inputs themselves.</summary>
    [Fact]
    public void Fitted() => Match(
        Declaration.Of(
            head: """[Experiment("toy"), Dataset<Rows>, Metric(TaskMetric.Rmse)] public static partial class Study""",
            tasks: "[Regression] public enum Pupil { Ann, Bob }",
            trunks: "[Input(4)] public partial class Raw;",
            variants: """
                [LinearModel, GroupLasso(0.1, Norm = GroupNorm.Infinity), L2(0.01), TaskGraph(0.2, Shape = GraphShape.Chain)]
                public partial class Penalised;
                """),
        "Lab.Study+Penalised.g.cs");

    /// <summary>The files of an experiment whose task names come from a file, and the file that registers it with the host.</summary>
    [Fact]
    public void AFamilyOfTasks()
    {
        var others = string.Join("\r\n", Enumerable.Range(1, 40).Select(i => $"Drug {i}"));
        Match(
            GeneratorRun.WithFiles(
                Declaration.Of(
                    head: """
                        [Experiment("toy"), Dataset<Toy>, RegressionFamily("Drug", "drugs.tasks.txt")]
                        public static partial class Study
                        """,
                    tasks: "",
                    trunks: "[Input(4)] public partial class Raw;",
                    variants: "[HardSharing, L1(1e-3, Subgradient = true)] public partial class Lasso;"),
                ("/project/Data/drugs.tasks.txt", $"# by GDSC id\nErlotinib\n\nNVP-TAE684\n5-Fluorouracil\nclass\n{others}"),
                ("/project/Data/other.txt", "not a list of tasks")),
            "Lab.Study.g.cs", "UAmtfl.GeneratedExperiments.g.cs");
    }

    /// <summary>The file of an experiment with a hierarchy of tasks and weak sources.</summary>
    [Fact]
    public void WeakSupervision() => Match(
        Declaration.Of(
            head: """
                [Experiment("weak-relations", Seeds = 3), Dataset<Paragraphs>]
                [Source("news"), Source("wiki"), Source("rules", Tasks = [nameof(Entity), nameof(Place)])]
                [Source("names", Tasks = [nameof(Entity)]), Depends("news", "wiki")]
                public static partial class Study
                """,
            tasks: """
                [Hierarchy] public enum Entity { Person, Organisation }
                [Under(nameof(Entity.Person))] public enum Profession { Doctor, Lawyer }
                [Under(nameof(Entity.Organisation))] public enum Place { Hospital, Office }
                """,
            variants: "[HardSharing] public partial class Gold;",
            other: "[LabellingFunction] private static Profession? Treats(Paragraph p) => p.Holes ? Profession.Doctor : null;"),
        "Lab.Study.g.cs");

    private static void Match(string source, string first, string? second = null, [CallerMemberName] string test = "") =>
        Match(GeneratorRun.Of(source), first, second, test);

    private static void Match(GeneratorRun run, string first, string? second = null, [CallerMemberName] string test = "")
    {
        GeneratorRun.AssertNone(run.Problems);
        Snapshot.Match(run.Sources.Where(source => source.Hint == first || source.Hint == second), test);
    }
}
