using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about weightings: what a weighting needs, and what it cannot be combined with.</summary>
public sealed class WeightingRuleTests
{
    private const string Own = """

        public sealed class Own(int tasks) : GramianWeighting(tasks)
        {
            public override double[] Weights(Gramian gramian, System.ReadOnlySpan<double> losses) => [];
        }

        public sealed class Kept(int tasks) : JacobianWeighting(tasks)
        {
            public override torch.Tensor Direction(torch.Tensor jacobian, torch.Tensor losses) => jacobian;

            public override void Allocate(long parameters, torch.ScalarType dtype, torch.Device device) { }
        }
        """;

    [Theory]
    [InlineData("[HardSharing, Mgda, {|#0:PcGrad|}]", "Mgda", "PcGrad")]
    [InlineData("[HardSharing, Uncertainty, {|#0:Famo|}]", "Uncertainty", "Famo")]
    public Task UAM008TwoWeightings(string attributes, string first, string second) => Verify.RuleAsync(
        Declaration.Of(variants: $"{attributes} public partial class Mtl;"),
        ("UAM008", $"'Mtl' has both [{first}] and [{second}]: keep one"));

    [Theory]
    [InlineData("[HardSharing, Dwa({|#0:Temperature = 0|})]", "Dwa's Temperature is 0; it must be above 0")]
    [InlineData("[HardSharing, GradVac({|#0:Beta = 2|})]", "GradVac's Beta is 2; it must be at least 0 and at most 1")]
    [InlineData("[HardSharing, NashMtl({|#0:UpdateEvery = 0|})]", "NashMtl's UpdateEvery is 0; it must be at least 1")]
    [InlineData(
        "[HardSharing, Mgda({|#0:Normalisation = (MgdaNormalisation)9|})]",
        "Mgda's Normalisation is 9; it must be one of None, L2, Loss, LossPlus")]
    [InlineData(
        "[HardSharing, Mgda({|#0:Site = (GradientSite)9|})]",
        "Mgda's Site is 9; it must be one of Trunk, LastLayer, Representation, TaskHead")]
    [InlineData("[HardSharing, Mgda, CrMogm({|#0:Momentum = 1|})]", "CrMogm's Momentum is 1; it must be at least 0 and below 1")]
    [InlineData("[HardSharing, Krum({|#0:Byzantine = 1|})]", "Krum's Byzantine is 1; it must be at least 0 and at most 0")]
    [InlineData("[HardSharing, Krum({|#0:Selected = 4|})]", "Krum's Selected is 4; it must be at least 1 and at most 3")]
    [InlineData("[HardSharing, CaGrad, Grid(\"CaGradC\", {|#0:0.2|}, 1)]", "Grid's CaGradC is 1; it must be at least 0 and below 1")]
    [InlineData("[HardSharing, TrimmedMean({|#0:Trim = 2|})]", "TrimmedMean's Trim is 2; it must be at least 0 and at most 1")]
    [InlineData(
        "[HardSharing, FocusedLearning(\"One\", {|#0:Threshold = -1|})]",
        "FocusedLearning's Threshold is -1; it must be at least 0 and below 1")]
    public Task UAM011ANumberOutOfRange(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(variants: $"{attributes} public partial class Mtl;"),
        ("UAM011", message));

    [Theory]
    [InlineData(
        "[HardSharing, {|#0:CrMogm|}]",
        "[CrMogm] has no effect here: it stands around a weighting that solves for one weight a task from gradients, "
            + "and there is none; add one")]
    [InlineData(
        "[HardSharing, Dwa, {|#0:CrMogm|}]",
        "[CrMogm] has no effect here: [Dwa] does not solve for one weight a task from inner products of gradients alone; leave it out")]
    [InlineData(
        "[HardSharing, Imtl, {|#0:CrMogm|}]",
        "[CrMogm] has no effect here: [Imtl] does not solve for one weight a task from inner products of gradients alone; leave it out")]
    [InlineData(
        "[HardSharing, GradDrop, {|#0:CrMogm|}]",
        "[CrMogm] has no effect here: [GradDrop] does not solve for one weight a task from inner products of gradients alone; "
            + "leave it out")]
    [InlineData(
        "[HardSharing, GradDrop({|#0:Heads = HeadGradients.Weighted|})]",
        "Heads = Weighted has no effect here: [GradDrop] gives a direction, not one weight a task; leave it out")]
    [InlineData(
        "[HardSharing, Weighting<Mean>({|#0:Site = GradientSite.Trunk|})]",
        "Site has no effect here: 'Mean' sees losses alone; leave it out")]
    [InlineData(
        "[MeanPredictor, {|#0:Mgda|}]",
        "[Mgda] has no effect here: [MeanPredictor] is solved exactly, with its own penalties alone; leave it out")]
    public Task UAM021WithoutEffect(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(variants: $"{attributes} public partial class Mtl;"),
        ("UAM021", message));

