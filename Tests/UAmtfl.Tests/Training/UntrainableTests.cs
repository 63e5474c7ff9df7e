
namespace UAmtfl.Tests.Training;

/// <summary>A trunk that cannot be trained gives an error of one line that names variant and trunk, in every kind of step, and never ends
/// the process.</summary>
public sealed class UntrainableTests
{
    private static readonly string[] NeedNoTrunk = ["Plain", "Separate", "Norms", "MinNorm", "Signs", "Fast", "Asymmetric"];

    public static TheoryData<string> Variants => [.. Untrainable.Descriptor.Variants.Select(v => v.Name)];

    [Theory, MemberData(nameof(Variants))]
    public void ABackwardPassThatFails(string variant)
    {
        var message = Failure(Fault.InPlace, variant);
        Assert.StartsWith($"variant {variant} cannot be trained through trunk Net: ", message, StringComparison.Ordinal);
        Assert.Contains("inplace operation", message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Variants))]
    public void FeaturesWithoutAGradient(string variant)
    {
        var message = Failure(Fault.Detached, variant);
        Assert.StartsWith(
            $"variant {variant} cannot be trained through trunk Net: its features carry no gradient, but 2 of its parameters",
            message,
            StringComparison.Ordinal);
    }

    /// <summary>A frozen trunk is allowed, except for a weighting that needs its gradients.</summary>
    [Theory, MemberData(nameof(Variants))]
    public void ATrunkThatIsFrozen(string variant)
    {
        if (NeedNoTrunk.Contains(variant))
        {
            Run(Fault.Frozen, variant);
        }
        else
        {
            Assert.StartsWith(
                $"variant {variant} cannot be trained through trunk Net: the weighting compares gradients",
                Failure(Fault.Frozen, variant),
                StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Variants))]
    public void AnotherPrecision(string variant) =>
        Assert.Contains(
            "trunk Net gave Float64, but its inputs are Float32",
            Failure(Fault.OtherPrecision, variant),
            StringComparison.Ordinal);

    [Theory, MemberData(nameof(Variants))]
    public void AModuleThatDisposesOfItsInput(string variant) => Run(Fault.DisposesOfItsInput, variant);

    [Theory, MemberData(nameof(Variants))]
    public void AModuleThatFails(string variant) =>
        Assert.Contains("trunk Net failed: my trunk cannot do that", Failure(Fault.Throws, variant), StringComparison.Ordinal);

    [Theory]
    [InlineData(Fault.GivesNothing)]
    [InlineData(Fault.GivesOneRow)]
    [InlineData(Fault.GivesADisposedTensor)]
    public void AModuleThatHandsBackNoFeatures(Fault fault)
    {
        var message = Failure(fault, "Plain");
        Assert.Contains("Plain", message, StringComparison.Ordinal);
        Assert.Contains("trunk", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
    }

    private static string Failure(Fault fault, string variant)
    {
        var message = Assert.ThrowsAny<UAmtflException>(() => Run(fault, variant)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static void Run(Fault fault, string name)
    {
        FaultyTrunk.Ask(fault);
        var experiment = Untrainable.Descriptor;
        var variant = experiment.Variants.Single(v => v.Name == name);
        var result = TestCell.Run(
            experiment, variant, variant.Bind(TestSettings.Empty), variant.Plan, new(null, 1), _ => { }, default);
        Assert.All(result.TaskErrors, e => Assert.True(double.IsFinite(e)));
    }
}
