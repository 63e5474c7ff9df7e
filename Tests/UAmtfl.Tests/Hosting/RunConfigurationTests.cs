using Microsoft.Extensions.Configuration;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class RunConfigurationTests
{
    [Fact]
    public void TheEnvironmentWinsOverTheFileAndTheCommandLineOverBoth()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            Path.Combine(folder.Path, "appsettings.json"),
            """{ "mnist": { "Seeds": 1, "Training": { "Epochs": 1, "BatchSize": 1 } } }""");
        File.WriteAllText(
            Path.Combine(folder.Path, "appsettings.paper.json"), """{ "mnist": { "Training": { "Epochs": 2, "BatchSize": 2 } } }""");
        var builder = new ConfigurationBuilder();
        RunConfiguration.Add(
            builder, folder.Path, "paper", [new("mnist:Training:BatchSize", "3"), new("mnist:Training:batchSize", "4")]);
        var read = builder.Build();
        Assert.Equal(("1", "2", "4"), (read["mnist:Seeds"], read["mnist:Training:Epochs"], read["mnist:Training:BatchSize"]));
    }

    [Fact]
    public void AnEnvironmentWithoutAFileIsRefusedWithTheNearest()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "appsettings.paper.json"), "{}");
        var refused = Assert.Throws<UAmtflException>(() => RunConfiguration.Add(new ConfigurationBuilder(), folder.Path, "papr", []));
        Assert.Equal(
            "unknown environment 'papr': there is no appsettings.papr.json beside the program; did you mean 'paper'?", refused.Message);
    }

    [Theory]
    [InlineData("setting Seeds belongs to no experiment; write mnist:Seeds, or as a variable UAMTFL_mnist__Seeds", "Seeds")]
    [InlineData("setting mnist is '3', but it is a section; write mnist:Seeds and the like", "mnist")]
    [InlineData("unknown section 'mnits' in the settings; did you mean 'mnist'?", "mnits:Seeds")]
    public void ASettingThatNothingReadsIsRefused(string message, string key) =>
        Assert.Equal(
            message,
            Assert.Throws<UAmtflException>(
                () => RunConfiguration.RefuseUnknown(TestSettings.Configuration((key, "3")), [], ["mnist"], "mnist")).Message);

    [Fact]
    public void TheVariableOfTheCacheIsNoSetting() =>
        RunConfiguration.RefuseUnknown(TestSettings.Configuration(("CACHE", "/somewhere"), ("mnist:Seeds", "3")), [], ["mnist"], "mnist");

    [Fact]
    public void AFolderOrALinkToNothingInThePlaceOfTheSettingsIsRefused()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "appsettings.json");
        Directory.CreateDirectory(file);
        Assert.Equal($"cannot read {file}: it is a folder; remove it, or put a file in its place", Refused());
        Directory.Delete(file);
        File.CreateSymbolicLink(file, Path.Combine(folder.Path, "gone"));
        Assert.Equal($"cannot read {file}: it is a link to nothing; remove it, or put a file in its place", Refused());

        string Refused() => Assert.Throws<UAmtflException>(
            () => RunConfiguration.Add(new ConfigurationBuilder(), folder.Path, null, [])).Message;
    }

    [Fact]
    public void ADamagedFileIsNamed()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "appsettings.json");
        File.WriteAllText(file, "{\n \"mnist\": ");
        var refused = Assert.Throws<UAmtflException>(() => RunConfiguration.Add(new ConfigurationManager(), folder.Path, null, []));
        Assert.StartsWith($"cannot read {file}: line 2 is no JSON (", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("): mend it", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", refused.Message);
    }
}
