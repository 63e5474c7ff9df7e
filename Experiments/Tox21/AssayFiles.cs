using System.Globalization;
using UAmtfl.Data;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Tox21;

/// <summary>The labels of binary assays and the fingerprints of molecules, read from a table with a column <c>smiles</c> and one for each
/// assay, empty where a molecule was not measured, and from an array of packed bits with a row for each molecule.</summary>
/// <param name="Inputs">[N · 1024], 0 or 1.</param>
/// <param name="Labels">[N · T], 0 or 1, NaN where not measured.</param>
/// <param name="Ids">[N], for each molecule the first one with the same fingerprint: stereoisomers and repeated molecules are the same
/// input.</param>
public sealed record AssayFiles(float[] Inputs, float[] Labels, string[] Ids)
{
    /// <summary>The number of bits of a fingerprint.</summary>
    public const int Bits = 1024;

    /// <summary>N, the number of molecules.</summary>
    public int Count => Ids.Length;

    /// <summary>Reads <c>labels.csv.gz</c> and <c>ecfp4_1024_packed.npy</c>.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="assays">The columns wanted, in order.</param>
    /// <exception cref="DataException">A file is missing or damaged, an assay has no column, a molecule has no name, or there is not one
    /// fingerprint a molecule.</exception>
    public static AssayFiles Read(string folder, IReadOnlyList<string> assays)
    {
        var table = CsvFile.Read(Path.Combine(folder, "labels.csv.gz"));
        var (molecules, labels) = (table.Texts("smiles"), table.Matrix(assays));
        if (Array.FindIndex(molecules, m => m.Length == 0) is >= 0 and var nameless)
        {
            throw new DataException(
                $"{table.Source}: line {table.Line(nameless)}, column 'smiles': nothing, expected a molecule: fetch the file again");
        }

        if (Array.FindIndex(labels, l => l is not (0 or 1 or float.NaN)) is >= 0 and var odd)
        {
            var found = labels[odd].ToString(CultureInfo.InvariantCulture);
            throw new DataException(
                $"{table.Source}: line {table.Line(odd / assays.Count)}, column '{assays[odd % assays.Count]}': {found}, expected 0, 1 " +
                "or nothing: fetch the file again");
        }

        var fingerprints = NpyFile.Read(Path.Combine(folder, "ecfp4_1024_packed.npy"), rank: 2);
        return fingerprints.Shape[0] == table.Count && fingerprints.Shape[1] == Bits / 8
            ? new(fingerprints.Bits(), labels, Identify(fingerprints.Elements<byte>(), molecules))
            : throw new DataException(
                $"{fingerprints.Source}: {fingerprints.Shape[0]} x {fingerprints.Shape[1]} bytes, expected {table.Count} x {Bits / 8}, " +
                $"a row for each molecule of {table.Source}: give two files that belong together");
    }

    /// <summary>Draws 80 % of the distinct fingerprints for training, 10 % for validation and the rest for the test; molecules with the
    /// same fingerprint stay together.</summary>
    /// <param name="seed">The seed of the draw.</param>
    public Splits Split(int seed)
    {
        var groups = Enumerable.Range(0, Count).GroupBy(m => Ids[m], StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        var order = new SplitMix64(seed).Sample<int[]>(groups, groups.Length);
        var (first, second) = (order.Length * 8 / 10, order.Length * 9 / 10);
        return new(Take(order[..first]), Take(order[first..second]), Take(order[second..]), SharedTest: false);
    }

    /// <summary>Divides the distinct fingerprints into five folds, the same for every seed, of which three are for training, one for
    /// validation and one for the test.</summary>
    /// <param name="seed">The number of the fold that is tested: 1 to 5, then again from the first.</param>
    public Splits Fold(int seed)
    {
        const int folds = 5;
        var groups = Enumerable.Range(0, Count).GroupBy(m => Ids[m], StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        var order = new SplitMix64(folds).Sample<int[]>(groups, groups.Length);
        int[][] Of(Func<int, bool> chosen) => [.. order.Where((_, i) => chosen((i + folds - (seed % folds)) % folds))];
        return new(Take(Of(fold => fold > 1)), Take(Of(fold => fold == 1)), Take(Of(fold => fold == 0)), SharedTest: false);
    }

    private Samples Take(int[][] groups)
    {
        int[] rows = [.. groups.SelectMany(g => g)];
        var assays = Labels.Length / Count;
        var inputs = tensor(Gather(Inputs, rows, Bits), [rows.Length, Bits]);
        return new(inputs, tensor(Gather(Labels, rows, assays), [rows.Length, assays])) { Ids = [.. rows.Select(r => Ids[r])] };
    }

    private static float[] Gather(float[] matrix, int[] rows, int width)
    {
        var gathered = new float[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            matrix.AsSpan(rows[i] * width, width).CopyTo(gathered.AsSpan(i * width));
        }

        return gathered;
    }

    private static string[] Identify(byte[] packed, string[] molecules)
    {
        // The same molecule has the same fingerprint, so that this also finds molecules that are listed twice.
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        return [.. molecules.Select((molecule, m) =>
        {
            var bits = Convert.ToHexString(packed, m * Bits / 8, Bits / 8);
            return first.TryAdd(bits, molecule) ? molecule : first[bits];
        })];
    }
}
