using System.Text;
using UAmtfl.Data;
using UAmtfl.Experiments.Exam;

namespace UAmtfl.Tests.Experiments;

/// <summary>The exam data, whose files ship with the experiments, so that no test is skipped.</summary>
public sealed class ExamPupilsTests : IDisposable
{
    private const string Head = "school,normexam,schgend,schavg,vr,intake,standLRT,sex,type,student\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void EverySchoolIsTrainedAndTestedOn()
    {
        using var splits = Load(1);
        Assert.Equal([splits.Train.Count, 9], splits.Train.Inputs.shape);
        Assert.Equal(4059, splits.Train.Count + splits.Validation.Count + splits.Test.Count);
        var (train, validation, test) = (
            SplitFacts.Counts(splits.Train, 65), SplitFacts.Counts(splits.Validation, 65), SplitFacts.Counts(splits.Test, 65));
        Assert.All(train.Concat(test), n => Assert.True(n >= 1));
        Assert.Equal((1, 0, 1), (train[47], validation[47], test[47]));
        Assert.All(
            Enumerable.Range(0, 65).Where(t => t != 47),
            t => Assert.InRange(test[t] / (double)(train[t] + validation[t] + test[t]), 0.2, 0.3));
        Assert.InRange(splits.Train.Count / 4059.0, 0.59, 0.61);
        Assert.InRange(splits.Validation.Count / 4059.0, 0.14, 0.16);
    }

    /// <summary>Each pupil is in exactly one split: the scores of all splits together are those of the file.</summary>
    [Fact]
    public void EveryPupilIsInOnePart()
    {
        using var splits = Load(3);
        var table = CsvFile.Read(Path.Combine(ExamCatalogue.Entry.ShippedFolder!, "Exam.csv.gz"));
        var parts = new[] { splits.Train, splits.Validation, splits.Test }.SelectMany(s => s.Labels.data<float>().ToArray());
        Assert.Equal(table.Numbers("normexam").Select(n => (float)n).Order(), parts.Order());
    }

    [Fact]
    public void TrainingRowsStandardise()
    {
        using var prepared = SplitFacts.Prepared(Load(3), ExamSchools.Descriptor.Tasks);
        SplitFacts.AssertStandardised(prepared.Train, 0, 4);
        Assert.NotEqual(0, prepared.Test.Inputs.mean().item<float>(), 1e-4);
    }

    [Fact]
    public void TheSeedDraws()
    {
        using var splits = Load(1);
        using var again = Load(1);
        using var other = Load(2);
        SplitFacts.AssertSeeded(splits, again, other);
    }

    [Theory]
    [InlineData("66,0,mixed,0,mid 50%,mid 50%,0,F,Mxd,1", "line 2: school 66, expected 1 to 65")]
    [InlineData("1,0,mixed,0,mid 50%,mid 50%,,F,Mxd,1", "line 2, column 'standLRT': no value, expected a number")]
    [InlineData("1,0,mixed,0,mid 50%,mid 50%,0,X,Mxd,1", "line 2, column 'sex': 'X', expected F or M")]
    [InlineData("1,0,mixed,0,mid 50%,mid 50%,0,F,Mxd,1", "school 1 has 1 pupils, expected at least 2")]
    public void DamagedInputIsRefused(string row, string problem)
    {
        var file = folder.Write("Exam.csv", Encoding.UTF8.GetBytes(Head + row + "\n"));
        var error = Assert.Throws<DataException>(() => ExamPupils.Of(CsvFile.Read(file), 1));
        Assert.StartsWith($"{file}: {problem}", error.Message);
    }

    [Fact]
    public void ATruncatedFileIsRefused()
    {
        folder.WriteRaw("Exam.csv.gz", File.ReadAllBytes(Path.Combine(ExamCatalogue.Entry.ShippedFolder!, "Exam.csv.gz"))[..20_000]);
        Assert.Contains("Exam.csv.gz", Assert.Throws<DataException>(() => new ExamPupils().Load(new(folder.Path, 1))).Message);
    }

    private static Splits Load(int seed) => new ExamPupils().Load(new(null, seed));
}
