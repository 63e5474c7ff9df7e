using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace UAmtfl.Tests.Data;

/// <summary>What the server is asked.</summary>
internal sealed record Asked(string Path, long? From, string? Authorization = null);

/// <summary>What it answers, and how badly.</summary>
internal sealed record Answer(int Status, byte[] Body)
{
    /// <summary>The Content-Length; null for none, −1 for that of the body.</summary>
    public long? Length { get; init; } = -1;

    /// <summary>The words behind the status; null for the usual ones.</summary>
    public string? Reason { get; init; }

    /// <summary>The Content-Range.</summary>
    public string? Range { get; init; }

    /// <summary>Waited for after the head and before the body.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>True to keep the connection open after the body, and send nothing.</summary>
    public bool Silent { get; init; }

    /// <summary>The file, or the part of it that was asked for.</summary>
    public static Answer Of(byte[] file, Asked asked) => asked.From is not { } from
        ? new(200, file)
        : new(206, file[(int)from..])
        {
            Range = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{file.Length - 1}/{file.Length}"),
        };
}

/// <summary>A web server on the loopback address that can answer wrongly.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly Func<Asked, int, Answer> answer;
    private readonly List<Asked> requests = [];

    /// <param name="answer">Takes what is asked and how often the server was asked before.</param>
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
            // Closed.
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
            // The client has gone, or the test is over.
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
