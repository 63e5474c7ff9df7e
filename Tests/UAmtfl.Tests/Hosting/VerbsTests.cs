using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class VerbsTests
{
    [Theory]
    [InlineData("unknown verb 'runn'; did you mean 'run'?", "runn", "mnist")]
    [InlineData("unknown option --epoch; did you mean '--epochs'?", "run", "--epoch", "5", "mnist")]
    [InlineData("unknown option --seed; did you mean '--seeds'?", "run", "mnist", "--seed=5")]
    [InlineData("unknown option --seeds; known are: --help", "list", "--seeds", "5")]
    [InlineData("option --epochs is 'abc'; it must be a whole number, at least 1 and at most 1000000", "run", "mnist", "--epochs", "abc")]
    [InlineData("option --seeds is '-5'; it must be a whole number, at least 1 and at most 10000", "run", "mnist", "--seeds", "-5")]
    [InlineData("option --threads is '0'; it must be a whole number, at least 1 and at most 256", "run", "mnist", "--threads", "0")]
    [InlineData("option --parallel is '-1'; it must be a whole number, at least 0 and at most 256", "run", "mnist", "--parallel", "-1")]
    [InlineData("option --device is 'gpu'; did you mean 'cpu'?", "run", "mnist", "--device", "gpu")]
    [InlineData(
        "option --seeds is '2147483647'; it must be a whole number, at least 1 and at most 10000",
        "run",
        "mnist",
        "--seeds",
        "2147483647")]
    [InlineData(
        "option --threads is '100000'; it must be a whole number, at least 1 and at most 256", "run", "mnist", "--threads", "100000")]
    [InlineData(
        "option --parallel is '100000'; it must be a whole number, at least 0 and at most 256", "run", "mnist", "--parallel", "100000")]
    [InlineData("option --variant has no value; write --variant VALUE", "run", "mnist", "--variant")]
    [InlineData("option --variant has no value; write --variant VALUE", "run", "mnist", "--variant", "--epochs", "2")]
    [InlineData("option --seeds has no value; write --seeds VALUE", "run", "mnist", "--seeds")]
    [InlineData("option --output has no value; write --output VALUE", "run", "mnist", "--output", "--verbose")]
    [InlineData("report needs the folder of a run, such as runs/20260102-030405-mnist-imbalanced", "report")]
    [InlineData("run needs the name of an experiment; known are: mnist", "run")]
    [InlineData("setting --mnist:Seeds has no value; write --mnist:Seeds VALUE", "run", "mnist", "--mnist:Seeds")]
    [InlineData("list takes no settings, but --mnist:Seeds was given", "list", "--mnist:Seeds", "5")]
    [InlineData("no verb given; known are: list, run, runs, report, predict, export, data (--help says more)")]
    public async Task AMistakeOnTheCommandLineIsRefused(string message, params string[] args)
    {
        var refused = await Assert.ThrowsAsync<UAmtflException>(async () => await Verbs.InvokeAsync(Fake.Context(TextWriter.Null, args)));
        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public async Task ListNamesVariantsRolesAndWhatIsOnRequest()
    {
        using var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, await Verbs.InvokeAsync(Fake.Context(output, "list")));
        Assert.Equal(
            """
            mnist: Ten digits
              Cnn     HardSharing + Cnn [baseline]
              UAmtfl  HardSharing + UAmtfl [proposed]
              Slow    HardSharing + Slow [on request]

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void SettingsAreTakenOutOfTheCommandLine()
    {
        var rest = CommandLineSettings.Split(
            ["run", "--a:b", "-1", "mnist", "--a:c:d=x=y", "--output=C:x", "--output", "a:b"], out var settings);
        Assert.Equal(["run", "mnist", "--output=C:x", "--output", "a:b"], rest);
        Assert.Equal([new("a:b", "-1"), new("a:c:d", "x=y")], settings);
    }
}
