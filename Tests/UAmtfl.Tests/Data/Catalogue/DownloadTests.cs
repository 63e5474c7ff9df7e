using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>Downloads from a server that answers rightly, that answers wrongly, or that does not answer.</summary>
public class DownloadTests
{
    private const int Half = 100_000;

    private static byte[] Content => Fetching.Content;

    [Fact]
    public async Task AFileComesWholeAndIsNotAskedForAgain()
    {
        using var server = new LoopbackServer((asked, _) => Answer.Of(Content, asked));
        var last = 0L;
        using var fetching = new Fetching { Came = bytes => last = bytes };
        Assert.Equal(Path.GetDirectoryName(fetching.Path), await fetching.GetAsync(Entry(server)));
        fetching.AssertWhole();
        Assert.Equal(Content.Length, last);
        Assert.Equal([server.Address + "files/toy.bin"], fetching.Sources);

        await fetching.GetAsync(Entry(server));
        Assert.Equal([new("/files/toy.bin", null)], server.Requests);
    }

    [Fact]
    public async Task WhatAnEarlierProgramLeftIsGoneOnFrom()
    {
        using var server = new LoopbackServer((asked, _) => Answer.Of(Content, asked));
        using var fetching = new Fetching();
        fetching.LeavePart(Content[..Half]);
        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
        Assert.Equal([new("/files/toy.bin", Half)], server.Requests);
    }

