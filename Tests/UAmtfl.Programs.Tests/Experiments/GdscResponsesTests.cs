using System.Globalization;
using System.Text;
using UAmtfl.Data;
using UAmtfl.Experiments.Pharmacogenomics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Experiments;

public sealed class GdscResponsesTests : IDisposable
{
    private const int Lines = 40;
    private static readonly string[] Drugs = ["Aspirin 2", "Caffeine", "Aspirin 7"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(657, 461, 65, 131)]
    [InlineData(10, 7, 1, 2)]
    public void LinesAreSplitWhole(int lines, int train, int validation, int test)
    {
        var split = LineSplit.From(lines, 1);
        Assert.Equal((train, validation, test), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, lines), split.Train.Concat(split.Validation).Concat(split.Test).Order());
        Assert.Equal(split.Train, LineSplit.From(lines, 1).Train);
        Assert.NotEqual(split.Train, LineSplit.From(lines, 2).Train);
    }

    /// <summary>Cell lines are matched by name and drugs by column. Drugs that are not marked are left out, and missing responses are
    /// NaN.</summary>
    [Fact]
    public void ResponsesStayWithTheirLines()
    {
        Write();
        using var scope = NewDisposeScope();
        var splits = Read(1);
        var split = LineSplit.From(Lines, 1);
        foreach (var (samples, rows) in new[]
        {
            (splits.Train, split.Train), (splits.Validation, split.Validation), (splits.Test, split.Test),
        })
        {
            Assert.Equal([rows.Length, 3], samples.Inputs.shape);
            Assert.Equal([rows.Length, 3], samples.Labels.shape);
            Assert.Equal(rows.Select(l => (float)l), samples.Inputs.select(1, 0).data<float>().ToArray());
            Assert.Equal(
                rows.SelectMany(l => new[] { l + 0.5f, l % 5 == 0 ? float.NaN : 2 * l, -l }), samples.Labels.data<float>().ToArray());
        }

        Assert.False(splits.SharedTest);
    }

    /// <summary>Means and deviations are those of the training lines: other numbers in the test lines change nothing in the training
    /// set.</summary>
    [Fact]
    public void ScalesAreThoseOfTheTrainingLines()
    {
        Write();
        using var scope = NewDisposeScope();
        var splits = Prepared(1);
        Assert.InRange(splits.Train.Inputs.mean([0L]).abs().max().item<float>(), 0, 1e-6);
        Assert.Equal(1, splits.Train.Inputs.select(1, 0).std(unbiased: false).item<float>(), 1e-5);
        Assert.All(
            Enumerable.Range(0, 3),
            t => Assert.Equal(
                0, splits.Train.Labels.select(1, t).data<float>().ToArray().Where(v => !float.IsNaN(v)).Average(v => (double)v), 1e-5));

        // A gene that is silent in training is scaled by at most 10, so that 1 log2 unit in another line does not become a thousand.
        Assert.All(splits.Train.Inputs.select(1, 2).data<float>().ToArray(), v => Assert.InRange(v, -1e-6, 1e-6));

        var test = LineSplit.From(Lines, 1).Test;
        Write(
            expression: l => test.Contains(l) ? 1000 : l, silent: l => l == test[0] ? 1 : 0, response: l => test.Contains(l) ? -1000 : l);
        var other = Prepared(1);
        Assert.True(splits.Train.Inputs.Equals(other.Train.Inputs) && splits.Validation.Inputs.Equals(other.Validation.Inputs));
        Assert.True(splits.Train.Labels.select(1, 2).Equals(other.Train.Labels.select(1, 2)));
        Assert.False(splits.Test.Inputs.Equals(other.Test.Inputs));
        Assert.Equal(10, other.Test.Inputs[0, 2].item<float>(), 1e-5);
    }

    [Fact]
    public void OptionsLeaveOutTheScale()
    {
        Write();
        using var scope = NewDisposeScope();
        var splits = Prepared(1, ("Genes", "Centred"), ("Responses", "Raw"));
        var split = LineSplit.From(Lines, 1);
        var mean = split.Train.Average(l => (double)l);
        Assert.Equal(split.Test.Select(l => (float)(l - mean)), splits.Test.Inputs.select(1, 0).data<float>().ToArray());
        Assert.Equal(split.Test.Select(l => -(float)l), splits.Test.Labels.select(1, 2).data<float>().ToArray());
    }

    [Fact]
    public void OtherDrugsAreRefused()
    {
        Write(first: "Ibuprofen");
        Refused($"{folder.File("drugs.csv")}: line 2: the drug is 'Ibuprofen', expected 'Aspirin 2', number 1 of drugs.tasks.txt: ");
        Write(marked: 0);
        Refused($"{folder.File("drugs.csv")}: line 5: the drug is 'Aspirin', expected 'Aspirin 2', number 1 of drugs.tasks.txt: ");
        Write();
        Assert.StartsWith(
            $"{folder.File("drugs.csv")}: 3 drugs are marked in_top181, expected the 4 of drugs.tasks.txt: ",
            Assert.Throws<DataException>(() => GdscResponses.Read(folder.Path, [.. Drugs, "Water"], new(null, 1))).Message);
    }

    [Fact]
    public void ALineWithoutExpressionIsRefused()
    {
        Write(lines: Lines - 1);
        Refused($"{folder.File("expression_log2tpm.csv.gz")}: no cell line 'L39', which {folder.File("ic50_ln.csv.gz")} has in line 41: ");
    }

    [Fact]
    public void AnUnknownOptionIsRefused()
    {
        Write();
        Assert.Equal(
            "the data set's option Genes is 'Ranked'; it must be Standardised or Centred",
            Assert.Throws<DataException>(() => Read(1, ("Genes", "Ranked"))).Message);
    }

    [Fact]
    public void TheDrugsAreNamedOnceEach()
    {
        var tasks = DrugResponse.Descriptor.Tasks.Tasks;
        Assert.Equal((181, 181), (tasks.Count, tasks.Select(t => t.Name).Distinct().Count()));
        Assert.Contains("Bleomycin 190", tasks.Select(t => t.Name));
    }

    [RealDataFact("gdsc")]
    public void TheRealTablesHaveTheDrugs()
    {
        using var scope = NewDisposeScope();
        var splits = new GdscResponses().Load(new(RealDataFactAttribute.Root, 1));
        Assert.Equal([461, 687], splits.Train.Inputs.shape);
        Assert.Equal([131, 181], splits.Test.Labels.shape);
        var measured = cat([splits.Train.Labels, splits.Validation.Labels, splits.Test.Labels], 0).isnan().logical_not().sum(dim: 0);
        Assert.InRange(measured.min().item<long>(), 560, 657);
        Assert.InRange(SplitFacts.Prepared(splits, DrugResponse.Descriptor.Tasks).Test.Inputs.abs().max().item<float>(), 0, 60);
    }

    /// <summary>After two epochs the networks are not much worse than the drugs' means, from which they start.</summary>
    [RealDataFact("gdsc")]
    public void TheNetworksRun()
    {
        foreach (var name in new[] { "Mean", "MtlNn", "UAmtfl", "FeatureNorm" })
        {
            var variant = DrugResponse.Descriptor.Variants.First(v => v.Name == name);
            var result = TestCell.Run(
                DrugResponse.Descriptor,
                variant,
                variant.Bind(TestSettings.Empty),
                variant.Plan with { Epochs = 2 },
                new(RealDataFactAttribute.Root, 1),
                _ => { },
                default);
            Assert.Equal(181, result.TaskErrors.Length);
            Assert.All(result.TaskErrors.Concat(result.TaskLosses), e => Assert.True(double.IsFinite(e)));
            Assert.InRange(result.OverallError, 1.5, 3);
        }
    }

    private Splits Read(int seed, params (string Name, string Value)[] options) =>
        GdscResponses.Read(folder.Path, Drugs, new(null, seed, options.ToDictionary(o => o.Name, o => o.Value)));

    private Splits Prepared(int seed, params (string Name, string Value)[] options) =>
        SplitFacts.Prepared(Read(seed, options), TaskSet.Family(TaskKind.Regression, Drugs));

    private void Refused(string start) => Assert.StartsWith(start, Assert.Throws<DataException>(() => Read(1)).Message);

    /// <summary>Writes tables of 40 cell lines l with three genes: one equals l, one counts down, one is silent. The responses are l + ½,
    /// 2l (missing for every fifth line) and −l. The expression table has the lines in reverse order, and one line more.</summary>
    private void Write(
        Func<int, double>? expression = null,
        Func<int, double>? silent = null,
        Func<int, double>? response = null,
        string first = "Aspirin",
        int marked = 1,
        int lines = Lines)
    {
        folder.Write(
            "drugs.csv",
            Encoding.UTF8.GetBytes(
                $"column,gdsc_drug_id,name,in_top181\nD2,2,{first},{marked}\nD9,9,Tea,0\nD5,5,Caffeine,{marked}\nD7,7,Aspirin,1\n"));
        folder.Write(
            "ic50_ln.csv.gz",
            Text(
                "depmap_id,D7,D2,D5,D9",
                Enumerable.Range(0, Lines),
                l => $"{-(response ?? (n => n))(l)},{l + 0.5},{(l % 5 == 0 ? "" : $"{2 * l}")},99"));
        folder.Write(
            "expression_log2tpm.csv.gz",
            Text(
                "depmap_id,ONE,TWO,SILENT",
                Enumerable.Range(0, lines).Reverse().Append(77),
                l => $"{(expression ?? (n => n))(l)},{Lines - l},{(silent ?? (_ => 0))(l)}"));
    }

    private static byte[] Text(string head, IEnumerable<int> lines, Func<int, FormattableString> row) =>
        Encoding.UTF8.GetBytes(
            string.Concat(lines.Select(l => $"L{l},{row(l).ToString(CultureInfo.InvariantCulture)}\n").Prepend(head + "\n")));
}