    [Theory]
    [InlineData("{|#0:LearningRateScale = 2|}", "")]
    [InlineData("{|#0:LearningRateScale = 2|}", " private readonly UAmtfl.Weighting.State.StateArray kept = null!;")]
    public Task UAM021ALearningRateOfNoParameters(string option, string member) => Verify.RuleAsync(
        Declaration.Of(variants: $"[HardSharing, Weighting<Still>({option})] public partial class Mtl;") + Still(member),
        ("UAM021", "LearningRateScale has no effect here: 'Still' has no parameters of its own; leave it out"));

    [Fact]
    public Task UAM028AGridOverALearningRateOfNoParameters() => Verify.RuleAsync(
        Declaration.Of(variants: "[Amtfl, Weighting<Still>, Grid({|#0:\"WeightingLearningRateScale\"|}, 1, 2)] public partial class Mtl;")
            + Still(""),
        (
            "UAM028",
            "The grid of 'Mtl' cannot be searched: it has no hyper-parameter 'WeightingLearningRateScale'; it has Alpha, Gamma, Floor"));

    /// <summary>A grid over the learning rate of a weighting's parameters is allowed if the weighting has a member that registers a
    /// parameter, or might.</summary>
    [Theory]
    [InlineData(" private readonly TorchSharp.Modules.Parameter factor = new(torch.ones(3));")]
    [InlineData(" private readonly TorchSharp.Modules.Linear layer = torch.nn.Linear(3, 3);")]
    [InlineData(" private readonly TorchSharp.Modules.Linear[] layers = [torch.nn.Linear(3, 3)];")]
    [InlineData(" private readonly System.Collections.Generic.List<TorchSharp.Modules.Linear> layers = [];")]
    [InlineData(" public void Begin() => register_parameter(\"factor\", new(torch.ones(3)));")]
    [InlineData(" public void Begin() => System.GC.KeepAlive(this);")]
    public Task AGridOverALearningRateOfParameters(string member) => Verify.RuleAsync(
        Declaration.Of(
            variants: """
                [HardSharing, Weighting<Still>(LearningRateScale = 2), Grid("WeightingLearningRateScale", 1, 2)]
                public partial class Mtl;
                """)
            + Still(member));

    [Theory]
    [InlineData(
        "[SingleTask, {|#0:Mgda|}]",
        "[Mgda] balances gradients of what tasks share, and [SingleTask] shares nothing; use another sharing scheme")]
    [InlineData(
        "[SingleTask, {|#0:Weighting<Own>|}]",
        "[Weighting] balances gradients of what tasks share, and [SingleTask] shares nothing; use another sharing scheme")]
    [InlineData(
        "[HardSharing, MoDo({|#0:Site = GradientSite.Representation|})]",
        "[MoDo] compares gradients of several batches, and those with respect to features are of other samples each time; "
            + "use Site = Trunk")]
    [InlineData(
        "[HardSharing, DbMtl({|#0:Site = GradientSite.Representation|})]",
        "[DbMtl] compares gradients of several batches, and those with respect to features are of other samples each time; "
            + "use Site = Trunk")]
    [InlineData(
        "[HardSharing, Weighting<Kept>({|#0:Site = GradientSite.Representation|})]",
        "[Weighting] compares gradients of several batches, and those with respect to features are of other samples each time; "
            + "use Site = Trunk")]
    [InlineData(
        "[HardSharing, GradDrop({|#0:Site = GradientSite.LastLayer|})]",
        "[GradDrop] steps along gradients, which those of one layer are not enough for; use Site = Trunk")]
    [InlineData(
        "[HardSharing, Moml({|#0:Site = GradientSite.TaskHead|})]",
        "[Moml] steps along gradients, which those of heads are not enough for; use Site = Trunk")]
    public Task UAM031NoGradientsToBalance(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(variants: $"{attributes} public partial class Mtl;") + Own,
        ("UAM031", message));

    [Fact]
    public Task UAM031ANetworkWithoutParameters() => Verify.RuleAsync(
        Declaration.Of(trunks: "[Input(4)] public partial class Raw;", variants: "[HardSharing, {|#0:Mgda|}] public partial class Mtl;"),
        ("UAM031", "[Mgda] balances gradients of what tasks share, and 'Raw' has no parameters; give it a layer that has some"));

    [Fact]
    public Task UAM031TheLastLayerOfAHandWrittenNetwork() => Verify.RuleAsync(
        Declaration.Of(
            trunks: "[Input(4), Trunk<Perceptron>(4)] public partial class Hand;",
            variants: "[HardSharing, Mgda({|#0:Site = GradientSite.LastLayer|})] public partial class Mtl;"),
        (
            "UAM031",
            "[Mgda] compares gradients of the last shared layer, and which that is in the hand-written 'Hand' is not known; "
                + "use Site = Representation or Site = Trunk"));

