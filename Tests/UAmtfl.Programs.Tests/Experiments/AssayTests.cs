using System.Text;
using UAmtfl.Data;
using UAmtfl.Experiments.Tox21;
using UAmtfl.Experiments.ToxCast;
using UAmtfl.Reporting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Experiments;

public sealed class AssayTests : IDisposable
{
    private const int Molecules = 100, Bytes = AssayFiles.Bits / 8;
    private static readonly string[] Assays = ["NR-AR", "SR-p53"];
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Variants => [.. Tox21Toxicity.Descriptor.Variants.Select(v => v.Name)];

    public static TheoryData<string> OfPairs => [.. ToxCastPairs.Descriptor.Variants.Select(v => v.Name)];

    public static TheoryData<string> OfTransfer => [.. ToxCastTransfer.Descriptor.Variants.Select(v => v.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryVariantRuns(string name)
    {
        string[] assays = [.. Tox21Toxicity.Descriptor.Tasks.Tasks.Select(t => t.Name)];
        Write(assays);
        var result = TinyRuns.Run(Tox21Toxicity.Descriptor, name, () => new Written(folder.Path, assays));
        Assert.Equal(12, result.TaskErrors.Length);
        Assert.True(double.IsFinite(result.OverallError));
        Assert.All(result.TrainCounts, n => Assert.InRange(n, 50, 80));
    }

    [Theory]
    [MemberData(nameof(OfTransfer))]
    public void EveryVariantOfTheTransferStudyRuns(string name)
    {
        string[] assays = [.. ToxCastTransfer.Descriptor.Tasks.Tasks.Select(t => t.Name)];
        Write(assays);
        var result = TinyRuns.Run(ToxCastTransfer.Descriptor, name, () => new Written(folder.Path, assays));
        Assert.Equal(24, result.TaskErrors.Length);
        Assert.True(double.IsFinite(result.OverallError));
    }

    [Theory]
    [MemberData(nameof(OfPairs))]
    public void EveryVariantOfThePairsRuns(string name)
    {
        string[] assays = [.. ToxCastPairs.Descriptor.Tasks.Tasks.Select(t => t.Name)];
        Write(assays);
        var result = TinyRuns.Run(ToxCastPairs.Descriptor, name, () => new Written(folder.Path, assays));
        var trained = ToxCastPairs.Descriptor.Variants.Single(v => v.Name == name).TrainedOn;
        Assert.Equal(trained ?? assays, assays.Where((_, t) => double.IsFinite(result.TaskErrors[t])));
    }

    /// <summary>The section of the report has the gain of each method on the first assay of each pair.</summary>
    [Fact]
    public void TheSectionOfThePairsIsOfTheirFirstAssays()
    {
        var experiment = ToxCastPairs.Descriptor;
        string[] assays = [.. experiment.Tasks.Tasks.Select(t => t.Name)];
        Write(assays);
        string[] trained = ["Stl", "Mtl", "Similar2Shared", "Random3Tuned"];
        var variants = experiment.Variants.Where(v => trained.Contains(v.Name)).ToList();
        var report = Report.From(new(
            experiment.Name, "", experiment.Tasks, SharedTest: false,
            [.. variants.Select(v => new VariantInfo(v.Name, v.Composition, v.Role) { TrainedOn = v.TrainedOn })], [1],
            [.. variants.Select(v => TinyRuns.Run(experiment, v.Name, () => new Written(folder.Path, assays)))], []));
        var table = PairSection.Of(report)!.Tables[0];
        Assert.Equal(["MTL", "MTL of the pair", "fine-tuned"], table.Columns.TakeLast(3));
        Assert.Equal(
            ToxCastPairs.Pairs.Select(p => p.Focus).Order(StringComparer.Ordinal),
            table.Rows.Select(r => r.Cells[0].Text).Order(StringComparer.Ordinal));
        Assert.Equal(2, table.Rows.Sum(r => r.Cells.TakeLast(2).Count(c => c.Text != "–")));
    }

    [Fact]
    public void FoldsAreDisjointAndEachMoleculeIsTestedOnce()
    {
        Write(Assays);
        var files = AssayFiles.Read(folder.Path, Assays);
        var tested = new List<string>();
        for (var seed = 1; seed <= 5; seed++)
        {
            using var splits = files.Fold(seed);
            Assert.Equal((60, 20, 20), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
            SampleChecks.RequireDisjoint(splits);
            tested.AddRange(splits.Test.Ids!);
        }

        Assert.Equal(files.Ids.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
        using var again = files.Fold(6);
        Assert.Equal(tested[..20], again.Test.Ids!);
    }

    [Fact]
    public void PairsAreTheMostSimilarOnesWithoutACommonAssay()
    {
        // Of four assays the first and the last are equal, and the second is their opposite.
        float[] labels = [1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, float.NaN, 1, float.NaN];
        Assert.Equal(1, AssayPairs.Phi(labels, 4, 0, 3), 1e-12);
        Assert.Equal(-1, AssayPairs.Phi(labels, 4, 0, 1), 1e-12);
        Assert.Equal([(0, 3), (1, 2)], AssayPairs.Similar(labels, 4, 2));
        var random = AssayPairs.Random(9, [(0, 3), (5, 8)], 2, seed: 1);
        Assert.Equal(4, random.SelectMany(p => new[] { p.First, p.Second }).Except([0, 3, 5, 8]).Count());
    }

    /// <summary>The pairs of the study are those of the training labels of the first seed.</summary>
    [RealDataFact("toxcast")]
    public void ThePairsAreThoseOfTheTrainingLabels()
    {
        string[] names = [.. ToxCastPairs.Descriptor.Tasks.Tasks.Select(t => t.Name)];
        using var splits = new ToxCastPairMolecules().Load(new(RealDataFactAttribute.Root, 1));
        var similar = AssayPairs.Similar([.. splits.Train.Labels.data<float>()], names.Length, 3);
        var pairs = similar.Concat(AssayPairs.Random(names.Length, similar, 3, seed: 1));
        Assert.Equal(ToxCastPairs.Pairs.Select(p => (p.Focus, p.Other)), pairs.Select(p => (names[p.First], names[p.Second])));
    }

    [Fact]
    public void TensorsAreTheFiles()
    {
        Write(Assays);
        var files = AssayFiles.Read(folder.Path, ["SR-p53", "NR-AR"]);
        Assert.Equal(Molecules, files.Count);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0], files.Inputs.AsSpan(AssayFiles.Bits, 16).ToArray());
        Assert.Equal([0, 1], files.Labels.AsSpan(2, 2).ToArray());
        Assert.True(float.IsNaN(files.Labels[(7 * 2) + 1]));

        using var splits = files.Split(1);
        Assert.Equal(Molecules, splits.Train.Count + splits.Validation.Count + splits.Test.Count);
        foreach (var samples in new[] { splits.Train, splits.Validation, splits.Test })
        {
            Assert.Equal(AssayFiles.Bits, samples.Inputs.shape[1]);
            Assert.Equal(2, samples.Labels.shape[1]);

            // Molecule m has the number m in the first bits of its fingerprint, and its label for NR-AR is m % 2, so that rows can be
            // recognised.
            var number = (samples.Inputs[.., ..8] * tensor(new[] { 128f, 64, 32, 16, 8, 4, 2, 1 })).sum(1);
            var label = samples.Labels.select(1, 1);
            Assert.True(number.remainder(2).eq(label).logical_or(label.isnan()).all().item<bool>());
            Assert.Equal(number.data<float>().ToArray().Select(m => $"C{m}"), samples.Ids!);
        }
    }

    [Fact]
    public void SplitsAreDisjointAndSetByTheSeed()
    {
        Write(Assays);
        var files = AssayFiles.Read(folder.Path, Assays);
        using var first = files.Split(1);
        using var again = files.Split(1);
        using var other = files.Split(2);
        Assert.Equal((80, 10, 10), (first.Train.Count, first.Validation.Count, first.Test.Count));
        SampleChecks.RequireDisjoint(first);
        Assert.Equal(first.Test.Ids, again.Test.Ids);
        Assert.NotEqual(first.Test.Ids!.Order(), other.Test.Ids!.Order());
    }

    /// <summary>Molecules with the same fingerprint, such as stereoisomers and repeated entries, are in the same split for every
    /// seed.</summary>
    [Fact]
    public void TheSameFingerprintStaysTogether()
    {
        Write(Assays, fingerprint: m => m / 4);
        var files = AssayFiles.Read(folder.Path, Assays);
        Assert.Equal(Molecules / 4, files.Ids.Distinct().Count());
        for (var seed = 1; seed <= 5; seed++)
        {
            using var splits = files.Split(seed);
            Assert.Equal((80, 8, 12), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
            SampleChecks.RequireDisjoint(splits);
        }
    }

    [Fact]
    public void DamagedFilesAreRefused()
    {
        Write(Assays);
        Assert.Contains("no column 'NR-Ar'", Refused(["NR-Ar", "SR-p53"]));
        Write(Assays, rows: Molecules - 1);
        Assert.Contains("100 x 128 bytes, expected 99 x 128, a row for each molecule of", Refused(Assays));
        Write(Assays, edit: text => text.Replace("C9,1,", "C9,2,"));
        Assert.Contains("line 11, column 'NR-AR': 2, expected 0, 1 or nothing", Refused(Assays));
        Write(Assays, edit: text => text.Replace("C9,1,", "C9,active,"));
        Assert.Contains("line 11, column 'NR-AR': 'active', expected a finite number", Refused(Assays));
        Write(Assays, edit: text => text.Replace("C9,1,", ",1,"));
        Assert.Contains("line 11, column 'smiles': nothing, expected a molecule", Refused(Assays));
        Write(Assays, edit: text => text.Replace("C9,1,", "C9,"));
        Assert.Contains("line 11", Refused(Assays));
        Write(Assays);
        var array = folder.File("ecfp4_1024_packed.npy");
        File.WriteAllBytes(array, File.ReadAllBytes(array)[..^1]);
        Assert.Contains("the file is truncated", Refused(Assays));
    }

    [RealDataFact("tox21")]
    public void TheRealTox21()
    {
        using var splits = new Tox21Molecules().Load(new(RealDataFactAttribute.Root, 1));
        Assert.Equal(7_823, splits.Train.Count + splits.Validation.Count + splits.Test.Count);
        Assert.InRange(splits.Test.Count, 740, 840);
        SampleChecks.RequireDisjoint(splits);
    }

    /// <summary>The task names in the task file are those that the data marks.</summary>
    [RealDataFact("toxcast")]
    public void TheRealToxCast()
    {
        using var splits = new ToxCastMolecules().Load(new(RealDataFactAttribute.Root, 1));
        Assert.Equal((8_597, 128L), (splits.Train.Count + splits.Validation.Count + splits.Test.Count, splits.Test.Labels.shape[1]));
        SampleChecks.RequireDisjoint(splits);
        var table = CsvFile.Read(Path.Combine(RealDataFactAttribute.Folder("toxcast"), "tasks.csv"));
        var marked = table.Integers("in_toxcast128");
        Assert.Equal(table.Texts("task").Where((_, t) => marked[t] == 1), ToxCastToxicity.Descriptor.Tasks.Tasks.Select(t => t.Name));
        var active = table.Integers("n_positive");
        Assert.Equal(
            table.Texts("task").Index().Where(t => marked[t.Index] == 1).OrderByDescending(t => active[t.Index]).Take(24)
                .Select(t => t.Item).Order(StringComparer.Ordinal),
            ToxCastTransfer.Descriptor.Tasks.Tasks.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    private string Refused(string[] assays)
    {
        var message = Assert.Throws<DataException>(() => AssayFiles.Read(folder.Path, assays)).Message;
        Assert.StartsWith(folder.Path, message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    /// <summary>Writes molecules C0, C1, … whose fingerprints hold their number and twice their number. The assays' labels are 0 and 1 in
    /// turn, and missing for every seventh molecule.</summary>
    private void Write(string[] assays, int rows = Molecules, Func<int, int>? fingerprint = null, Func<string, string>? edit = null)
    {
        var lines = Enumerable.Range(0, rows)
            .Select(m => $"C{m},{string.Join(',', assays.Select((_, a) => a == 0 && m % 7 == 0 ? "" : $"{(m + a) % 2}"))}\n");
        var text = $"smiles,{string.Join(',', assays)}\n{string.Concat(lines)}";
        folder.Write("labels.csv.gz", Encoding.UTF8.GetBytes(edit?.Invoke(text) ?? text));
        var bits = new byte[Molecules * Bytes];
        for (var m = 0; m < Molecules; m++)
        {
            var number = fingerprint?.Invoke(m) ?? m;
            (bits[m * Bytes], bits[(m * Bytes) + 1]) = ((byte)number, (byte)(2 * number));
        }

        var header = $"{{'descr': '|u1', 'fortran_order': False, 'shape': ({Molecules}, {Bytes}), }}\n";
        folder.Write(
            "ecfp4_1024_packed.npy", [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. bits]);
    }

    private sealed class Written(string folder, string[] assays) : IDataset
    {
        public Splits Load(DataRequest request) => AssayFiles.Read(folder, assays).Split(request.Seed);
    }
}
