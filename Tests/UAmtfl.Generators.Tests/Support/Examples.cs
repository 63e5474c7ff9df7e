namespace UAmtfl.Generators.Tests.Support;

/// <summary>Correct declarations of every kind of task, network and method, which tests then damage.</summary>
internal static class Examples
{
    public static string HardSharingOfBinaryTasks =>
        Declaration.Of(variants: "[Baseline, HardSharing, L2(1e-4)] public partial class Mtl;");

    public static string UAmtflOnImages => Declaration.Of(
        head: """
            /// <summary>Digits, one against all.</summary>
            [Experiment("toy", Seeds = 5), Dataset<Toy>]
            [Training(Epochs = 80, BatchSize = 100), Adam(2e-3), StepDecay(At = 0.7, Factor = 0.1)]
            public static partial class Study
            """,
        tasks: "[Binary(OneVsAll = true)] public enum Digit { Zero, One, Two }",
        trunks: """
            [Input(1, 28, 28), Conv2d(20, Kernel = 5), ReLU, MaxPool2d(2), Conv2d(50, Kernel = 5), ReLU, MaxPool2d(2)]
            [Flatten, Linear(500), ReLU]
            public partial class LeNet;
            """,
        variants: """
            [Amtfl(Alpha = 0.1, Gamma = 0.01), L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)] public partial class DeepAmtfl;
            [Proposed, Amtfl(Alpha = 0.1, Gamma = 0.01), Uncertainty, L2(1e-4, On = Part.Trunk), L1(1e-4, On = Part.Heads)]
            public partial class UAmtfl;
            [Control, HardSharing, FeatureNorm(0.01)] public partial class Norm;
            """);

    public static string AmtlWithAWeightingOfOnesOwn => Declaration.Of(variants: """
        [DeepAmtl] public partial class Amtl;
        [DeepAmtl(NonNegative = false), Weighting<Learnt>(LearningRateScale = 2)] public partial class Own;
        """);

    public static string SingleTaskWithSeveralOutputs => Declaration.Of(
        tasks: "public enum Task { [Classification(3)] Species, [Binary] Sick, [Classification(3)] Genus }",
        variants: "[SingleTask, L2(1e-4), L1(1e-5, On = Part.Trunk), OnRequest] public partial class Stl;");

    public static string MixedKindsWithUncertainty => Declaration.Of(
        tasks: "public enum Task { [Classification(3)] Species, [Regression] Weight, [Binary] Sick, [Regression] Age }",
        variants: """
            [Amtfl, Uncertainty] public partial class WeightOnly;
            [Amtfl(Bias = false), Uncertainty(Likelihood = Likelihood.Exact, Placement = Placement.Reliability)]
            public partial class Reliable;
            [HardSharing, Uncertainty(Shared = true)] public partial class Kendall;
            """);

    public static string RegressionOnAHandWrittenTrunk => Declaration.Of(
        tasks: "[Regression] public enum Pupil { Ann, Bob }",
        trunks: "[Input(4), Trunk<Perceptron>(4)] public partial class Own;",
        variants: "[HardSharing, Uncertainty, L1(1e-4), Sgd(0.1, Momentum = 0.9)] public partial class Kendall;");

    public static string EveryLayer => Declaration.Of(trunks: """
        [Input(3, 16, 16), Conv2d(4, Kernel = 3, Stride = 2, Padding = 1), BatchNorm, ReLU, AvgPool2d(2)]
        [Conv2d(6, Kernel = 2), Tanh, MaxPool2d(2), Dropout(0.25)]
        [Flatten, Linear(16), BatchNorm, Sigmoid]
        public partial class Everything;
        [Input(3, 16, 16), MaxPool2d(3, Stride = 2, Padding = 1), GroupNorm(3), LeakyReLU(0.2), AdaptiveAvgPool2d(2), GELU]
        [GlobalAvgPool, LayerNorm, SiLU]
        public partial class More;
        """, variants: """
        [Baseline, HardSharing, Network(nameof(Everything))] public partial class Mtl;
        [SingleTask, Network(nameof(More))] public partial class Stl;
        """);

    /// <summary>A network for each task on images, batched as one program, with every layer that has parameters.</summary>
    public static string SingleTaskOnImages => Declaration.Of(
        trunks: """
            [Input(3, 8, 8), Conv2d(4, Kernel = 3), BatchNorm, ReLU, MaxPool2d(2), Conv2d(6, Kernel = 2)]
            [Flatten, Linear(16), BatchNorm, ReLU, Linear(8, Bias = false)]
            public partial class Net;
            """,
        variants: "[SingleTask, L1(1e-4), L2(1e-3)] public partial class Stl;");

    /// <summary>Tasks of several kinds where each row has the label of one task.</summary>
    public static string RowsOfOneTask => Declaration.Of(
        head: """
            [Experiment("toy"), Dataset<Rows>]
            public static partial class Study
            """,
        tasks: "public enum Task { [Regression] Weight, [Binary] Sick, [Regression] Age }",
        variants: """
            [Amtfl(Linear = true), L1(1e-4, On = Part.Heads)] public partial class Amtfl;
            [SingleTask] public partial class Stl;
            """);

