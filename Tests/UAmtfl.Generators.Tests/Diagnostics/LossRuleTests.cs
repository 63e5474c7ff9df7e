using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about the loss that a task chooses.</summary>
public sealed class LossRuleTests
{
    private const string Robust = "public enum Pupil { [Regression] Ann, [Regression(Loss = RegressionLoss.Huber)] Bob }";

    [Theory]
    [InlineData("Regression({|#0:Delta = 2|})", "Delta", "Huber")]
    [InlineData("Regression({|#0:Level = 0.2|})", "Level", "Quantile")]
    [InlineData("Regression(Loss = RegressionLoss.Poisson, {|#0:Level = 0.2|})", "Level", "Quantile")]
    [InlineData("Regression(Loss = RegressionLoss.Absolute, {|#0:Delta = 2|})", "Delta", "Huber")]
    [InlineData("Regression(Loss = RegressionLoss.Huber, {|#0:Level = 0.2|})", "Level", "Quantile")]
    public Task UAM021ANumberOfAnotherLoss(string kind, string option, string loss) => Verify.RuleAsync(
        Declaration.Of(tasks: $"[{kind}] public enum Pupil {{ Ann, Bob }}"),
        (
            "UAM021",
            $"{option} of [Regression] has no effect here: it belongs to the loss {loss}; "
                + $"write Loss = RegressionLoss.{loss}, or leave it out"));

    [Theory]
    [InlineData("Binary", "{|#0:PositiveWeight = 3|}, Balanced = true", "PositiveWeight of [Binary]")]
    [InlineData("Classification", "2, Balanced = true, {|#0:ClassWeights = new[] { 1.0, 2 }|}", "ClassWeights of [Classification]")]
    public Task UAM021WeightsBesideBalanced(string kind, string options, string what) => Verify.RuleAsync(
        Declaration.Of(tasks: $"[{kind}({options})] public enum Pupil {{ Ann, Bob }}"),
        (
            "UAM021",
            $"{what} has no effect here: Balanced computes the weights from the training labels; leave one of them out"));

    [Theory]
    [InlineData("Loss = RegressionLoss.Huber, {|#0:Delta = 0|}", "Delta is 0; it must be above 0")]
    [InlineData("Loss = RegressionLoss.Quantile, {|#0:Level = 1|}", "Level is 1; it must be above 0 and below 1")]
    [InlineData(
        "{|#0:Loss = (RegressionLoss)9|}", "Loss is 9; it must be one of Squared, Absolute, Huber, Quantile, Poisson")]
    public Task UAM011ANumberOutOfRange(string options, string message) => Verify.RuleAsync(
        Declaration.Of(tasks: $"[Regression({options})] public enum Pupil {{ Ann, Bob }}"),
        ("UAM011", $"Regression's {message}"));

    [Theory]
    [InlineData("new[] { 1, 0.5 }", "2")]
    [InlineData("new[] { 1, 0.5, 2, 3 }", "4")]
    [InlineData("new double[0]", "0")]
    public Task UAM034AnotherNumberOfWeightsThanClasses(string weights, string count) => Verify.RuleAsync(
        Declaration.Of(tasks: $"[Classification(3, {{|#0:ClassWeights = {weights}|}})] public enum Plant {{ Species }}"),
        (
            "UAM034",
            $"[Classification] has {count} ClassWeights and 3 classes; give one weight for each class, in the order of the labels"));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public Task UAM011AWeightOfAClassThatIsNotAboveZero(string weight) => Verify.RuleAsync(
        Declaration.Of(tasks: $"[Classification(2, {{|#0:ClassWeights = new[] {{ 1.0, {weight} }}|}})] public enum Plant {{ Species }}"),
        ("UAM011", $"Classification's ClassWeights is {weight}; it must be above 0"));

    [Theory]
    [InlineData("[HardSharing, {|#0:Uncertainty|}]")]
    [InlineData("[Amtfl, {|#0:Uncertainty(Placement = Placement.WeightOnly)|}]")]
    public Task UAM009UncertaintyOfALossThatIsNoLikelihood(string variant) => Verify.RuleAsync(
        Declaration.Of(tasks: Robust, variants: $"{variant} public partial class Mtl;"),
        (
            "UAM009",
            "[Uncertainty] cannot be used with task 'Bob', which is a regression with the loss Huber: δ does not grow with σ_t, so that "
                + "the density of ℓ / σ_t has another normaliser than σ_t; use another weighting, or leave the option of the task out"));

