using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace UAmtfl.Tests.Data;

/// <summary>A request to the server.</summary>
internal sealed record Asked(string Path, long? From, string? Authorization = null);

/// <summary>An answer of the server, which can be wrong on purpose.</summary>
internal sealed record Answer(int Status, byte[] Body)
{
    /// <summary>The value of Content-Length; null for no header, −1 for the length of the body.</summary>
    public long? Length { get; init; } = -1;

    /// <summary>The reason phrase after the status code; null for the usual one.</summary>
    public string? Reason { get; init; }

    /// <summary>The value of Content-Range; null for no header.</summary>
    public string? Range { get; init; }

    /// <summary>A task that the server awaits between the head and the body.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>True if the server keeps the connection open after the body without sending more.</summary>
    public bool Silent { get; init; }

    /// <summary>Answers rightly: with the whole file, or with the part that was asked for.</summary>
    public static Answer Of(byte[] file, Asked asked) => asked.From is not { } from
        ? new(200, file)
        : new(206, file[(int)from..])
        {
            Range = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{file.Length - 1}/{file.Length}"),
        };
}

/// <summary>A web server on the loopback address whose answers a test chooses.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Func<Asked, int, Answer> answer;
    private readonly List<Asked> requests = [];

    /// <param name="answer">Gives the answer to a request; the number is how many requests came before.</param>
    public LoopbackServer(Func<Asked, int, Answer> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    public IReadOnlyList<Asked> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(closing.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server was closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = connection.GetStream();
            var asked = await ReadAsync(stream);
            int before;
            lock (requests)
            {
                before = requests.Count;
                requests.Add(asked);
            }

            var reply = answer(asked, before);
            var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} " +
                $"{reply.Reason ?? $"{(HttpStatusCode)reply.Status}"}\r\nConnection: close\r\n");
            head.Append(
                reply.Length is { } length
                    ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {(length < 0 ? reply.Body.Length : length)}\r\n")
                    : "");
            head.Append(reply.Range is { } range ? $"Content-Range: {range}\r\n" : "").Append("\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ToString()), closing.Token);
            await reply.Gate.WaitAsync(closing.Token);
            await stream.WriteAsync(reply.Body, closing.Token);
            if (reply.Silent)
            {
                await Task.Delay(Timeout.Infinite, closing.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client closed the connection, or the server was closed.
        }
    }

    private static async Task<Asked> ReadAsync(Stream stream)
    {
        var head = "";
        var buffer = new byte[4096];
        while (!head.Contains("\r\n\r\n"))
        {
            var count = await stream.ReadAsync(buffer);
            head += count > 0 ? Encoding.ASCII.GetString(buffer, 0, count) : throw new IOException("the client has gone");
        }

        var lines = head.Split("\r\n");
        var range = lines.FirstOrDefault(l => l.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase));
        const string authorization = "Authorization: ";
        var user = lines.FirstOrDefault(l => l.StartsWith(authorization, StringComparison.OrdinalIgnoreCase))?[authorization.Length..];
        var from = range?["Range: bytes=".Length..].TrimEnd('-');
        return new(lines[0].Split(' ')[1], from is null ? null : long.Parse(from, CultureInfo.InvariantCulture), user);
    }
}
