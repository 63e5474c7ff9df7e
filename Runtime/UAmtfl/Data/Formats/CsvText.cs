using System.Text;

namespace UAmtfl.Data;

/// <summary>Converts the bytes of a table into UTF-8 without a byte-order mark.</summary>
internal static class CsvText
{
    private const byte NewLine = (byte)'\n', Return = (byte)'\r', Blank = (byte)' ', EndOfFile = 0x1A;

    /// <summary>The byte-order marks of encodings. UTF-32 comes before UTF-16, because its mark begins with the same bytes.</summary>
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: true)),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <summary>Reads a file whole, unpacking it if its name ends in <c>.gz</c>, and converts it into UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The largest size in bytes, packed and unpacked.</param>
    /// <param name="encoding">The encoding of a file without a byte-order mark.</param>
    /// <returns>The text up to the last line that is not blank.</returns>
    /// <exception cref="DataException">The file is missing or damaged, or is no text in the encoding.</exception>
    public static ReadOnlyMemory<byte> Read(string path, long limit, Encoding encoding)
    {
        var content = DataFile.Read(path, limit);
        if (content is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..])
        {
            throw new DataException($"{path}: an Excel workbook or another archive, expected text: save the sheet as CSV");
        }

        return DataFile.IsGzip(content)
            ? throw new DataException($"{path}: it is gzipped, expected text: let its name end in .gz")
            : From(path, content, encoding);
    }

    /// <summary>Converts the bytes of a file into UTF-8.</summary>
    /// <param name="source">The path, for messages.</param>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="encoding">The encoding of a file without a byte-order mark.</param>
    /// <returns>The text up to the last line that is not blank. Bytes that are not UTF-8 are found later, when their field is
    /// read.</returns>
    /// <exception cref="DataException">The bytes are not text in the encoding.</exception>
    public static ReadOnlyMemory<byte> From(string source, byte[] content, Encoding encoding)
    {
        var mark = Array.Find(Marks, m => content.AsSpan().StartsWith(m.Mark));
        var text = content.AsMemory((mark.Mark ?? []).Length);
        var found = mark.Encoding ?? encoding;
        if (found.CodePage != Encoding.UTF8.CodePage && found.CodePage != Encoding.ASCII.CodePage)
        {
            text = Transcode(source, text.Span, found);
        }

        return text.Span.IndexOf((byte)0) is >= 0 and var zero
            ? throw new DataException(
                $"{source}: line {Line(text.Span, zero)}: a zero byte, which no text has but UTF-16 and UTF-32 without a byte-order " +
                "mark: name the encoding with CsvOptions.Encoding, or convert the file to UTF-8")
            : text[..End(text.Span)];
    }

    private static byte[] Transcode(string source, ReadOnlySpan<byte> text, Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            return Encoding.UTF8.GetBytes(strict.GetString(text));
        }
        catch (DecoderFallbackException error)
        {
            var before = encoding.GetString(text[..Math.Max(0, error.Index)]);
            throw new DataException(
                $"{source}: line {before.Count(c => c == '\n') + 1}: the text is not {encoding.WebName}: name its encoding with " +
                "CsvOptions.Encoding, or convert the file to UTF-8", error);
        }
    }

    /// <summary>Finds the end of the text, before blank lines and the end-of-file mark of DOS, which some tools add at the end.</summary>
    private static int End(ReadOnlySpan<byte> text)
    {
        var end = text.Length > 0 && text[^1] == EndOfFile ? text.Length - 1 : text.Length;
        while (true)
        {
            var blanks = end;
            while (blanks > 0 && text[blanks - 1] == Blank)
            {
                blanks--;
            }

            if (blanks > 0 && text[blanks - 1] is not (NewLine or Return))
            {
                // This line is not blank, and the blanks at its end are a part of it.
                return end;
            }

            // This line is blank, so it is removed with the line end before it, and the loop looks at the line above.
            end = blanks;
            if (end == 0)
            {
                return 0;
            }

            end -= end > 1 && text[end - 1] == NewLine && text[end - 2] == Return ? 2 : 1;
        }
    }

    private static int Line(ReadOnlySpan<byte> text, int position) => text[..position].Count(NewLine) + 1;
}
