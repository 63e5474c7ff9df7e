using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about variants: about their methods, numbers and networks.</summary>
public sealed class VariantRuleTests
{
    [Theory]
    [InlineData("[L2(0.1)]")]
    [InlineData("[Uncertainty]")]
    [InlineData("[Adam(0.1)]")]
    [InlineData("[OnRequest]")]
    public Task UAM007AVariantWithoutSharing(string attributes) => Verify.RuleAsync(
        Declaration.Of(variants: $"{attributes} public partial class {{|#0:Mtl|}};"),
        ("UAM007", "Variant 'Mtl' does not say how tasks share the network: add one of [Adapters], [Cgc], [CrossStitch], [DSelectK], "
            + "[FullyAdaptive], [HardSharing], [LearnToBranch], [Mmoe], [Mtan], [Nddr], [Ple], [SingleTask], [Sluice], [SoftSharing], "
            + "[Amtfl], [DeepAmtl], "
            + "[Amtl], [ElasticNet], [GoMtl], [LinearModel], [MeanPredictor], [Ridge]"));

    [Theory]
    [InlineData("[SingleTask, {|#0:Amtfl|}]", "SingleTask", "Amtfl")]
    [InlineData("[HardSharing, {|#0:SingleTask|}]", "HardSharing", "SingleTask")]
    [InlineData("[Amtfl, {|#0:DeepAmtl|}]", "Amtfl", "DeepAmtl")]
    [InlineData("[Amtfl, HardSharing, {|#0:DeepAmtl|}]", "Amtfl", "DeepAmtl")]
    [InlineData("[HardSharing, {|#0:Ridge|}]", "HardSharing", "Ridge")]
    [InlineData("[HardSharing, Uncertainty, {|#0:Weighting<Mean>|}]", "Uncertainty", "Weighting")]
    [InlineData("[HardSharing, Adam(0.1), {|#0:Sgd(0.1)|}]", "Adam", "Sgd")]
    [InlineData("[HardSharing, Baseline, {|#0:Proposed|}]", "Baseline", "Proposed")]
    [InlineData("[HardSharing, L2(1), Sgd(0.1), {|#0:AdamW|}]", "Sgd", "AdamW")]
    [InlineData("[HardSharing, CosineDecay, {|#0:StepDecay|}]", "CosineDecay", "StepDecay")]
    [InlineData("[HardSharing, ExponentialDecay(0.9), {|#0:PlateauDecay|}]", "ExponentialDecay", "PlateauDecay")]
    [InlineData("[HardSharing, ClipNorm(1), {|#0:ClipValue(1)|}]", "ClipNorm", "ClipValue")]
    public Task UAM008TwoMethodsOfAKind(string attributes, string first, string second) => Verify.RuleAsync(
        Declaration.Of(variants: $"{attributes} public partial class Mtl;"),
        ("UAM008", $"'Mtl' has both [{first}] and [{second}]: keep one"));

    [Fact]
    public Task ATransferMayStandBesideItsArchitecture() =>
        Verify.RuleAsync(Declaration.Of(variants: "[HardSharing, Amtfl] public partial class Mtl;"));

