using System.Text;
using UAmtfl.Data;
using UAmtfl.Experiments.School;

namespace UAmtfl.Tests.Experiments;

public sealed class SchoolPupilsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [RealDataFact("school")]
    public void RealFilesAreSplitAsTheySay()
    {
        using var splits = new SchoolPupils().Load(new(RealDataFactAttribute.Root, 2));
        Assert.Equal(15_362, splits.Train.Count + splits.Validation.Count + splits.Test.Count);
        Assert.All(SplitFacts.Counts(splits.Train, 139).Concat(SplitFacts.Counts(splits.Test, 139)), n => Assert.True(n >= 5));
        SplitFacts.AssertStandardised(SplitFacts.Prepared(splits, SchoolScores.Descriptor.Tasks).Train, 3, 4);
        Assert.InRange(splits.Test.Count / 15_362.0, 0.24, 0.27);
    }

    /// <summary>The split of the file that has the number of the seed is the test set. Pupil p of a school has score p; split s tests on
    /// pupils s and s + 1.</summary>
    [Fact]
    public void TheSplitOfTheSeedIsTestedOn()
    {
        using var splits = Load(20, 3);
        using var again = Load(20, 3);
        using var other = Load(20, 4);
        Assert.Equal((139 * 16, 139 * 2, 139 * 2), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal([139 * 16, 27], splits.Train.Inputs.shape);
        foreach (var (part, count) in new[] { (splits.Train, 16), (splits.Validation, 2), (splits.Test, 2) })
        {
            Assert.All(SplitFacts.Counts(part, 139), n => Assert.Equal(count, n));
        }

        // Column 3 is the pupil's number; pupils 3 and 4 of every school are tested on.
        var tested = splits.Test.Inputs.select(1, 3).data<float>().ToArray().Distinct().Order().ToArray();
        Assert.Equal(2, tested.Length);
        var others = new[] { splits.Train, splits.Validation }
            .SelectMany(s => s.Inputs.select(1, 3).data<float>().ToArray()).Distinct().ToArray();
        Assert.Empty(tested.Intersect(others));
        Assert.Equal(18, others.Length);
        Assert.Equal(3, others.Count(o => o < tested[0]));
        SplitFacts.AssertStandardised(SplitFacts.Prepared(splits, SchoolScores.Descriptor.Tasks).Train, 3, 4);
        SplitFacts.AssertSeeded(splits, again, other);
    }

    [Fact]
    public void ThereAreTenSplits() =>
        Assert.StartsWith(
            "the data set school has 10 splits, one a seed, and none for seed 11",
            Assert.Throws<DataException>(() => Load(20, 11)).Message);

    [Fact]
    public void TooFewPupilsToTrainOnAreRefused() =>
        Assert.Contains(
            "split2 has 1 pupils of school 0 for training and 2 for testing",
            Assert.Throws<DataException>(() => Load(3, 1 + 1, first: 1)).Message);

    [Fact]
    public void FilesThatDoNotBelongTogetherAreRefused()
    {
        var (pupils, _) = Write(20, 0);
        var splits = folder.Write("splits.csv", Encoding.UTF8.GetBytes("split1\n0\n"));
        Assert.StartsWith(
            $"{splits}: 1 rows, expected {139 * 20}",
            Assert.Throws<DataException>(() => SchoolPupils.Of(CsvFile.Read(pupils), CsvFile.Read(splits), 1)).Message);
    }

    [Fact]
    public void AStrangeSchoolIsRefused()
    {
        var (pupils, splits) = Write(20, 0);
        File.WriteAllText(pupils, File.ReadAllText(pupils).Replace("\n138,", "\n139,"));
        Assert.Contains(
            "task 139, expected 0 to 138",
            Assert.Throws<DataException>(() => SchoolPupils.Of(CsvFile.Read(pupils), CsvFile.Read(splits), 1)).Message);
    }

    private Splits Load(int pupils, int seed, int first = 0)
    {
        var (table, splits) = Write(pupils, first);
        return SchoolPupils.Of(CsvFile.Read(table), CsvFile.Read(splits), seed);
    }

    private (string Pupils, string Splits) Write(int count, int first)
    {
        var (pupils, splits) = (
            new StringBuilder("task,score," + string.Join(',', Enumerable.Range(0, 28).Select(i => $"x{i}")) + "\n"),
            new StringBuilder(string.Join(',', Enumerable.Range(1, 10).Select(s => $"split{s}")) + "\n"));
        for (var row = 0; row < 139 * count; row++)
        {
            var pupil = row % count;
            var inputs = Enumerable.Range(0, 28).Select(x => x is 3 ? pupil : x is 4 ? (row * 7) % 11 : (row >> x) & 1);
            pupils.AppendLine($"{row / count},{pupil + 1},{string.Join(',', inputs)}");
            splits.AppendLine(string.Join(',', Enumerable.Range(1, 10).Select(s => pupil + first == s || pupil + first == s + 1 ? 1 : 0)));
        }

        return (
            folder.Write("school.csv", Encoding.UTF8.GetBytes(pupils.ToString())),
            folder.Write("splits.csv", Encoding.UTF8.GetBytes(splits.ToString())));
    }
}
