using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.Tests.Data;

namespace UAmtfl.Tests.Hosting;

/// <summary>The command <c>data</c>, with a cache of its own for each test.</summary>
public sealed class DataVerbTests : IDisposable
{
    private readonly Fetching toy = new();
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly string? before = Environment.GetEnvironmentVariable(DataCache.Variable);

    public DataVerbTests()
    {
        Environment.SetEnvironmentVariable(DataCache.Variable, Root);
        Directory.CreateDirectory(toy.Folder.File("mirror/toy"));
        toy.Folder.Write("mirror/toy/toy.bin", Fetching.Content);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(DataCache.Variable, before);
        toy.Dispose();
        output.Dispose();
    }

    private string Root => toy.Folder.File("own");

    private string Cached => Path.Combine(Root, "data", "toy");

    private string Mirror => toy.Folder.File("mirror");

    [Fact]
    public async Task ListSaysWhereEachIs()
    {
        var served = Fetching.Entry("https://example.org/toy.bin") with { Name = "served", OnRequest = true };
        Assert.Equal(0, await RunAsync([Fetching.Entry(null), served], "data", "list"));
        Assert.Equal(
            """
            name        size  where                                          licence
            served  200.0 kB  missing; data get served (runs do without it)  none
            toy     200.0 kB  missing; needs --mirror or --data              none

            """.ReplaceLineEndings("\n"),
            output.ToString());

        output.GetStringBuilder().Clear();
        await RunAsync([Fetching.Entry(null)], "data", "list", "--data", Mirror);
        Assert.Contains($"toy   200.0 kB  {Path.Combine(Mirror, "toy")}  none", output.ToString());
    }

    [Fact]
    public async Task GetFetchesOnceAndTellsTheTerms()
    {
        Assert.Equal(0, await RunAsync("data", "get", "toy", "--mirror", Mirror));
        Assert.Equal(
            $"toy: toy.bin  200.0 kB  from {Path.Combine(Mirror, "toy", "toy.bin")}\ntoy: fetched into {Cached}\nlicence: none\ncite: "
                + "nobody\n",
            output.ToString());
        Assert.Equal(Fetching.Content, File.ReadAllBytes(Path.Combine(Cached, "toy.bin")));

        output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("data", "get", "toy"));
        Assert.StartsWith($"toy: is already in {Cached}\n", output.ToString());
    }

    [Fact]
    public async Task GetMendsADamagedFileInTheCacheAndRefusesOneElsewhere()
    {
        Directory.CreateDirectory(Cached);
        File.WriteAllBytes(Path.Combine(Cached, "toy.bin"), new byte[Fetching.Content.Length]);
        Assert.Equal(1, await RunAsync("data", "check", "toy"));
        Assert.Contains($"WRONG  {Path.Combine(Cached, "toy.bin")}: SHA-256", output.ToString());
        Assert.Equal(0, await RunAsync("data", "get", "toy", "--mirror", Mirror));
        Assert.Equal(0, await RunAsync("data", "check", "toy"));
        Assert.EndsWith($"right  {Path.Combine(Cached, "toy.bin")}\n", output.ToString());

        toy.Folder.Write("mirror/toy/toy.bin", new byte[Fetching.Content.Length]);
        Assert.Equal(1, await RunAsync("data", "get", "toy", "--data", Mirror));
        Assert.Equal(1, await RunAsync("data", "check", "toy", "--data", Mirror));
    }

    [Fact]
    public async Task WhatCannotBeFetchedIsAFailure()
    {
        Assert.Equal(1, await RunAsync("data", "get", "toy"));
        Assert.Equal(1, await RunAsync("data", "check", "toy"));
        Assert.False(Directory.Exists(Root));
    }

    [Theory]
    [InlineData("data needs a verb; known are: list, get, check", "data")]
    [InlineData("unknown verb 'data gett'; did you mean 'get'?", "data", "gett", "toy")]
    [InlineData("data get needs the name of a data set; known are: toy", "data", "get")]
    [InlineData("unknown data set 'tyo'; did you mean 'toy'?", "data", "check", "tyo")]
    [InlineData("unknown option --mirrors; did you mean '--mirror'?", "data", "get", "toy", "--mirrors", "x")]
    [InlineData("unknown option --mirror; known are: --data, --help", "data", "list", "--mirror", "x")]
    [InlineData("data list takes no settings, but --a:b was given", "data", "list", "--a:b", "1")]
    public async Task AMistakeIsRefused(string message, params string[] args) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<UAmtflException>(() => RunAsync(args))).Message);

    [Fact]
    public async Task AMirrorOrAFolderThatIsNotThereIsAMistake()
    {
        Assert.Contains(
            "'nowhere', given with --mirror",
            (await Assert.ThrowsAsync<UAmtflException>(() => RunAsync("data", "get", "toy", "--mirror", "nowhere"))).Message);
        Assert.Contains(
            "nowhere, given with --data, does not exist",
            (await Assert.ThrowsAsync<UAmtflException>(() => RunAsync("data", "list", "--data", "nowhere"))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void AnEmptyNameOfAFolderIsAMistake(string folder) =>
        Assert.Equal(
            "--data is empty; name the folder that has the data, or drop " +
            "it", Assert.Throws<UAmtflException>(() => RunChecks.RequireData(folder)).Message);

    [Fact]
    public void AnEmptyFolderIsAMistake()
    {
        var empty = Directory.CreateDirectory(toy.Folder.File("empty")).FullName;
        Assert.Equal(
            $"the folder {empty}, given with --data, is empty; name the folder that has the data, or drop " +
            "it", Assert.Throws<UAmtflException>(() => RunChecks.RequireData(empty)).Message);
    }

    [Fact]
    public async Task AFolderWithoutTheDataSetIsNotPassedOverByCheck()
    {
        Assert.Equal(0, await RunAsync("data", "get", "toy", "--mirror", Mirror));
        toy.Folder.Write("unrelated", [1]);
        Assert.Equal(1, await RunAsync("data", "check", "toy", "--data", toy.Folder.Path));

        // Listing and fetching look into the given folder first, and say that the data is there.
        Assert.Equal(0, await RunAsync("data", "get", "toy", "--data", toy.Folder.Path));
        Assert.Contains($"toy: is already in {Cached}", output.ToString());
    }

    [Fact]
    public async Task TwoDataSetsOfOneNameAreRefused() =>
        Assert.Equal(
            "the catalogue has 2 different data sets named toy; rename one",
            (await Assert.ThrowsAsync<UAmtflException>(
                () => RunAsync([Fetching.Entry(null), Fetching.Entry("https://example.org/toy.bin")], "data", "list"))).Message);

    private Task<int> RunAsync(params string[] args) => RunAsync([Fetching.Entry(null)], args);

    private async Task<int> RunAsync(CatalogueEntry[] entries, params string[] args)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        var rest = CommandLineSettings.Split(args, out var settings);
        var context = new ProgramContext(args, rest, settings, Register, console, new ErrorLines(console, verbose: false));
        return await Verbs.InvokeAsync(context);

        void Register(IServiceCollection services)
        {
            services.AddExperiment(Fake.Experiment());
            foreach (var entry in entries)
            {
                services.AddData(entry);
            }
        }
    }
}