    [Fact]
    public Task UAM009AMethodThatDoesNotFitATask() => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Classification(3)] public enum Task { Species }", variants: "[{|#0:DeepAmtl(Alpha = 1)|}] public partial class Mtl;"),
        (
            "UAM009",
            "[DeepAmtl] cannot be used with task 'Species', which is a classification into 3 classes: "
                + "it rebuilds one head from others, so each task needs one output; use [Amtfl], or one [Binary] task a class"));

    [Theory]
    [InlineData("TaskGraph(0.1)")]
    [InlineData("TaskGraph(0.1, Shape = GraphShape.Chain)")]
    [InlineData("MeanConstraint(0.1, 1)")]
    public Task UAM009HeadsThatCannotBeCompared(string penalty) => Verify.RuleAsync(
        Declaration.Of(
            tasks: "public enum Task { [Classification(3)] Species, [Regression] Age, [Binary] Sick }",
            variants: $"[HardSharing, {{|#0:{penalty}|}}] public partial class Mtl;"),
        ("UAM009", $"[{penalty.Split('(')[0]}] cannot be used with task 'Species', which is a classification into 3 classes: "
            + "it compares the heads of tasks with each other, and that of 'Sick' has one output; "
            + "use it where all tasks have equally many outputs"));

    [Theory]
    [InlineData("TaskGraph(0.1)")]
    [InlineData("MeanConstraint(0.1, 1)")]
    public Task HeadsOfEquallyManyOutputsAreCompared(string penalty) => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Classification(3)] public enum Task { Species, Colour }",
            variants: $"[HardSharing, {penalty}] public partial class Mtl;"));

    [Theory]
    [InlineData("GroupLasso(0.1, By = GroupBy.Task)")]
    [InlineData("RobustTasks(0.1, 0.1)")]
    public Task PenaltiesOfEachTaskTakeTasksOfAnySize(string penalty) => Verify.RuleAsync(
        Declaration.Of(
            tasks: "public enum Task { [Classification(3)] Species, [Regression] Age }",
            variants: $"[HardSharing, {penalty}] public partial class Mtl;"));

    [Theory]
    [InlineData("[HardSharing, L2({|#0:-1|})]", "L2's strength is -1; it must be at least 0")]
    [InlineData("[HardSharing, L2({|#0:strength: double.NaN|})]", "L2's strength is NaN; it must be at least 0")]
    [InlineData("[HardSharing, L2({|#0:double.PositiveInfinity|})]", "L2's strength is Infinity; it must be at least 0")]
    [InlineData("[Amtfl({|#0:Alpha = -0.5|})]", "Amtfl's Alpha is -0.5; it must be at least 0")]
    [InlineData("[HardSharing, Uncertainty({|#0:LearningRateScale = 0|})]", "Uncertainty's LearningRateScale is 0; it must be above 0")]
    [InlineData(
        "[HardSharing, Uncertainty({|#0:Likelihood = (Likelihood)7|})]",
        "Uncertainty's Likelihood is 7; it must be one of Exact, Approximate")]
    [InlineData("[HardSharing, L1(1, {|#0:On = 0|})]", "L1's On is 0; it must be one of Trunk, Heads, All")]
    [InlineData("[HardSharing, Adam({|#0:0|})]", "Adam's learningRate is 0; it must be above 0")]
    [InlineData("[HardSharing, Adam({|#0:Beta1 = 1|})]", "Adam's Beta1 is 1; it must be at least 0 and below 1")]
    [InlineData(
        "[HardSharing, Sgd(0.1, {|#0:Momentum = double.PositiveInfinity|})]",
        "Sgd's Momentum is Infinity; it must be at least 0 and below 1")]
    [InlineData("[HardSharing, StepDecay({|#0:At = 1.5|}, Factor = 0.1)]", "StepDecay's At is 1.5; it must be above 0 and at most 1")]
    [InlineData("[HardSharing, StepDecay({|#0:AlsoAt = new[] { 0.5, 2 }|})]", "StepDecay's AlsoAt is 2; it must be above 0 and at most 1")]
    [InlineData("[HardSharing, ClipNorm({|#0:0|})]", "ClipNorm's norm is 0; it must be above 0")]
    [InlineData("[HardSharing, ClipValue({|#0:-1|})]", "ClipValue's value is -1; it must be above 0")]
    [InlineData("[HardSharing, Accumulate({|#0:0|})]", "Accumulate's batches is 0; it must be at least 1 and at most 1000000")]
    [InlineData("[HardSharing, Training({|#0:Epochs = 0|})]", "Training's Epochs is 0; it must be at least 1 and at most 1000000")]
    public Task UAM011ANumberOutOfRange(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(variants: $"{attributes} public partial class Mtl;"),
        ("UAM011", message));

    [Fact]
    public Task UAM011OnAnEnumIsSaidOnce() => Verify.RuleAsync(
        Declaration.Of(tasks: "[Classification({|#0:1|})] public enum Task { A, B, C }"),
        ("UAM011", "Classification's classes is 1; it must be at least 2"));

    [Fact]
    public Task UAM011Seeds() => Verify.RuleAsync(
        Declaration.Of(head: """[Experiment("toy", {|#0:Seeds = 0|}), Dataset<Toy>] public static partial class Study"""),
        ("UAM011", "Experiment's Seeds is 0; it must be at least 1 and at most 10000"));

    [Fact]
    public Task UAM012TheLiteralPlacementOfARegression() => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Regression] public enum Pupil { Ann }",
            variants: "[Amtfl, Uncertainty({|#0:Placement = Placement.Literal|})] public partial class Mtl;"),
        (
            "UAM012",
            "With Placement = Literal the price of transfer of regression task 'Ann' turns into a reward once its squared error is below "
                + "1/e (0.37): use WeightOnly or Reliability"));

    [Fact]
    public Task UAM013ATrunkThatIsNotDeclared() => Verify.RuleAsync(
        Declaration.Of(variants: """[HardSharing, Network({|#0:"Cnn"|})] public partial class Mtl;"""),
        (
            "UAM013",
            "Variant 'Mtl' names the trunk 'Cnn', but 'Study' declares 'Mlp': "
                + "name one of these, or declare it with [Input(…)] and its layers"));

    [Fact]
    public Task UAM013OneOfSeveralTrunks() => Verify.RuleAsync(
        Declaration.Of(
            trunks: "[Input(4), Linear(8)] public partial class A; [Input(4), Linear(9)] public partial class B;",
            variants: "[HardSharing] public partial class {|#0:Mtl|};"),
        ("UAM013", "Variant 'Mtl' names no trunk, and 'Study' declares 'A', 'B': add [Network(nameof(A))] or another"));

    [Theory]
    [InlineData(
        "[HardSharing, Uncertainty({|#0:Placement = Placement.Reliability|})]",
        "Placement = Reliability has no effect here: [HardSharing] puts no price on transfer; "
            + "use it with [Amtfl] or [DeepAmtl], or leave it out")]
    [InlineData(
        "[Amtfl, Uncertainty({|#0:Placement = Placement.WeightOnly|}, Likelihood = Likelihood.Exact)]",
        "Placement = WeightOnly has no effect here: the exact likelihood of a classification has no log σ to leave out of the bracket; "
            + "use Literal, or Likelihood = Approximate")]
    [InlineData(
        "[SingleTask, {|#0:FeatureNorm(0.1)|}]",
        "[FeatureNorm] has no effect here: [SingleTask] has no shared features; use it with one that shares them")]
    public Task UAM021AnOptionWithoutEffect(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(variants: $"{attributes} public partial class Mtl;"),
        ("UAM021", message));

    [Theory]
    [InlineData("public sealed class Own() : LossWeighting(3)")]
    [InlineData("public abstract class Own(int tasks) : LossWeighting(tasks)")]
    public Task UAM022AWeightingThatCannotBeCreated(string type) => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, {|#0:Weighting<Own>|}] public partial class Mtl;")
            + type + " { public override torch.Tensor forward(torch.Tensor input) => input; }",
        ("UAM022", "'Own' cannot be created: give it a public constructor (int tasks)"));

    [Theory]
    [InlineData("L1(1), {|#0:L1(2)|}", "L1", "trunk and heads")]
    [InlineData("L2(1, On = Part.Heads), L2(3), {|#0:L2(2, On = Part.Heads)|}", "L2", "the heads")]
    [InlineData("L2(1, On = Part.Trunk), {|#0:L2(2, On = Part.Trunk)|}", "L2", "the trunk")]
    public Task UAM023APenaltyTwice(string penalties, string name, string part) => Verify.RuleAsync(
        Declaration.Of(variants: $"[HardSharing, {penalties}] public partial class Mtl;"),
        ("UAM023", $"Variant 'Mtl' has [{name}] twice on {part}: add up their strengths in one"));

    [Fact]
    public Task UAM025ATrunkLessAccessibleThanAVariant() => Verify.RuleAsync(
        Declaration.Of(trunks: "[Input(4), Linear(8)] partial class Mlp;", variants: "[HardSharing] public partial class {|#0:Mtl|};"),
        (
            "UAM025",
            "Variant 'Mtl' is public, but 'Mlp', which is a public part of its network, is private: give both the same accessibility"));

    [Fact]
    public Task UAM025AnInternalWeightingOfAPublicVariant() => Verify.RuleAsync(
        Declaration.Of(variants: "[HardSharing, {|#0:Weighting<Own>|}] public partial class Mtl;")
            + """
              internal sealed class Own(int tasks) : LossWeighting(tasks)
              {
                  public override torch.Tensor forward(torch.Tensor input) => input;
              }
              """,
        (
            "UAM025",
            "Variant 'Mtl' is public, but 'Own', which is a public part of its network, is internal: give both the same accessibility"));

    [Fact]
    public Task UAM025AnInternalModuleOfAPublicTrunk() => Verify.RuleAsync(
        Declaration.Of(trunks: "[Input(4), {|#0:Trunk<Own>(4)|}] public partial class Mlp;")
            + """
              internal sealed class Own() : torch.nn.Module<torch.Tensor, torch.Tensor>("Own")
              {
                  public override torch.Tensor forward(torch.Tensor input) => input;
              }
              """,
        (
            "UAM025",
            "Trunk 'Mlp' is public, but 'Own', which is a public part of its network, is internal: give both the same accessibility"));
}
