using System.Text;
using UAmtfl.Data;
using UAmtfl.Experiments.Landmine;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Experiments;

public sealed class LandmineTests : IDisposable
{
    private const int RowsPerField = 120, MinesPerField = 9;
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Variants => [.. LandmineDetection.Descriptor.Variants.Select(v => v.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryVariantRuns(string name)
    {
        var result = TinyRuns.Run(LandmineDetection.Descriptor, name, () => new Written(Table(Lines())));
        Assert.Equal(29, result.TaskErrors.Length);
        Assert.All(result.TaskErrors, e => Assert.InRange(e, 0, 1));
        Assert.Equal(Enumerable.Repeat(40.0, 29), result.TrainCounts);
    }

    [Fact]
    public void SplitsAreStratifiedAndDisjoint()
    {
        using var splits = LandmineFields.Split(Table(Lines()), 40, 1);
        foreach (var (samples, rows, mines) in new[] { (splits.Train, 40, 3), (splits.Validation, 60, 4), (splits.Test, 20, 2) })
        {
            Assert.Equal([29 * rows, 9], samples.Inputs.shape);
            Assert.Equal(Enumerable.Repeat((long)rows, 29), samples.Owner!.bincount(null, 29).data<long>().ToArray());
            Assert.Equal(
                Enumerable.Repeat((float)mines, 29), zeros(29).index_add(0, samples.Owner!, samples.Labels, 1).data<float>().ToArray());
        }

        Assert.Equal(29 * RowsPerField, new[] { splits.Train, splits.Validation, splits.Test }.SelectMany(s => s.Ids!).Distinct().Count());
        SampleChecks.RequireDisjoint(splits);
    }

    [Fact]
    public void ASeedIsADraw()
    {
        using var first = LandmineFields.Split(Table(Lines()), 40, 1);
        using var again = LandmineFields.Split(Table(Lines()), 40, 1);
        using var other = LandmineFields.Split(Table(Lines()), 40, 2);
        Assert.Equal(first.Test.Ids, again.Test.Ids);
        Assert.True(first.Train.Inputs.eq(again.Train.Inputs).all().item<bool>());
        Assert.NotEqual(first.Test.Ids!.Order(), other.Test.Ids!.Order());
    }

    /// <summary>The scale of the inputs comes from the training rows: other numbers in the other rows do not change the training
    /// inputs.</summary>
    [Fact]
    public void OnlyTrainingRowsSetTheScale()
    {
        var lines = Lines();
        using var before = LandmineFields.Split(Table(lines), 40, 1);
        var train = before.Train.Ids!.ToHashSet();
        for (var row = 0; row < lines.Count; row++)
        {
            if (!train.Contains($"line {row + 2}"))
            {
                lines[row] = lines[row][..^1] + "999";
            }
        }

        using var after = LandmineFields.Split(Table(lines), 40, 1);
        var tasks = LandmineDetection.Descriptor.Tasks;
        using var prepared = SplitFacts.Prepared(before, tasks);
        using var other = SplitFacts.Prepared(after, tasks);
        Assert.True(prepared.Train.Inputs.eq(other.Train.Inputs).all().item<bool>());
        Assert.False(prepared.Test.Inputs.eq(other.Test.Inputs).all().item<bool>());
        var inputs = prepared.Train.Inputs.to(float64);
        Assert.True(inputs.mean([0L]).abs().max().item<double>() < 1e-6);
        Assert.True((inputs.std(0L, unbiased: true)[..^1] - 1).abs().max().item<double>() < 1e-5);

        // The last feature is constant in these files, and thus 0 after standardisation.
        Assert.True(inputs[.., ^1].eq(0).all().item<bool>());
    }

    [Theory]
    [InlineData("29,0,1,1,1,1,1,1,1,1,1", "line 3482, column 'task': 29, expected 0 to 28")]
    [InlineData("-1,0,1,1,1,1,1,1,1,1,1", "line 3482, column 'task': -1, expected 0 to 28")]
    [InlineData("3,2,1,1,1,1,1,1,1,1,1", "line 3482, column 'label': 2, expected 0 to 1")]
    [InlineData("3,,1,1,1,1,1,1,1,1,1", "line 3482, column 'label': nothing, expected a whole number")]
    [InlineData("3,0,1,,1,1,1,1,1,1,1", "line 3482, column 'f1': no value, expected a finite number")]
    [InlineData("3,0,1,NaN,1,1,1,1,1,1,1", "line 3482, column 'f1': no value, expected a finite number")]
    [InlineData("3,0,1,1e99,1,1,1,1,1,1,1", "line 3482, column 'f1': '1e99', expected a finite number")]
    [InlineData("3,0,1,1,1,1,1,1,1,1", "line 3482")]
    public void ADamagedLineIsNamed(string line, string place)
    {
        var error = Assert.Throws<DataException>(() => LandmineFields.Split(Table([.. Lines(), line]), 40, 1));
        Assert.Contains($"landmine.csv.gz: {place}", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AFieldThatCannotBeSplitIsNamed()
    {
        Assert.Contains(
            "field 0 has 9 mines and 111 others, too few for 160 rows",
            Assert.Throws<DataException>(() => LandmineFields.Split(Table(Lines()), 160, 1)).Message);
        var constant = Lines().Select(l => l.StartsWith("5,1,", StringComparison.Ordinal) ? "5,0," + l[4..] : l).ToList();
        Assert.Contains(
            "field 5 has 0 mines and 120 others",
            Assert.Throws<DataException>(() => LandmineFields.Split(Table(constant), 40, 1)).Message);
        Assert.Contains(
            "field 28 has 0 mines and 0 others",
            Assert.Throws<DataException>(() =>
                LandmineFields.Split(Table([.. Lines().Where(l => !l.StartsWith("28,", StringComparison.Ordinal))]), 40, 1)).Message);
    }

    [Theory]
    [InlineData(3, 100, 20, 20)]
    [InlineData(97, 6, 20, 20)]
    [InlineData(15, 494, 300, 60)]
    public void EveryPartHasBothClasses(int mines, int clutter, int train, int validation)
    {
        int[] one = [.. Enumerable.Range(0, mines)], zero = [.. Enumerable.Range(mines, clutter)];
        var draw = FieldDraw.From(one, zero, train, validation, new(1))!;
        Assert.Equal((train, validation), (draw.Train.Length, draw.Validation.Length));
        Assert.All(
            new[] { draw.Train, draw.Validation, draw.Test }, part => Assert.True(part.Any(r => r < mines) && part.Any(r => r >= mines)));
        Assert.Equal(Enumerable.Range(0, mines + clutter), draw.Train.Concat(draw.Validation).Concat(draw.Test).Order());
    }

    [Theory]
    [InlineData(2, 100, 20)]
    [InlineData(100, 2, 20)]
    [InlineData(10, 30, 20)]
    public void TooFewRowsAreNoDraw(int mines, int clutter, int train) =>
        Assert.Null(FieldDraw.From([.. Enumerable.Range(0, mines)], [.. Enumerable.Range(mines, clutter)], train, 20, new(1)));

    [RealDataFact("landmine")]
    public void TheRealFields()
    {
        using var splits = new LandmineFields().Load(new(RealDataFactAttribute.Root, 1));
        Assert.Equal((29 * 160, 29 * 60, 14_820 - (29 * 220)), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        var mines = zeros(29).index_add(0, splits.Test.Owner!, splits.Test.Labels, 1);
        Assert.True(mines.min().item<float>() >= 8);
    }

    // Lines of 29 fields, in which mines have larger features.
    private static List<string> Lines()
    {
        var random = new SplitMix64(9);
        return [.. from field in Enumerable.Range(0, 29)
                   from row in Enumerable.Range(0, RowsPerField)
                   let label = row < MinesPerField ? 1 : 0
                   select $"{field},{label},{string.Join(',', Enumerable.Range(0, 8).Select(_ => random.Below(1000) + (300 * label)))},1"];
    }

    private CsvFile Table(IEnumerable<string> lines) =>
        CsvFile.Read(
            folder.Write(
                "landmine.csv.gz", Encoding.UTF8.GetBytes($"task,label,f0,f1,f2,f3,f4,f5,f6,f7,f8\n{string.Join('\n', lines)}\n")));

    private sealed class Written(CsvFile table) : IPerTaskDataset
    {
        public Splits Load(DataRequest request) => LandmineFields.Split(table, 40, request.Seed);
    }
}
