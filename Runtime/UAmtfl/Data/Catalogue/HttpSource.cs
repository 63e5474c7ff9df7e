using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace UAmtfl.Data;

/// <summary>A file on a web server, from which it is fetched. A connection that breaks or stalls is made again and continues where it
/// ended.</summary>
/// <param name="address">The address of the file.</param>
/// <param name="client">The client that asks the server, without a timeout of its own.</param>
/// <param name="options">The time limits and the number of attempts.</param>
internal sealed class HttpSource(Uri address, HttpClient client, FetchOptions options) : IFileSource
{
    private const int BufferSize = 1 << 16;

    /// <inheritdoc/>
    public string Name { get; } = PlainText.WithoutSecrets(address.AbsoluteUri);

    /// <summary>Creates a client for large files, which has no limit on the total time and does not unpack the bytes that the server
    /// sends.</summary>
    public static HttpClient CreateClient(FetchOptions options)
    {
        // Bytes are not unpacked on the way, because the catalogue has the size and the hash of the packed ones.
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = options.Stall };
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <inheritdoc/>
    public async Task<bool> BringAsync(CatalogueFile file, string part, Action<long> advanced, CancellationToken cancellation)
    {
        var resumed = false;
        for (var attempt = 1; ; attempt++)
        {
            if (File.Exists(part) && DataFile.Length(part) == 0)
            {
                // An empty file has nothing to keep, and a pipe, which also has size 0, would block when it is opened.
                File.Delete(part);
            }

            var output = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write);
            await using (output.ConfigureAwait(false))
            {
                if (output.Length > file.Size)
                {
                    output.SetLength(0);
                }

                resumed |= output.Length > 0;
                var trouble = output.Length == file.Size
                    ? null
                    : await TryAsync(file, output, advanced, cancellation).ConfigureAwait(false);
                output.Flush(flushToDisk: true);
                if (trouble is null)
                {
                    return resumed;
                }

                if (attempt == options.Attempts)
                {
                    throw new DataException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Name}: {trouble}, at attempt {attempt} of {attempt}: what has come is kept; try again later"));
                }
            }

            await Task.Delay(attempt * options.Pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the server once for the rest of a file.</summary>
    /// <returns>The problem, if another attempt may succeed; null if the file is complete.</returns>
    private async Task<string?> TryAsync(CatalogueFile file, FileStream output, Action<long> advanced, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(options.Stall);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (address.UserInfo.Length > 0)
            {
                // The client ignores the user and password in an address, so they become a header, which it drops on a redirection to
                // another host.
                var user = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo));
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(user));
            }

            if (output.Length > 0)
            {
                request.Headers.Range = new(output.Length, null);
            }

            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token)
                .ConfigureAwait(false);
            if (Begin(response, file, output) is { } refused)
            {
                return refused;
            }

            using var body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
            return await CopyAsync(body, file, output, advanced, stall).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"nothing came for {options.Stall.TotalSeconds:0.##} s, after {output.Length} of {file.Size} bytes");
        }
        catch (HttpRequestException error)
        {
            return PlainText.Line(PlainText.WithoutSecrets(error.Message));
        }
    }

    /// <summary>Reads the headers of a response and moves to the position in the file where its bytes belong.</summary>
    /// <returns>The problem, if another attempt may succeed; null if there is none.</returns>
    private string? Begin(HttpResponseMessage response, CatalogueFile file, FileStream output)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"the server answers {(int)response.StatusCode} " +
            $"{PlainText.Line(response.ReasonPhrase ?? "")}");
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            output.SetLength(0);
            return status;
        }

        if (!response.IsSuccessStatusCode)
        {
            var mayPass = (int)response.StatusCode >= 500
                || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
            return mayPass ? status : throw new DataException($"{Name}: {status}");
        }

        var range = response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange : null;
        if (range is null || range.From != output.Length)
        {
            // The response is the whole file, or a part that was not asked for.
            output.SetLength(0);
            if (response.StatusCode == HttpStatusCode.PartialContent)
            {
                return "the server sent another part than was asked for";
            }
        }

        RequireSize(range, response.Content.Headers.ContentLength, file, output);
        output.Position = output.Length;
        return null;
    }

    private void RequireSize(ContentRangeHeaderValue? range, long? length, CatalogueFile file, FileStream output)
    {
        if ((range?.Length ?? output.Length + length) is { } offered && offered != file.Size)
        {
            output.SetLength(0);
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}: the server has {offered} bytes, expected {file.Size}: it is damaged or another version"));
        }
    }

    private async Task<string?> CopyAsync(
        Stream body, CatalogueFile file, FileStream output, Action<long> advanced, CancellationTokenSource stall)
    {
        var buffer = new byte[BufferSize];
        while (await ReadAsync(body, buffer, stall).ConfigureAwait(false) is > 0 and var count)
        {
            if (output.Length + count > file.Size)
            {
                output.SetLength(0);
                throw new DataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Name}: the server sends more than {file.Size} bytes: it is damaged or another version"));
            }

            await output.WriteAsync(buffer.AsMemory(0, count), stall.Token).ConfigureAwait(false);
            await output.FlushAsync(stall.Token).ConfigureAwait(false);
            advanced(output.Length);
        }

        return output.Length == file.Size ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"the connection ended after {output.Length} of {file.Size} bytes");
    }

    /// <summary>Reads from a connection and returns 0 if it breaks, because its exception must not be taken for one of the disk.</summary>
    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationTokenSource stall)
    {
        stall.CancelAfter(options.Stall);
        try
        {
            return await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
