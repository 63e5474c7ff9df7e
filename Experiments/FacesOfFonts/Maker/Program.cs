using System.IO.Compression;
using SkiaSharp;
using UAmtfl.FacesOfFonts.Maker;

// Makes the files of the study from unpacked font packages; make.sh fetches these.
if (args is not [var faces, var fonts, var onto])
{
    Console.Error.WriteLine("error: give faces.tsv, the folder share of the unpacked packages, and the folder to write to");
    return 2;
}

try
{
    List<string> lines = ["set\tkin\tfamily\tserif\tbold\tslanted\tmonospaced\tpackage\tfile"];
    using var images = new MemoryStream();
    foreach (var fields in File.ReadLines(faces).Skip(1).Select(line => line.Split('\t')))
    {
        var (serif, path) = (fields[3] == "yes", Path.Combine(fonts, fields[5]));
        using var face = SKTypeface.FromFile(path) ?? throw new InvalidDataException($"{path}: it is no font: unpack its package again");
        var tables = FaceTables.Of(face);
        if (tables.Serif is { } said && said != serif)
        {
            Console.WriteLine($"note: {path}: PANOSE says {(said ? "" : "no ")}serif; faces.tsv counts");
        }

        images.Write(Glyphs.Draw(face, path));
        lines.Add(string.Join(
            '\t',
            [
                .. fields[..3], Flag(serif), Flag(tables.Bold), Flag(tables.Slanted), Flag(tables.Monospaced),
                .. fields[4..],
            ]));
    }

    File.WriteAllText(Path.Combine(onto, "faces.tsv"), string.Join('\n', lines) + '\n');
    using var file = File.Create(Path.Combine(onto, "glyphs-idx3-ubyte.gz"));
    using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
    packed.Write([0, 0, 8, 3, .. Sizes((int)images.Length / (Glyphs.Side * Glyphs.Side), Glyphs.Side, Glyphs.Side)]);
    images.Position = 0;
    images.CopyTo(packed);
    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}

static string Flag(bool value) => value ? "1" : "0";

static byte[] Sizes(params int[] sizes) =>
    [.. sizes.SelectMany(size => new[] { (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size })];
