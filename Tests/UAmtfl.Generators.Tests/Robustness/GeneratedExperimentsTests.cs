using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>Experiments with roles, settings, families, exact solvers and internal parts compile without a warning.</summary>
public sealed class GeneratedExperimentsTests
{
    [Fact]
    public async Task TrainingSettingsRolesAndNormsCompileWithoutWarning() => await GeneratedCodeTests.AssertCleanAsync(Declaration.Of(
        head: """
            /// <summary>A &amp; B, "quoted" \ and
            /// on two lines</summary>
            [Experiment("toy-2", Seeds = 5), Dataset<Toy>]
            [Training(Epochs = 3, BatchSize = 7), Sgd(0.1, Momentum = 0.9), StepDecay(At = 0.7, Factor = 0.1)]
            public static partial class Study
            """,
        variants: """
            [Baseline, HardSharing, L1(0), L1(1, On = Part.Trunk), L1(2, On = Part.Heads), L2(0), L2(1, On = Part.Trunk)]
            [L2(2, On = Part.Heads)]
            public partial class Cnn;
            [Proposed, Amtfl, Adam(1e-4, Beta1 = 0.5)] public partial class New;
            [Control, OnRequest, HardSharing, FeatureNorm(0.01), Training(Epochs = 1)] public partial class FeatureNorm;
            """));

    [Fact]
    public async Task FittedVariantsOfAFamilyWithAMetricCompileWithoutWarning() => await GeneratedCodeTests.AssertCleanAsync(
        Declaration.Of(
            head: """
                [Experiment("toy"), Dataset<Rows>, RegressionFamily("School", "schools.tasks.txt"), Metric(TaskMetric.Rmse)]
                public static partial class Study
                """,
            tasks: "",
            trunks: "[Input(4), Linear(8)] public partial class Mlp;",
            variants: """
                [Reference, MeanPredictor] public partial class Mean;
                [Baseline, Ridge] public partial class Stl;
                [LinearModel, MeanConstraint(1, 100), Grid("MeanLambda", 10, 100)] public partial class NearMean;
                [GoMtl(3)] public partial class GoMtl;
                [global::UAmtfl.Methods.Amtl] public partial class Linear;
                [Proposed, Amtfl] public partial class Feedback;
                """),
        ("/project/schools.tasks.txt", "School01\nSchool02"));

    [Fact]
    public async Task AnInternalExperimentWithInternalPartsCompilesWithoutWarning() => await GeneratedCodeTests.AssertCleanAsync(
        Declaration.Of(
            head: """[Experiment("toy"), Dataset<Toy>] internal static partial class Study""",
            trunks: "[Input(4), Linear(8)] internal partial class Mlp;",
            variants: "[HardSharing, Weighting<Hidden>] internal partial class Mtl; [HardSharing] partial class Closed;")
        + """
          internal sealed class Hidden(int tasks) : LossWeighting(tasks)
          {
              public override torch.Tensor forward(torch.Tensor input) => input.sum();
          }
          """);

    [Fact]
    public async Task ExactSolversCompileAndTheAnalyzerAcceptsTheirBaseClass() => await GeneratedCodeTests.AssertCleanAsync(Declaration.Of(
        tasks: "[Regression] public enum Pupil { Ann, Bob }",
        trunks: "[Input(4)] public partial class Raw;",
        variants: """
            [MeanPredictor] public partial class Mean;
            [Baseline, Ridge] public partial class Stl;
            [LinearModel, TraceNorm(0.1), Grid("TraceNorm", 1, 0.1)] public partial class LowRank;
            """));

    [Fact]
    public void AFamilyWithAHeadlineMetricCompiles() => GeneratorRun.AssertNone(GeneratorRun.WithFiles(
        Declaration.Of(
            head: """
                [Experiment("toy"), Dataset<Toy>, BinaryFamily("Assay", "assays.tasks.txt"), Metric(TaskMetric.RocAuc)]
                public static partial class Study
                """,
            tasks: ""),
        ("/project/assays.tasks.txt", "NR-AR\nSR-p53\n")).Problems);

    [Fact]
    public void NoCommentIsMissingWhereTheProjectWritesItsDocumentation() =>
        GeneratorRun.AssertNone(
            GeneratorRun.Documented(Declaration.Of(variants: "[Amtfl, Uncertainty] public partial class Mtl;")).ProblemsOfGenerator);
}
