using System.Buffers.Binary;
using SkiaSharp;

namespace UAmtfl.FacesOfFonts.Maker;

/// <summary>What the tables <c>OS/2</c> and <c>post</c> of a face say about it (OpenType 1.9).</summary>
/// <param name="Bold">True if the weight class is at least 600.</param>
/// <param name="Slanted">True if the face is marked as italic or its italic angle is not 0.</param>
/// <param name="Monospaced">True if all glyphs have the same width.</param>
/// <param name="Serif">True if PANOSE gives the face a serif, false if it gives none, null if it does not say.</param>
internal sealed record FaceTables(bool Bold, bool Slanted, bool Monospaced, bool? Serif)
{
    private const int LeastBold = 600, LatinText = 2;

    /// <summary>Reads the tables of a face.</summary>
    public static FaceTables Of(SKTypeface face)
    {
        var (os2, post) = (face.GetTableData(Tag("OS/2")), face.GetTableData(Tag("post")));
        const int Weight = 4, Panose = 32, Selection = 62, Angle = 4, Pitch = 12;
        var isItalic = (Number(os2, Selection) & 1) != 0;
        return new(
            Number(os2, Weight) >= LeastBold,
            isItalic || BinaryPrimitives.ReadInt32BigEndian(post.AsSpan(Angle)) != 0,
            BinaryPrimitives.ReadUInt32BigEndian(post.AsSpan(Pitch)) != 0,
            os2[Panose] != LatinText ? null : os2[Panose + 1] switch { >= 2 and <= 10 => true, >= 11 and <= 15 => false, _ => null });
    }

    private static ushort Number(byte[] table, int at) => BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(at));

    private static uint Tag(string name) => name.Aggregate(0u, (tag, letter) => (tag << 8) | letter);
}
