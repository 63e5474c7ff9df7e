namespace UAmtfl.Files;

/// <summary>Writes files so that no reader ever sees a part of one: a file exists as a whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>The end of a file's name while the file is being written.</summary>
    public const string Unfinished = ".tmp";

    /// <summary>Writes a temporary file in the same folder and renames it. A write that fails, for example on a full disk, leaves nothing
    /// behind.</summary>
    /// <param name="path">The path of the file; a file that is there is replaced.</param>
    /// <param name="write">Writes the contents to the stream.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = path + Unfinished;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Deletes a file that is no longer needed; a file that cannot be deleted stays, without an error.</summary>
    public static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The fault that stopped the writing also stops the deleting, and the caller reports it already.
        }
    }
}
