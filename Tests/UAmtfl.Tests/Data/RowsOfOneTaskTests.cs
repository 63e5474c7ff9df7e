using UAmtfl.Cells;
using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

public sealed class RowsOfOneTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheDocumentationHasTheCodeThatIsTested()
    {
        var (page, source) = (Text("docs/data.md"), Text("Tests/UAmtfl.Tests/Data/RowsOfOneTask.cs"));
        var example = page[page.IndexOf("## Rows of one task each", StringComparison.Ordinal)..];
        example = example[(example.IndexOf("```csharp\n", StringComparison.Ordinal) + 10)..];
        example = example[..example.IndexOf("```", StringComparison.Ordinal)];
        Assert.Equal(source[source.IndexOf("[Experiment", StringComparison.Ordinal)..].TrimEnd(), example.TrimEnd());

        static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");
    }

    [Fact]
    public void TheExampleLoadsAndTrains()
    {
        string[] schools = ["north", "south", "east"];
        var rows = Enumerable.Range(0, 90).Select(i => $"{schools[i % 9 / 4]},{10 + (i % 7)},{i % 5},{i % 11}\n");
        folder.Write("schools.csv", System.Text.Encoding.UTF8.GetBytes("school,age,hours,mark\n" + string.Concat(rows)));
        using var scope = NewDisposeScope();
        var (study, request) = (SchoolStudy.Descriptor, new DataRequest(folder.Path, 1));
        var data = CellData.Load(study, request, CPU, new DataTerms { Variants = study.Variants });
        Assert.Equal([24f, 24, 6], data.Counts.data<float>().ToArray());
        foreach (var variant in study.Variants)
        {
            var (bound, plan) = (variant.Bind(TestSettings.Empty), variant.Plan with { Epochs = 1 });
            var result = TestCell.Run(study, variant, bound, plan, request, _ => { }, default);
            Assert.All(result.TaskErrors, e => Assert.True(double.IsFinite(e)));
        }

        folder.Write("schools.csv", "school,age,hours,mark\nwest,1,2,3\nnorth,1,2,3\nnorth,1,2,3\n"u8.ToArray());
        Assert.Matches(
            "^Schools: the (training|validation|test) set names task -1 in row [0-9]+ .rows count from 0.; the experiment's 3 tasks are " +
                "0 to 2$",
            Assert.Throws<DataException>(() => CellData.Load(SchoolStudy.Descriptor, new(folder.Path, 1), CPU)).Message);
    }
}