    /// <summary>Linear models that exact solvers fit, on the inputs themselves.</summary>
    public static string Fitted => Declaration.Of(
        head: """
            [Experiment("toy"), Dataset<Rows>, Metric(TaskMetric.Rmse)]
            public static partial class Study
            """,
        tasks: "[Regression] public enum Pupil { Ann, Bob }",
        trunks: "[Input(4)] public partial class Raw;",
        variants: """
            [Reference, MeanPredictor] public partial class Mean;
            [LinearModel] public partial class Ols;
            [LinearModel, GroupLasso(0.1, Norm = GroupNorm.Infinity), L2(0.01), TaskGraph(0.2, Shape = GraphShape.Chain)]
            public partial class Penalised;
            [LinearModel, Dirty(0.1, 0.2), MeanConstraint(0.3, 0.5)] public partial class Two;
            [Baseline, Ridge] public partial class Stl;
            [ElasticNet(Ratio = 0.9)] public partial class Net;
            [GoMtl(2, Mu = 0.1), Grid("Mu", 1, 0.1, Tied = "Lambda")] public partial class GoMtl;
            [Amtl(NonNegative = false), Grid("Alpha", 1, 0.1), Grid("Gamma", 1, 0.1, 0.01)] public partial class Amtl;
            """);

    /// <summary>Penalties on the heads of all tasks together, and α and γ that grow over the epochs.</summary>
    public static string Structured => Declaration.Of(variants: """
        [HardSharing, L1(1e-3, On = Part.Heads), GroupLasso(0.1)] public partial class Sparse;
        [HardSharing, TraceNorm(0.1), MeanConstraint(0.3, 0.5), TaskGraph(0.2)] public partial class LowRank;
        [Amtfl(Ramp = 0.5), SparseLowRank(0.1, 0.2)] public partial class Two;
        [HardSharing, SampleWeighting] public partial class Samples;
        [DeepAmtl(Ramp = 0.25), RobustTasks(0.1, 0.2), Uncertainty(Placement = Placement.Reliability)] public partial class Robust;
        """);

    /// <summary>Weightings that need only the losses; one of them looks at the losses again after the step.</summary>
    public static string LossWeightings => Declaration.Of(
        tasks: "public enum Task { [Regression] Weight, [Binary] Sick, [Regression] Age }",
        variants: """
            [HardSharing, Dwa(Temperature = 3)] public partial class Average;
            [Amtfl, Famo, L1(1e-3, Subgradient = true)] public partial class Fast;
            [HardSharing, Constant(1, 2, 3)] public partial class Given;
            [SingleTask, RevisedUncertainty] public partial class Own;
            """);

    /// <summary>Weightings that look at gradients: at least one for each kind of gradients and each site, on a network that batches
    /// them.</summary>
    public static string GradientWeightings => Declaration.Of(
        trunks: """
            [Input(1, 8, 8), Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Flatten, Linear(6), Tanh, Dropout(0.1)]
            public partial class Net;
            """,
        variants: """
            [HardSharing, Mgda(Normalisation = MgdaNormalisation.L2), L1(1e-3, Subgradient = true)] public partial class AtTrunk;
            [Amtfl, Mgda(Site = GradientSite.Representation)] public partial class UpperBound;
            [HardSharing, GradNorm(Alpha = 0.5)] public partial class LastLayer;
            [HardSharing, FocusedLearning("Two", Site = GradientSite.TaskHead), CrMogm] public partial class Focused;
            [HardSharing, Imtl] public partial class Transformed;
            [HardSharing, DbMtl] public partial class Rows;
            [HardSharing, MoDo] public partial class ThreeBatches;
            [HardSharing, Moml] public partial class TwoLevels;
            """);

    /// <summary>Weightings that look at gradients, on a network without a batched backward pass, with tasks of several outputs.</summary>
    public static string GradientsOneByOne => Declaration.Of(
        tasks: "public enum Task { [Classification(3)] Species, [Binary] Sick, [Classification(3)] Genus }",
        trunks: "[Input(4), Linear(8), BatchNorm, ReLU] public partial class Normed;",
        variants: "[HardSharing, PcGrad] public partial class Mtl;");

    /// <summary>A hierarchy of tasks beside others, sources that depend on each other, and labelling functions.</summary>
    public static string WeakSupervision => Declaration.Of(
        head: """
            [Experiment("toy"), Dataset<Paragraphs>]
            [Source("news"), Source("wiki", Tasks = [nameof(Entity), nameof(Profession)]), Depends("news", "wiki", nameof(Holes))]
            public static partial class Study
            """,
        tasks: """
            [Hierarchy] public enum Entity { Person, Organisation }
            [Under(nameof(Entity.Person))] public enum Profession { Doctor, Lawyer }
            public enum Weather { [Binary] Rain, [Regression] Heat, [Classification(3)] Sky }
            """,
        other: """
            [LabellingFunction] private static Entity? Holes(Paragraph p) => p.Holes ? Entity.Person : null;
            [LabellingFunction(Task = nameof(Weather.Rain), Name = "wet")] private static bool? Wet(Paragraph p) => p.Holes;
            [LabellingFunction(Task = nameof(Weather.Sky))] private static int? Blue(Paragraph p) => p.Holes ? 1 : null;
            """,
        variants: """
            [Baseline, HardSharing] public partial class Gold;
            [Amtfl, Uncertainty(Placement = Placement.WeightOnly), WeakLabels] public partial class Weak;
            [SingleTask, WeakLabels(Model = WeakLabelModel.DawidSkene, Abstentions = false)] public partial class Single;
            """);

    /// <summary>Tasks and variants that are named like keywords of C#.</summary>
    public static string KeywordsAsNames =>
        Declaration.Of(tasks: "[Binary] public enum Word { @class, @new, value }", variants: "[HardSharing] public partial class @event;");

    public static IReadOnlyList<string> All =>
    [
        HardSharingOfBinaryTasks, UAmtflOnImages, AmtlWithAWeightingOfOnesOwn, SingleTaskWithSeveralOutputs,
        MixedKindsWithUncertainty, RegressionOnAHandWrittenTrunk, EveryLayer, SingleTaskOnImages, RowsOfOneTask, Fitted,
        Structured, LossWeightings, GradientWeightings, GradientsOneByOne, WeakSupervision,
        KeywordsAsNames,
    ];
}
