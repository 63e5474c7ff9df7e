using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>Fetching asks the sources of a data set in their order, and several programs do not disturb one another.</summary>
public class DataFetcherTests
{
    private static byte[] Content => Fetching.Content;

    [Fact]
    public async Task TwoAtOnceFetchOnce()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new LoopbackServer((request, _) =>
        {
            asked.SetResult();
            return Answer.Of(Content, request) with { Gate = gate.Task };
        });
        using var first = new Fetching();
        using var second = new Fetching { Noted = _ => gate.SetResult() };
        var entry = Fetching.Entry(server.Address + "toy.bin");

        // The server sends nothing until the second program has said that it waits.
        var one = first.GetAsync(entry);
        await asked.Task;
        var two = second.GetAsync(entry, cache: first.Cache);
        Assert.Equal(await one, await two);
        first.AssertWhole();
        Assert.Single(server.Requests);
        Assert.Equal(["toy: another program is fetching it; waiting"], second.Notes);
        Assert.Empty(second.Sources);
    }

    [Fact]
    public async Task WaitingForAnotherCanBeCancelled()
    {
        using var fetching = new Fetching();
        Directory.CreateDirectory(Path.GetDirectoryName(fetching.Path)!);
        using var held = await FileLock
            .AcquireAsync(
                Path.Combine(Path.GetDirectoryName(fetching.Path)!, ".lock"), TimeSpan.Zero, () => Assert.Fail("nobody has it"), default);
        using var stop = new CancellationTokenSource();
        using var waiting = new Fetching { Noted = _ => stop.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => waiting.GetAsync(Fetching.Entry("http://127.0.0.1:1/"), cache: fetching.Cache, cancellation: stop.Token));
    }

    [Fact]
    public async Task AMirrorIsAskedBeforeThePublicSource()
    {
        using var mirror = new LoopbackServer((request, _) => Answer.Of(Content, request));
        using var source = new LoopbackServer((_, _) => new(500, []));
        using var fetching = new Fetching();
        await fetching.GetAsync(Fetching.Entry(source.Address + "toy.bin"), Mirror.Parse(mirror.Address + "data"));
        fetching.AssertWhole();
        Assert.Equal("/data/toy/toy.bin", Assert.Single(mirror.Requests).Path);
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task ThePublicSourceIsAskedWhereTheMirrorFailsAndThatIsSaid()
    {
        using var mirror = new LoopbackServer((_, _) => new(404, []));
        using var source = new LoopbackServer((request, _) => Answer.Of(Content, request));
        using var fetching = new Fetching();
        await fetching.GetAsync(Fetching.Entry(source.Address + "toy.bin"), Mirror.Parse(mirror.Address));
        fetching.AssertWhole();
        Assert.Equal([$"{mirror.Address}toy/toy.bin: the server answers 404 NotFound"], fetching.Notes);
        Assert.Equal([source.Address + "toy.bin"], fetching.Sources);
    }

    [Fact]
    public async Task WhereAllFailEachIsNamed()
    {
        using var mirror = new LoopbackServer((_, _) => new(404, []));
        using var source = new LoopbackServer((_, _) => new(403, []));
        using var fetching = new Fetching();
        var failure = await Assert.ThrowsAsync<DataException>(
            () => fetching.GetAsync(Fetching.Entry(source.Address + "toy.bin"), Mirror.Parse(mirror.Address)));
        Assert.Equal(
            $"toy: {mirror.Address}toy/toy.bin: the server answers 404 NotFound; and {source.Address}toy.bin: "
                + "the server answers 403 Forbidden",
            failure.Message);
    }

    [Fact]
    public async Task AMirrorMayBeAFolder()
    {
        using var fetching = new Fetching();
        Directory.CreateDirectory(fetching.Folder.File("mirror/toy"));
        fetching.Folder.Write("mirror/toy/toy.bin", Content);
        await fetching.GetAsync(Fetching.Entry(null), Mirror.Parse(fetching.Folder.File("mirror")));
        fetching.AssertWhole();
    }

    [Theory]
    [InlineData(-1, "is not there")]
    [InlineData(0, "199999 bytes, expected 200000: it is damaged or another version")]
    [InlineData(1, "gave wrong bytes (SHA-256 ")]
    public async Task AFolderWithAnotherFileIsRefused(int longer, string what)
    {
        using var fetching = new Fetching();
        Directory.CreateDirectory(fetching.Folder.File("mirror/toy"));
        if (longer >= 0)
        {
            fetching.Folder.Write("mirror/toy/toy.bin", new byte[Content.Length - 1 + longer]);
        }

        var failure = await Assert.ThrowsAsync<DataException>(
            () => fetching.GetAsync(Fetching.Entry(null), Mirror.Parse(fetching.Folder.File("mirror"))));
        Assert.StartsWith($"toy: {Path.Combine(fetching.Folder.File("mirror"), "toy", "toy.bin")}: {what}", failure.Message);
        Assert.False(File.Exists(fetching.Path));
    }

    [Fact]
    public async Task WithoutASourceNothingIsMade()
    {
        using var fetching = new Fetching();
        var failure = await Assert.ThrowsAsync<DataException>(() => fetching.GetAsync(Fetching.Entry(null)));
        Assert.Equal(
            "no public source serves toy.bin of the data set toy in this form: "
                + "name a mirror that has it with --mirror, or a folder that has it with --data (https://example.org/toy; origin: "
                + "made by the test)",
            failure.Message);
        Assert.False(Directory.Exists(fetching.Cache.Root));
    }

    [Fact]
    public async Task OnlyWhatIsMissingOrDamagedIsFetched()
    {
        byte[] other = [1, 2, 3];
        using var server = new LoopbackServer((request, _) => Answer.Of(Content, request));
        using var fetching = new Fetching();
        Directory.CreateDirectory(Path.GetDirectoryName(fetching.Path)!);
        File.WriteAllBytes(fetching.Path, new byte[Content.Length]);
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(fetching.Path)!, "other.bin"), other);
        await fetching.GetAsync(
            Fetching.Entry(server.Address + "toy.bin", Fetching.File("other.bin", other, server.Address + "other.bin")));
        fetching.AssertWhole();
        Assert.Equal("/toy.bin", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task ACacheThatCannotBeWrittenIsOneLine()
    {
        using var fetching = new Fetching();
        fetching.Folder.Write("cache", []);
        var failure = await Assert.ThrowsAsync<DataException>(() => fetching.GetAsync(Fetching.Entry("http://127.0.0.1:1/")));
        Assert.StartsWith($"cannot write to {Path.Combine(fetching.Cache.Root, "toy")}: ", failure.Message);
        Assert.EndsWith("; UAMTFL_CACHE names another folder", failure.Message);
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("no/such/folder")]
    public void AMirrorIsAFolderOrAnAddress(string text) =>
        Assert.Equal(
            $"the mirror '{text}', given with --mirror, is neither a folder nor an address that begins with http:// or https://",
            Assert.Throws<UAmtflException>(() => Mirror.Parse(text)).Message);
}
