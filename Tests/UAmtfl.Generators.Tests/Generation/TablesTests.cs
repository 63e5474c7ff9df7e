using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The declaration of a table becomes the data set of the descriptor.</summary>
public sealed class TablesTests
{
    private const string Tasks = """
        public enum Outcome
        {
            [Binary] Relapse,
            [Regression, Column("days ill")] Days,
            [Classification(2), Column(Classes = ["b", "a"])] Arm,
        }
        """;

    private static string Source(string table, string tasks = Tasks) => Declaration.Of(
        head: $"[Experiment(\"toy\"), {table}] public static partial class Study", tasks: tasks);

    [Fact]
    public void ATableIsTheDataSet() => Assert.Contains(
        """
                Dataset = static () => new global::UAmtfl.Data.Tables.TableDataset(new()
                {
                    Path = "patients.csv",
                    Tasks =
                    [
                        new("Relapse", global::UAmtfl.Tasks.TaskKind.Binary),
                        new("days ill", global::UAmtfl.Tasks.TaskKind.Regression),
                        new("Arm", global::UAmtfl.Tasks.TaskKind.Classification, 2) { ClassNames = ["b", "a"] },
                    ],
                }),
        """.ReplaceLineEndings("\n"),
        GeneratorRun.Clean(Source("Table(\"patients.csv\")"))["Lab.Study.g.cs"].ReplaceLineEndings("\n"));

    [Fact]
    public void EveryOptionIsWritten()
    {
        var text = GeneratorRun.Clean(Source(
            """
            Table("a\\\"b.csv", Inputs = ["x_*"], Ignore = ["i"], Categories = ["c"], Id = "id", Missing = MissingInputs.Median,
                Unknown = UnknownCategories.Column, Standardise = false, StandardiseLabels = true, Markers = ["?"], Separator = ';',
                DecimalComma = true),
            Partition(Train = 0.5, Validation = 0.25, Stratify = "s", Group = "g", Seed = 7)
            """))["Lab.Study.g.cs"];
        Assert.All(
            [
                "Path = \"a\\\\\\\"b.csv\",", "Inputs = [\"x_*\"],", "Ignore = [\"i\"],", "Categories = [\"c\"],", "Id = \"id\",",
                "Missing = global::UAmtfl.MissingInputs.Median,", "Unknown = global::UAmtfl.UnknownCategories.Column,",
                "Standardise = false,", "StandardiseLabels = true,",
                "Format = new() { Separator = ';', DecimalComma = true, Markers = [\"?\"] },",
                "Partition = new() { Train = 0.5, Validation = 0.25, Stratify = \"s\", Group = \"g\", Seed = 7 },",
            ],
            member => Assert.Contains(member, text));
        Assert.Contains(
            "Partition = new() { Folds = 5 },",
            GeneratorRun.Clean(Source("Table(\"t.csv\"), Partition(Folds = 5)"))["Lab.Study.g.cs"]);
        Assert.Contains(
            "Partition = new() { ValidationFile = \"v.csv\", TestFile = \"t.csv\" },",
            GeneratorRun.Clean(Source("Table(\"a.csv\"), Partition(ValidationFile = \"v.csv\", TestFile = \"t.csv\")"))["Lab.Study.g.cs"]);
    }

    [Fact]
    public void RowsOfOneTaskEachHaveTheirOwnCode()
    {
        var text = GeneratorRun.Clean(Source(
            "Table(\"schools.csv\", Task = \"school\", Label = \"mark\")",
            "[Regression] public enum School { North, South }"))["Lab.Study.g.cs"];
        Assert.Contains("new global::UAmtfl.Data.Tables.PerTaskTableDataset(new()", text);
        Assert.Contains("Task = \"school\",", text);
        Assert.Contains("in which each row is of one task", text);
    }

    [Fact]
    public void AFamilyIsColumnsNamedLikeItsLines()
    {
        var run = GeneratorRun.WithFiles(
            Source("Table(\"drugs.csv\"), RegressionFamily(\"Drug\", \"drugs.tasks.txt\")", tasks: ""),
            ("/p/drugs.tasks.txt", "NVP-TAE684\nB\n"));
        Assert.Contains("new(\"NVP-TAE684\", global::UAmtfl.Tasks.TaskKind.Regression),", run["Lab.Study.g.cs"]);
    }

    /// <summary>The rows of a table are no part of the code, so that an edit of the file regenerates nothing.</summary>
    [Fact]
    public void AnEditOfTheTableRegeneratesNothing()
    {
        const string Path = "/p/t.csv", Text = "x,A\n1,2\n";
        var first = GeneratorRun.WithFiles(
            Declaration.Of(
                head: "[Experiment(\"toy\"), Table(\"t.csv\")] public static partial class Study",
                tasks: "[Regression] public enum T { A }",
                trunks: "[Input(1), Linear(2)] public partial class Mlp;"),
            (Path, Text));
        Assert.NotEmpty(first.Hints);
        Assert.Empty(first.EditFile(Path, Text, Text + "3,4\n").WrittenSince(first));
    }
}
