namespace UAmtfl.Tests.EndToEnd;

/// <summary>The checks on one batch say what a run would train, and write no folder.</summary>
public sealed class BatchCheckTests
{
    [Fact]
    public void ADryRunShowsShapesOfActivationsAndOfParametersWithTheirNumbers()
    {
        using var run = Check("--dry-run");
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        var lines = run.Output;
        Assert.Contains("Dry run: shapes of each network", lines);
        Assert.Matches(@"Cnn, UAmtfl +\n", lines);
        Assert.Matches(@"inputs +– +\[N, 1, 28, 28\] +1 +–", lines);
        Assert.Matches(@"Conv2d +Trunk\.Conv1 +\[N, 20, 24, 24\] +1 +520", lines);
        Assert.Matches(@"MaxPool2d +– +\[N, 20, 12, 12\] +1 +–", lines);
        Assert.Matches(@"features +– +\[N, 500\] +1 +–", lines);
        Assert.Matches(@"outputs +– +\[N, 10\] +1 +5,010", lines);
        Assert.Contains("Dry run: parameters of each variant, after one step", lines);
        Assert.Matches(@"Trunk\.Conv1\.weight +\[20, 1, 5, 5\] +500 +500", lines);
        Assert.Matches(@"Feedback +\[10, 500\] +– +5,000", lines);
        Assert.Matches(@"all that are trained +4\d\d,\d\d\d +4\d\d,\d\d\d", lines);
        Assert.Contains("One step was made with inputs [100, 1, 28, 28] by Cnn, UAmtfl.", lines);
        Assert.Contains("Nothing was written.", lines);
        Assert.False(Directory.Exists("runs"));
    }

    /// <summary>A network whose structure is searched for while it is trained keeps the one that it begins with, and a search that the
    /// whole training cannot make is named.</summary>
    [Theory]
    [InlineData(9, 0, "Adaptive")]
    [InlineData(3, 1, "its first split is after 3 epochs, but the training has 3; train longer, or lower EpochsBetweenSplits")]
    public void ADryRunMakesNoSearch(int epochs, int code, string text)
    {
        using var run = ProgramRun.Of(
            ["run", "faces-of-fonts", "--variant", "Adaptive", "--dry-run", "--faces-of-fonts:Training:Epochs", $"{epochs}"]);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(text, code == 0 ? run.Output : Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingOnOneBatchIsACheckAndNotAResult()
    {
        using var run = Check("--overfit-batch", "--epochs", "40", "--mnist-imbalanced:Training:BatchSize", "10");
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        var lines = run.Output;
        Assert.Contains("Training on one batch: a check, and not a result", lines);
        Assert.Contains("Each variant made 40 steps on a batch of training rows", lines);
        Assert.Matches(@"Cnn +10 +[\d.]+ +[\d.e-]+ +0\.00 %", lines);
        Assert.Contains("Nothing was written.", lines);
        Assert.False(Directory.Exists("runs"));
    }

    [Theory]
    [InlineData("--dry-run --overfit-batch", "--dry-run writes no run, but --overfit-batch was given; drop one of them")]
    [InlineData("--dry-run --epochs 3", "--dry-run writes no run, but --epochs was given; drop one of them")]
    [InlineData("--overfit-batch --max-time 2h", "--overfit-batch writes no run, but --max-time was given; drop one of them")]
    public void OptionsOfARunAreRefused(string options, string message)
    {
        using var run = ProgramRun.Of(["run", "mnist-imbalanced", .. options.Split(' ')]);
        Assert.Equal((2, $"error: {message}"), (run.ExitCode, Assert.Single(run.Errors)));
    }

    private ProgramRun Check(params string[] options) => ProgramRun.Of(
        ["run", "mnist-imbalanced", "--variant", "Cnn", "--variant", "UAmtfl", .. options]);
}
