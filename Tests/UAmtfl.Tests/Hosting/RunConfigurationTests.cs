using Microsoft.Extensions.Configuration;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class RunConfigurationTests
{
    [Fact]
    public void The_environment_wins_over_the_file_and_the_command_line_over_both()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.FullPath, "appsettings.json"), """{ "mnist": { "Seeds": 1, "Training": { "Epochs": 1, "BatchSize": 1 } } }""");
        File.WriteAllText(Path.Combine(folder.FullPath, "appsettings.paper.json"), """{ "mnist": { "Training": { "Epochs": 2, "BatchSize": 2 } } }""");
        var builder = new ConfigurationBuilder();
        RunConfiguration.Add(builder, folder.FullPath, "paper", [new("mnist:Training:BatchSize", "3"), new("mnist:Training:batchSize", "4")]);
        var read = builder.Build();
        Assert.Equal(("1", "2", "4"), (read["mnist:Seeds"], read["mnist:Training:Epochs"], read["mnist:Training:BatchSize"]));
    }

    [Fact]
    public void An_environment_without_a_file_is_refused_with_the_nearest()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.FullPath, "appsettings.paper.json"), "{}");
        var refused = Assert.Throws<UAmtflException>(() => RunConfiguration.Add(new ConfigurationBuilder(), folder.FullPath, "papr", []));
        Assert.Equal("unknown environment 'papr': there is no appsettings.papr.json beside the program; did you mean 'paper'?", refused.Message);
    }

    [Theory]
    [InlineData("setting Seeds belongs to no experiment; write mnist:Seeds, or as a variable UAMTFL_mnist__Seeds", "Seeds")]
    [InlineData("setting mnist is '3', but it is a section; write mnist:Seeds and the like", "mnist")]
    [InlineData("unknown section 'mnits' in the settings; did you mean 'mnist'?", "mnits:Seeds")]
    public void A_setting_that_nothing_reads_is_refused(string message, string key) =>
        Assert.Equal(message, Assert.Throws<UAmtflException>(() => RunConfiguration.RefuseUnknown(Fake.Configuration((key, "3")), [], ["mnist"], "mnist")).Message);

    [Fact]
    public void The_variable_of_the_cache_is_no_setting() =>
        RunConfiguration.RefuseUnknown(Fake.Configuration(("CACHE", "/somewhere"), ("mnist:Seeds", "3")), [], ["mnist"], "mnist");

    [Fact]
    public void A_folder_or_a_link_to_nothing_in_the_place_of_the_settings_is_refused()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullPath, "appsettings.json");
        Directory.CreateDirectory(file);
        Assert.Equal($"cannot read {file}: it is a folder; remove it, or put a file in its place", Refused());
        Directory.Delete(file);
        File.CreateSymbolicLink(file, Path.Combine(folder.FullPath, "gone"));
        Assert.Equal($"cannot read {file}: it is a link to nothing; remove it, or put a file in its place", Refused());

        string Refused() => Assert.Throws<UAmtflException>(() => RunConfiguration.Add(new ConfigurationBuilder(), folder.FullPath, null, [])).Message;
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullPath, "appsettings.json");
        File.WriteAllText(file, "{ \"mnist\": ");
        var refused = Assert.Throws<UAmtflException>(() => RunConfiguration.Add(new ConfigurationManager(), folder.FullPath, null, []));
        Assert.StartsWith($"cannot read {file}: ", refused.Message, StringComparison.Ordinal);
    }
}
