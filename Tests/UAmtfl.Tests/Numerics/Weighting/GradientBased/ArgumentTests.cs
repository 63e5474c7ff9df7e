using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

/// <summary>Constructors of gradient-based weightings refuse arguments without a meaning.</summary>
public sealed class ArgumentTests
{
    public static TheoryData<Action> OutOfRange => new()
    {
        () => new Mgda(2, (MgdaNormalisation)9),
        () => new GradVac(2, 1.5),
        () => new CaGrad(2, 1, false),
        () => new CaGrad(2, -0.1, false),
        () => new CaGrad(2, double.NaN, false),
        () => new NashMtl(2, 0, 1),
        () => new NashMtl(2, 1, -1),
        () => new NashMtl(2, 1, double.PositiveInfinity),
        () => new FairGrad(2, -1),
        () => new FairGrad(2, 101),
        () => new AlignedMtl(2, (AlignedScale)7, true),
        () => new GradNorm(2, -1, 0.1),
        () => new GradNorm(2, 1, 0),
        () => new Krum(3, 1, 1),
        () => new Krum(4, -1, 1),
        () => new Krum(4, 1, 5),
        () => new Krum(4, 1, 0),
        () => new FocusedLearning(2, 2, FocusSelect.Soft, 0),
        () => new FocusedLearning(2, -1, FocusSelect.Soft, 0),
        () => new FocusedLearning(13, 0, FocusSelect.Subset, 0),
        () => new FocusedLearning(2, 0, (FocusSelect)3, 0),
        () => new FocusedLearning(2, 0, FocusSelect.Soft, 1),
        () => new CrMogm(new UpGrad(2), 1),
        () => new MoDo(2, 0, 0.1),
        () => new MoDo(2, 0.1, -1),
        () => new SdmGrad(2, -1, 1, 1),
        () => new SdmGrad(2, 1, 0, 1),
        () => new SdmGrad(2, 1, 1, 0),
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void NumbersOutOfRangeAreRefused(Action create) => Assert.Throws<ArgumentOutOfRangeException>(create);

    [Fact]
    public void PreferencesAreOneNumberForEachTask()
    {
        Assert.Throws<ArgumentException>(() => new UpGrad(2, [1]));
        Assert.Throws<ArgumentException>(() => new UpGrad(2, [1, -1]));
        Assert.Throws<ArgumentException>(() => new DualProj(2, [0, 0]));
        Assert.Throws<ArgumentException>(() => new DualProj(2, [1, double.NaN]));
        Assert.Throws<ArgumentNullException>(() => new CrMogm(null!, 0.5));
    }
}