    [Fact]
    public async Task AWholePartNeedsNoServer()
    {
        using var server = new LoopbackServer((_, _) => new(500, []));
        using var fetching = new Fetching();
        fetching.LeavePart(Content);
        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task APartOfAnotherVersionIsFetchedAgainFromTheStart()
    {
        using var server = new LoopbackServer((asked, _) => Answer.Of(Content, asked));
        using var fetching = new Fetching();
        fetching.LeavePart(new byte[Half]);
        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
        Assert.Equal([Half, null], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task APartThatIsTooLongIsThrownAway()
    {
        using var server = new LoopbackServer((asked, _) => Answer.Of(Content, asked));
        using var fetching = new Fetching();
        fetching.LeavePart(new byte[Content.Length + 1]);
        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
        Assert.Null(Assert.Single(server.Requests).From);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(416)]
    public async Task AServerThatCannotGoOnSendsAll(int status)
    {
        using var server = new LoopbackServer((_, before) => before == 0 && status == 416 ? new(416, []) : new(200, Content));
        using var fetching = new Fetching();
        fetching.LeavePart(Content[..Half]);
        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
    }

    [Fact]
    public async Task APartThatWasNotAskedForIsNotUsed()
    {
        using var server = new LoopbackServer(
            (asked, before) => before == 0 ? Answer.Of(Content, asked with { From = Half + 1 }) : Answer.Of(Content, asked));
        using var fetching = new Fetching();
        fetching.LeavePart(Content[..Half]);
        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
        Assert.Equal([Half, null], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task AConnectionThatBreaksIsMadeAgainAndGoesOn()
    {
        using var server = new LoopbackServer(
            (asked, before) => before == 0 ? new(200, Content[..Half]) { Length = Content.Length } : Answer.Of(Content, asked));
        using var fetching = new Fetching();
        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
        Assert.Equal([null, Half], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task AFileThatIsAlwaysTruncatedIsOneLine()
    {
        using var server = new LoopbackServer((_, _) => new(200, Content[..Half]) { Length = null });
        using var fetching = new Fetching();
        Assert.Equal(
            $"toy: {server.Address}files/toy.bin: the connection ended after 100000 of 200000 bytes, at attempt 3 of 3: "
                + "what has come is kept; try again later",
            await FailureAsync(fetching, server));
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(Content[..Half], File.ReadAllBytes(fetching.Part));
    }

    [Fact]
    public async Task WrongBytesOfTheRightSizeAreNotKept()
    {
        var wrong = Content.ToArray();
        wrong[^1] ^= 1;
        using var server = new LoopbackServer((asked, _) => Answer.Of(wrong, asked));
        using var fetching = new Fetching();
        var message = await FailureAsync(fetching, server);
        Assert.Contains(
            $"toy.bin: gave wrong bytes (SHA-256 {Fetching.File("toy.bin", wrong).Sha256}, "
                + $"expected {Fetching.File("toy.bin", Content).Sha256}",
            message);
        Assert.False(File.Exists(fetching.Path) || File.Exists(fetching.Part));
    }

    [Theory]
    [InlineData(199_999)]
    [InlineData(200_001)]
    public async Task AnotherSizeIsRefusedWithoutAnotherAttempt(int size)
    {
        using var server = new LoopbackServer((_, _) => new(200, new byte[size]));
        using var fetching = new Fetching();
        Assert.Equal(
            $"toy: {server.Address}files/toy.bin: the server has {size} bytes, expected 200000: it is damaged or another version",
            await FailureAsync(fetching, server));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task MoreBytesThanThereShouldBeAreRefused()
    {
        using var server = new LoopbackServer((_, _) => new(200, new byte[Content.Length + 1]) { Length = null });
        using var fetching = new Fetching();
        Assert.Equal(
            $"toy: {server.Address}files/toy.bin: the server sends more than 200000 bytes: it is damaged or another version",
            await FailureAsync(fetching, server));
        Assert.Empty(File.ReadAllBytes(fetching.Part));
    }

    [Fact]
    public async Task AFileThatIsNotThereIsAskedForOnce()
    {
        using var server = new LoopbackServer((_, _) => new(404, []));
        using var fetching = new Fetching();
        Assert.Equal($"toy: {server.Address}files/toy.bin: the server answers 404 NotFound", await FailureAsync(fetching, server));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task AServerThatIsBusyIsAskedAgain()
    {
        using var server = new LoopbackServer(
            (asked, before) => before < 2 ? new(before == 0 ? 503 : 429, []) : Answer.Of(Content, asked));
        using var fetching = new Fetching();
        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task SilenceIsGivenUp()
    {
        using var server = new LoopbackServer((asked, _) =>
            Answer.Of(Content, asked) with
            {
                Body = Content[..(asked.From is null ? Half : 0)],
                Length = Content.Length - (asked.From ?? 0),
                Silent = true,
            });
        using var fetching = new Fetching
        {
            Options = new() { Stall = TimeSpan.FromMilliseconds(300), Attempts = 2, Pause = TimeSpan.Zero },
        };
        Assert.Equal(
            $"toy: {server.Address}files/toy.bin: nothing came for 0.3 s, after 100000 of 200000 bytes, at attempt 2 of 2: "
                + "what has come is kept; try again later",
            await FailureAsync(fetching, server));
        Assert.Equal([null, Half], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task CancellingKeepsWhatHasCome()
    {
        using var stop = new CancellationTokenSource();
        using var server = new LoopbackServer((asked, before) =>
            before == 0 ? new(200, Content[..Half]) { Length = Content.Length, Silent = true } : Answer.Of(Content, asked));
        using var fetching = new Fetching { Came = bytes => (bytes == Half ? stop : new()).Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching.GetAsync(Entry(server), cancellation: stop.Token));
        Assert.Equal(Content[..Half], File.ReadAllBytes(fetching.Part));

        await fetching.GetAsync(Entry(server));
        fetching.AssertWhole();
        Assert.Equal(Half, server.Requests[1].From);
    }

    [Fact]
    public async Task AServerThatIsNotThereIsOneLine()
    {
        var server = new LoopbackServer((_, _) => new(200, []));
        var entry = Entry(server);
        server.Dispose();
        using var fetching = new Fetching();
        var failure = await Assert.ThrowsAsync<DataException>(() => fetching.GetAsync(entry));
        Assert.StartsWith($"toy: {entry.Files[0].Url}: ", failure.Message);
        Assert.EndsWith("at attempt 3 of 3: what has come is kept; try again later", failure.Message);
    }

    private static CatalogueEntry Entry(LoopbackServer server) => Fetching.Entry(server.Address + "files/toy.bin");

    private static async Task<string> FailureAsync(Fetching fetching, LoopbackServer server)
    {
        var message = (await Assert.ThrowsAsync<DataException>(() => fetching.GetAsync(Entry(server)))).Message;
        Assert.False(File.Exists(fetching.Path));
        return message;
    }
}
