using System.Globalization;
using UAmtfl.Messages;

namespace UAmtfl.Data;

/// <summary>A place from which a file of a data set can be fetched.</summary>
internal interface IFileSource
{
    /// <summary>The path or address of the source, for messages.</summary>
    string Name { get; }

    /// <summary>Fetches a file, or the rest of a file that has come in part.</summary>
    /// <param name="file">The file.</param>
    /// <param name="part">The path to write to. Bytes that are there already are kept if the source can continue after them.</param>
    /// <param name="advanced">Called with the number of bytes that have arrived in all.</param>
    /// <param name="cancellation">Ends the fetching. The bytes that have arrived stay.</param>
    /// <returns>True if the source continued after bytes that were there already.</returns>
    /// <exception cref="DataException">The source does not have the file, or does not give all of it.</exception>
    /// <exception cref="IOException">The path cannot be written.</exception>
    Task<bool> BringAsync(CatalogueFile file, string part, Action<long> advanced, CancellationToken cancellation);
}

/// <summary>A file in a folder, from which it is copied.</summary>
/// <param name="path">The path of the file.</param>
internal sealed class FolderSource(string path) : IFileSource
{
    private const int BufferSize = 1 << 20;

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public async Task<bool> BringAsync(CatalogueFile file, string part, Action<long> advanced, CancellationToken cancellation)
    {
        var input = Open();
        await using (input.ConfigureAwait(false))
        {
            if (input.Length != file.Size)
            {
                throw new DataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {input.Length} bytes, expected {file.Size}: it is damaged or another version"));
            }

            var output = new FileStream(part, FileMode.Create, FileAccess.Write);
            await using (output.ConfigureAwait(false))
            {
                var buffer = new byte[BufferSize];
                while (await input.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var count)
                {
                    await output.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
                    advanced(output.Position);
                }

                output.Flush(flushToDisk: true);
            }
        }

        return false;
    }

    private FileStream Open()
    {
        try
        {
            DataFile.RequireContent(path, DataFile.Length(path));
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path}: is not there", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read ({Words.Clause(error.Message)})", error);
        }
    }
}