    [Fact]
    public Task UAM031HeadsOfDifferentSizes() => Verify.RuleAsync(
        Declaration.Of(
            tasks: "public enum Task { [Binary] Sick, [Classification(3)] Species }",
            variants: "[HardSharing, Mgda({|#0:Site = GradientSite.TaskHead|})] public partial class Mtl;"),
        ("UAM031", "[Mgda] compares gradients of heads, which have different numbers of outputs here; use another Site"));

    [Theory]
    [InlineData("[Input(4), Linear(8), BatchNorm] public partial class Net;", "has [BatchNorm], which mixes samples")]
    [InlineData("[Input(3, 8, 8), ResNet18(SmallImages = true)] public partial class Net;", "has [ResNet18], which mixes samples")]
    [InlineData("[Input(4), Trunk<Perceptron>(4)] public partial class Net;", "is written by hand")]
    [InlineData("[Input(4), BeginResidual, Linear(4), EndResidual] public partial class Net;", "has a residual stretch")]
    public Task UAM032OnePassATask(string trunk, string why) => Verify.RuleAsync(
        Declaration.Of(trunks: trunk, variants: "[HardSharing, {|#0:PcGrad|}] public partial class Mtl;"),
        (
            "UAM032",
            $"[PcGrad] takes a backward pass for each task: 'Net' {why}, for which there is no batched pass, "
                + "so that a step takes 3 passes; use Site = Representation, or layers that batch"));

    [Fact]
    public Task UAM033AFocusThatIsNoTask() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, FocusedLearning({|#0:\"Nine\"|})] public partial class Mtl;"),
        (
            "UAM033",
            "[FocusedLearning] names 'Nine', which is none of the tasks 'Zero', 'One', 'Two': name one of these, best by nameof(…)"));

    [Fact]
    public Task UAM033AMonitorThatIsNoTask() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, EarlyStopping(3, {|#0:Monitor = \"Nine\"|})] public partial class Mtl;"),
        (
            "UAM033",
            "[EarlyStopping] names 'Nine', which is none of the tasks 'Zero', 'One', 'Two': name one of these, best by nameof(…)"));

    [Fact]
    public Task UAM021AMonitorBesidePerTask() => Verify.RuleAsync(
        Declaration.Of(
            variants: "[HardSharing, EarlyStopping(3, PerTask = true, {|#0:Monitor = \"One\"|})] public partial class Mtl;"),
        ("UAM021", "Monitor of [EarlyStopping] has no effect here: PerTask watches every task; leave one of the two out"));

    [Theory]
    [InlineData("Constant(1, 2)", "Constant", "2 numbers for 3 tasks: give one a task")]
    [InlineData("Constant(1, -2, 3)", "Constant", "a number that is no weight: all must be finite and at least 0, and one above 0")]
    [InlineData("Stch(0, 0, 0)", "Stch", "a number that is no weight: all must be finite and at least 0, and one above 0")]
    [InlineData("UpGrad(1)", "UpGrad", "1 number for 3 tasks: give one a task, or none")]
    public Task UAM034NumbersThatAreNotOneATask(string weighting, string name, string problem) => Verify.RuleAsync(
        Declaration.Of(variants: $"[HardSharing, {{|#0:{weighting}|}}] public partial class Mtl;"),
        ("UAM034", $"[{name}] has {problem}"));

    [Fact]
    public Task UAM034TooFewTasks() => Verify.RuleAsync(
        Declaration.Of(tasks: "[Binary] public enum Only { One }", variants: "[HardSharing, {|#0:Krum|}] public partial class Mtl;"),
        ("UAM034", "[Krum] has 1 task, too few for it: use another weighting"));

    [Fact]
    public Task UAM034EverySetOfManyTasks() => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Binary] public enum Many { A, B, C, D, E, F, G, H, I, J, K, L, M }",
            variants: "[HardSharing, FocusedLearning(\"A\", {|#0:Select = FocusSelect.Subset|})] public partial class Mtl;"),
        (
            "UAM034",
            "[FocusedLearning] has Select = Subset for 13 tasks: it tries every set of them, which is for at most 12; use another"));

    [Fact]
    public Task UAM035AWeightingThatDoesNotSayWhatItNeeds() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, {|#0:Weighting<Bare>|}] public partial class Mtl;")
            + """
              public sealed class Bare(int tasks) : IWeighting
              {
                  public int Tasks => tasks;

                  public void EpochEnded(torch.Tensor meanLosses) { }
              }
              """,
        (
            "UAM035",
            "'Bare' does not say what it needs of a step: derive it from one of LossWeighting, GramianWeighting, JacobianWeighting, "
                + "CrossWeighting, BilevelWeighting"));

    private static string Still(string member) => $$"""

        public sealed class Still(int tasks) : LossWeighting(tasks)
        {
            public override torch.Tensor forward(torch.Tensor input) => input.sum();

            {{member}}
        }
        """;
}