    [Theory]
    [InlineData("Ridge")]
    [InlineData("ElasticNet")]
    [InlineData("LinearModel")]
    [InlineData("Amtl")]
    [InlineData("GoMtl(2)", "GoMtl")]
    [InlineData("MeanPredictor")]
    public Task UAM009ASolverWithItsOwnLoss(string solver, string? name = null) => Verify.RuleAsync(
        Declaration.Of(
            tasks: Robust, trunks: "[Input(4)] public partial class Raw;", variants: $"[{{|#0:{solver}|}}] public partial class Solved;"),
        (
            "UAM009",
            $"[{name ?? solver}] cannot be used with task 'Bob', which is a regression with the loss Huber: its solver has one loss for "
                + "each kind of task; train a network without layers, or leave the option of the task out"));

    [Theory]
    [InlineData("Binary(PositiveWeight = 3)", "binary with a PositiveWeight", Labels)]
    [InlineData("Binary(LabelSmoothing = 0.1)", "binary with LabelSmoothing", Labels)]
    [InlineData("Binary(Balanced = true)", "binary with Balanced", Labels)]
    [InlineData("Classification(3, Balanced = true)", "a classification with Balanced", Labels)]
    [InlineData("Classification(3, LabelSmoothing = 0.1)", "a classification with LabelSmoothing", Labels)]
    [InlineData("Classification(2, ClassWeights = new[] { 1.0, 2 })", "a classification with ClassWeights", Labels)]
    [InlineData(
        "Regression(Loss = RegressionLoss.Poisson)",
        "a regression with the loss Poisson",
        "a Poisson distribution has no σ_t to learn, because its variance is its mean")]
    [InlineData(
        "Regression(LossBy = typeof(LogCosh))",
        "a regression with the loss LogCosh",
        "the density that belongs to a loss of your own, and with it log σ_t, is not known")]
    public Task UAM009UncertaintyWithoutALikelihood(string kind, string words, string why) => Verify.RuleAsync(
        Declaration.Of(
            tasks: $"public enum Task {{ [{kind}] Bob }}", variants: "[HardSharing, {|#0:Uncertainty|}] public partial class Mtl;"),
        (
            "UAM009",
            $"[Uncertainty] cannot be used with task 'Bob', which is {words}: {why}; use another weighting, or leave the option of the "
                + "task out"));

    [Fact]
    public Task UAM012TheLiteralPlacementOfAnAbsoluteError() => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Regression(Loss = RegressionLoss.Absolute)] public enum Pupil { Ann }",
            variants: "[Amtfl, Uncertainty({|#0:Placement = Placement.Literal|})] public partial class Mtl;"),
        (
            "UAM012",
            "With Placement = Literal the price of transfer of regression task 'Ann' turns into a reward once its loss is below 1/e "
                + "(0.37): use WeightOnly or Reliability"));

    [Theory]
    [InlineData("public sealed class MyLoss;", "derive it from UAmtfl.Losses.TaskLoss")]
    [InlineData("public abstract class MyLoss : UAmtfl.Losses.TaskLoss;", "name a class that is not abstract")]
    [InlineData(
        "public sealed class MyLoss(int power) : UAmtfl.Losses.TaskLoss { public int Power { get; } = power;",
        "give it a public constructor without parameters")]
    public Task UAM022ALossThatCannotBeCreated(string loss, string message)
    {
        const string rows =
            "public override torch.Tensor Rows(torch.Tensor o, torch.Tensor y, torch.Tensor? p) => o; }";
        return Verify.RuleAsync(
            Declaration.Of(
                tasks: "[Regression({|#0:LossBy = typeof(MyLoss)|})] public enum Pupil { Ann, Bob }",
                other: loss.Contains('{') ? loss + rows : loss),
            ("UAM022", $"'MyLoss' cannot be created: {message}"));
    }

    [Theory]
    [InlineData("Loss = RegressionLoss.Huber", "Loss")]
    [InlineData("Delta = 2", "Delta")]
    public Task UAM021AnOptionBesideALossOfOnesOwn(string option, string name) => Verify.RuleAsync(
        Declaration.Of(tasks: $"[Regression(LossBy = typeof(LogCosh), {{|#0:{option}|}})] public enum Pupil {{ Ann, Bob }}"),
        (
            "UAM021",
            $"{name} of [Regression] has no effect here: the class 'LogCosh' of LossBy computes the loss; leave one of them out"));

    private const string Labels = "σ_t belongs to the likelihoods of the squared, absolute and quantile errors and the cross-entropy";
}
