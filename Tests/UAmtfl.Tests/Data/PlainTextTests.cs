using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>Texts from outside are cleaned before they are shown or stored: no secrets in records and errors, no control sequences to a
/// terminal.</summary>
public class PlainTextTests
{
    [Theory]
    [InlineData("http://user:secret@example.org/data", "http://***@example.org/data")]
    [InlineData("--mirror=https://user:secret@example.org:8080/", "--mirror=https://***@example.org:8080/")]
    [InlineData("http://user:se@cr/et@example.org/data", "http://***@example.org/data")]
    [InlineData("http://user:se#cret@example.org", "http://***@example.org")]
    [InlineData("cannot reach 'http://a:b@c/' or http://d:e@f/g: refused", "cannot reach 'http://***@c/' or http://***@f/g: refused")]
    [InlineData("http://example.org/a@b", "http://example.org/a@b")]
    [InlineData("write to me@example.org", "write to me@example.org")]
    public void PasswordsOfAddressesAreLeftOut(string text, string shown)
    {
        Assert.Equal(shown, PlainText.WithoutSecrets(text));
        Assert.Equal(shown, PlainText.WithoutSecrets(shown));
    }

    [Theory]
    [InlineData("not \u001B[31;1mfound\u001B[0m", "not found")]
    [InlineData("\u001B]0;title\u0007gone", "gone")]
    [InlineData("\u001B]8;;http://x\u001B\\link\u001B]8;;\u001B\\", "link")]
    [InlineData("a\r\nb\tc\u0000d", "a b c d")]
    [InlineData("a\u009B2Jb\u0085c\u202Ed", "ab c d")]
    [InlineData("Größe 3 µM", "Größe 3 µM")]
    public void EscapeSequencesAndControlCharactersAreLeftOut(string text, string shown)
    {
        Assert.Equal(shown, PlainText.Line(text));
        Assert.Equal($"{shown}\n{shown}", PlainText.Lines(shown + "\r\n" + shown));
    }

    [Theory]
    [InlineData("http://", "is no address that can be read")]
    [InlineData("http://[::1", "is no address that can be read")]
    [InlineData("http://example.org:99999/", "is no address that can be read")]
    [InlineData("http://user:se/cret@example.org", "'http://***@example.org'")]
    [InlineData("https://example.org/?key=1", "has a ? or # part")]
    [InlineData("ftp://u:p@example.org/", "'ftp://***@example.org/'")]
    [InlineData("nowhere", "is neither a folder nor an address")]
    [InlineData("", "is neither a folder nor an address")]
    public void AMirrorThatIsNoneIsRefusedInALine(string mirror, string said)
    {
        var message = Assert.Throws<UAmtflException>(() => Mirror.Parse(mirror)).Message;
        Assert.Contains(said, message);
        Assert.DoesNotContain("cret", message);
    }

    [Fact]
    public async Task AServerGetsThePasswordAndNobodyElse()
    {
        using var server = new LoopbackServer(
            (asked, _) => asked.Authorization is null ? new(401, []) : Answer.Of(Fetching.Content, asked));
        using var fetching = new Fetching();
        var mirror = Mirror.Parse(server.Address.Replace("http://", "http://user:se%40cret@") + "data");
        await fetching.GetAsync(Fetching.Entry(null), mirror);
        fetching.AssertWhole();
        Assert.Equal(new("/data/toy/toy.bin", null, "Basic " + Convert.ToBase64String("user:se@cret"u8)), Assert.Single(server.Requests));
        Assert.DoesNotContain("cret", Assert.Single(fetching.Sources));
    }

    [Fact]
    public async Task AServersWordsDoNotReachTheTerminalAsCommands()
    {
        using var server = new LoopbackServer((_, _) => new(404, []) { Reason = "Not \u001B[2J\u001B]0;owned\u0007Found" });
        using var fetching = new Fetching();
        var mirror = Mirror.Parse(server.Address.Replace("http://", "http://user:secret@"));
        var error = await Assert.ThrowsAsync<DataException>(() => fetching.GetAsync(Fetching.Entry(null), mirror));
        Assert.EndsWith("/toy/toy.bin: the server answers 404 Not Found", error.Message);
        Assert.DoesNotContain("secret", error.Message);
    }
}
