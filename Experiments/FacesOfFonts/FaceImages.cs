using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.FacesOfFonts;

/// <summary>Images of the letters A to Z and a to z in 141 faces of free fonts, with attributes of the face and of the letter.</summary>
/// <remarks>Inputs [N, 1, 28, 28] in [0, 1], 1 for ink; labels [N, 14] in the order of <see cref="FontFaces.Trait"/>. Families that were
/// drawn after one another are of one kin, and no kin is in two sets, which <c>faces.tsv</c> says for each face. The sets are the same for
/// all seeds. A row's identifier is its kin, so that a kin in two sets is an error.</remarks>
public sealed class FaceImages : IDataset
{
    /// <summary>The height and width of an image in pixels.</summary>
    public const int Side = 28;

    /// <summary>The number of letters of the alphabet.</summary>
    public const int Alphabet = 26;

    private const int Letters = 2 * Alphabet;

    /// <summary>The divisor of pixels, kept in a field because a scalar that only a call holds may be collected during the call.</summary>
    private static readonly TorchSharp.Scalar White = 255;

    /// <summary>The columns of <c>faces.tsv</c> and of <c>letters.tsv</c> that are attributes, in the order of the tasks.</summary>
    private static readonly string[]
        OfFaces = ["serif", "bold", "slanted", "monospaced"],
        OfLetters = ["capital", "vowel", "counter", "ascender", "descender", "mirrored", "straight", "diagonal", "turned"];

    /// <inheritdoc/>
    public CatalogueEntry Entry { get; } = new()
    {
        Name = "faces-of-fonts",
        Title = "7,332 images of letters in 141 faces of free fonts, with attributes",
        Files =
        [
            new("glyphs-idx3-ubyte.gz", 473_762, "b2653bacc356d5b491d20d41a91f5caa88f087fdf293070631e1aab337683bb5"),
            new("faces.tsv", 13_666, "256bd156e937942a6b90a96977a53772b0ac3760d533c89a3cace0bc39f411c1"),
            new("letters.tsv", 1_122, "ce18d0c0495602ecb215cee3d8eef7c3e259bd9a3885823cc91492aa96ac4f7f"),
        ],
        Origin = "drawn from font packages of Debian 12 by the program in Experiments/FacesOfFonts/Maker",
        Licence = "images made with fonts under the OFL, Apache, BSD, GUST, Bitstream Vera and ParaType licences, listed in the README",
        Citation = "the fonts' authors, listed in the README of the data",
        HomePage = "https://packages.debian.org/bookworm/fonts/",
        ShippedFolder = Path.Combine(AppContext.BaseDirectory, "data", "faces-of-fonts"),
    };

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var folder = DataFolder.Locate(Entry, request);
        var images = IdxFile.Read(folder, "glyphs-idx3-ubyte", rank: 3);
        var faces = CsvFile.Read(Path.Combine(folder, "faces.tsv"), '\t');
        var letters = CsvFile.Read(Path.Combine(folder, "letters.tsv"), '\t');
        int[] shape = [faces.Count * Letters, Side, Side];
        if (letters.Count != Letters || !images.Shape.SequenceEqual(shape))
        {
            throw new DataException(
                $"{images.Source}: {string.Join(" x ", images.Shape)} pixels, expected {string.Join(" x ", shape)} for the faces of "
                    + $"{faces.Source} and {Letters} letters: fetch the files again");
        }

        var (sets, kins) = (faces.Texts("set"), faces.Texts("kin"));
        var (ofFaces, ofLetters) = (faces.Matrix(OfFaces), letters.Matrix(OfLetters));
        return new(Of("train"), Of("validation"), Of("test"), SharedTest: true);

        Samples Of(string set)
        {
            int[] chosen = [.. Enumerable.Range(0, sets.Length).Where(f => sets[f] == set)];
            const int Size = Letters * Side * Side;
            byte[] pixels = [.. chosen.SelectMany(f => images.Bytes.Slice(f * Size, Size).ToArray())];
            float[] labels = [.. chosen.SelectMany(f => Enumerable.Range(0, Letters).SelectMany(l => Labels(f, l)))];
            var rows = chosen.Length * Letters;
            using var bytes = tensor(pixels, [rows, 1, Side, Side]);
            return new(bytes.to(float32).div_(White), tensor(labels, [rows, OfFaces.Length + OfLetters.Length + 1]))
            {
                Ids = [.. chosen.SelectMany(f => Enumerable.Repeat(kins[f], Letters))],
            };
        }

        float[] Labels(int face, int letter) =>
        [
            .. ofFaces.AsSpan(face * OfFaces.Length, OfFaces.Length),
            .. ofLetters.AsSpan(letter * OfLetters.Length, OfLetters.Length),
            letter % Alphabet,
        ];
    }
}
