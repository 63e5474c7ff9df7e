using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about tables: those of the declaration alone, and those that compare it with the file.</summary>
public sealed class TableRuleTests
{
    private const string Patients = """
        id,Age,sex,stage,Relapse,days,mixed
        a,51,m,I,yes,12.5,1
        b,47,f,II,no,,?
        c,,f,III,,3,2
        """;

    private const string Tasks = "public enum Outcome { [Binary] Relapse, [Regression] Days }";

    private static string Source(string table, string tasks = Tasks, string partition = "", string trunk = Declaration.Trunks) =>
        Declaration.Of(
            head: $"[Experiment(\"toy\"), {table}{(partition.Length > 0 ? $", {partition}" : "")}] public static partial class Study",
            tasks: tasks,
            trunks: trunk);

    private static Task Verified(string source, params (string Id, string Message)[] findings) => Verify.RuleAsync(
        source,
        [
            ("/project/data/patients.csv", Patients), ("/project/damaged.csv", "a,b\n1,2\n3\n"),
            ("/project/data/t.tsv", "x\tDays\n1\t2\n3\t4\n"),
            ("/project/rows.csv", "school,hours,mark\nnorth,1,5\nSouth High,2,6\n"),
            ("/project/gaps.csv", "school,hours,mark\nNorth,1,5\nNA,2,6\nSuoth,2,6\n,2,6\n"),
        ],
        findings);

    private const string OneInput = "[Input(1), Linear(8)] public partial class Mlp;";

    private static string Schools(string file, string task = "Task = \"school\"") => $"Table(\"{file}\", {task}, Label = \"mark\")";

    private static string Named(string more) => $"Table(\"patients.csv\", Id = \"id\", Missing = MissingInputs.Mean{more})";

    [Fact]
    public Task ATableThatFitsIsSilent() => Verified(
        Source(
            Named(", Ignore = [\"mixed\"]"),
            "public enum Outcome { [Binary] Relapse, [Regression] Days, [Classification(3), Column(\"stage\")] Severity }",
            trunk: "[Input(3), Linear(8), ReLU] public partial class Mlp;"));

    [Fact]
    public Task ATableThatTheCompilerDoesNotSeeIsSilent() => Verified(Source("Table(\"elsewhere.csv\")"));

    [Fact]
    public Task UAM046ADamagedTable() => Verified(
        Source("Table({|#0:\"damaged.csv\"|})"),
        (
            "UAM046",
            "The table 'damaged.csv' cannot be used: damaged.csv: line 3 has 1 field, expected 2 as in line 1: mend the line, or fetch "
                + "the file again if it is truncated"));

    [Fact]
    public Task UAM046ATableBesideADatasetAndHalfOfAPair() => Verified(
        Source(
            "Dataset<Toy>, {|#0:Table(\"elsewhere.csv\", {|#1:Task = \"school\"|})|}", "[Regression] public enum School { North, South }"),
        ("UAM046", "The table 'elsewhere.csv' cannot be used: there is a [Dataset<T>] too: keep one"),
        (
            "UAM046",
            "The table 'elsewhere.csv' cannot be used: Task says that each row is of one task, and Label is not stated: state both, or "
                + "neither"));

    [Fact]
    public Task UAM046LabelsOfSeveralKindsInOneColumn() => Verified(
        Source("Table(\"elsewhere.csv\", {|#0:Task = \"school\"|}, Label = \"mark\")"),
        (
            "UAM046",
            "The table 'elsewhere.csv' cannot be used: rows of one task each have labels in one column, and 'Days' is of another kind "
                + "than 'Relapse': give all tasks one kind"));

    [Theory]
    [InlineData("Id = {|#0:\"ids\"|}", "", "there is no column 'ids'; did you mean 'id'?")]
    [InlineData("{|#0:Inputs = [\"agee\", \"sex\"]|}", "", "there is no column 'agee'; did you mean 'Age'?")]
    [InlineData(
        "{|#0:Ignore = [\"x*\"]|}", "", "no column is named like 'x*'; known are: id, Age, sex, stage, Relapse, days, mixed")]
    [InlineData("Missing = MissingInputs.Mean", "Partition({|#0:Group = \"hospital\"|})",
        "there is no column 'hospital'; known are: id, Age, sex, stage, Relapse, days, mixed")]
    [InlineData("Missing = MissingInputs.Mean", "Partition({|#0:Column = \"spilt\"|})",
        "there is no column 'spilt'; known are: id, Age, sex, stage, Relapse, days, mixed")]
    public Task UAM047ANameThatIsNoColumn(string option, string partition, string message) => Verified(
        Source($"Table(\"patients.csv\", {option.Replace("Id = {|#0:\"ids\"|}", "{|#0:Id = \"ids\"|}")})", partition: partition),
        ("UAM047", $"In 'patients.csv' {message}"));

    [Fact]
    public Task UAM047ATaskWithoutAColumn() => Verified(
        Source(Named(""), "public enum Outcome { [Binary] {|#0:Relaps|}, [Regression, Column({|#1:\"day\"|})] Days }"),
        ("UAM047", "In 'patients.csv' there is no column 'Relaps'; did you mean 'Relapse'?"),
        ("UAM047", "In 'patients.csv' there is no column 'day'; did you mean 'days'?"));

    [Theory]
    [InlineData(
        "[Regression] {|#0:Sex|}", "sex", "is text, line 2 has 'm', and a regression needs numbers: write [Classification(k)], or name "
            + "another column")]
    [InlineData(
        "[Classification(4)] {|#0:Stage|}", "stage", "has 3 different values, 'I', 'II', 'III', and the task has 4 classes: write "
            + "[Classification(3)], or state the classes in order with [Column(Classes = …)]")]
    [InlineData(
        "[Binary, Column({|#0:\"stage\"|})] Severe", "stage", "has 3 different values, 'I', 'II', 'III', and the task has 2 classes: "
            + "write [Classification(3)], or mend the field that is no class")]
    [InlineData(
        "[Classification(3), Column(\"stage\", {|#0:Classes = [\"I\", \"II\"]|})] Severity", "stage", "has 2 Classes, and the task has 3: "
            + "state as many")]
    [InlineData(
        "[Classification(2)] {|#0:Mixed|}", "mixed", "has numbers, and line 3 has '?': mend it, or name it in Markers if it marks a "
            + "missing value")]
    public Task UAM048AColumnThatDoesNotFitItsTask(string task, string column, string message) => Verified(
        Source(
            Named(", Inputs = [\"Age\"]"), $"public enum Outcome {{ {task} }}", trunk: "[Input(1), Linear(8)] public partial class Mlp;"),
        ("UAM048", $"Column '{column}' of 'patients.csv' {message}"));

    [Fact]
    public Task UAM048AMissingInput() => Verified(
        Source("Table({|#0:\"patients.csv\"|}, Id = \"id\", Ignore = [\"stage\", \"mixed\"])"),
        ("UAM048", "Column 'Age' of 'patients.csv' has 1 missing value, the first in line 4: say with Missing what is done with them"));

    [Fact]
    public Task UAM048TextAmongNumbers() => Verified(
        Source("Table(\"patients.csv\", {|#0:Inputs = [\"sex\", \"mixed\"]|})"),
        (
            "UAM048",
            "Column 'mixed' of 'patients.csv' has numbers, and line 3 has '?': mend it, name it in Markers if it marks a missing value, "
                + "or the column in Categories if its values are categories"));

    [Fact]
    public Task AColumnThatNamesEachTaskIsSilent() => Verified(
        Source(Schools("rows.csv"), "[Regression] public enum School { North, [Column(\"south high\")] South }", trunk: OneInput));

    [Fact]
    public Task UAM048RowsOfNoTaskAndATaskWithoutRows() => Verified(
        Source(
            Schools("rows.csv", "{|#0:Task = \"school\"|}"),
            "[Regression] public enum School { North, {|#1:South|}, {|#2:East|} }",
            trunk: OneInput),
        (
            "UAM048",
            "Column 'school' of 'rows.csv' has a value that names no task: 'South High' is no task; known are: North, South, East"),
        (
            "UAM048",
            "Column 'school' of 'rows.csv' has no row of the task 'South', which could not be trained: name its "
                + "value with [Column(\"value\")], or drop the task"),
        (
            "UAM048",
            "Column 'school' of 'rows.csv' has no row of the task 'East', which could not be trained: name its "
                + "value with [Column(\"value\")], or drop the task"));

    [Fact]
    public Task UAM048AValueThatIsMisspeltIsNamedWithTheTaskThatItMeans() => Verified(
        Source(
            Schools("gaps.csv", "{|#0:{|#1:Task = \"school\"|}|}"),
            "[Regression] public enum School { North, {|#2:South|} }",
            trunk: OneInput),
        (
            "UAM048",
            "Column 'school' of 'gaps.csv' has 2 rows without a task, the first in line 3: name the task of each"),
        (
            "UAM048",
            "Column 'school' of 'gaps.csv' has a value that names no task: 'Suoth' is no task; did you mean 'South'?"),
        (
            "UAM048",
            "Column 'school' of 'gaps.csv' has no row of the task 'South', which could not be trained: name its "
                + "value with [Column(\"value\")], or drop the task"));

    /// <summary>Of a table with more characters than the compiler reads, it does not know which tasks have no row.</summary>
    [Fact]
    public async Task OfALargeTableOnlyValuesThatNameNoTaskAreReported()
    {
        var run = GeneratorRun.WithFiles(
            Source(Schools("large.csv"), "[Regression] public enum School { North, South }", trunk: OneInput),
            ("/project/large.csv", "school,hours,mark\nWest,1,5\n" + string.Concat(Enumerable.Repeat($"North,{5:D300},3\n", 15_000))));
        Assert.Equal(
            "Column 'school' of 'large.csv' has a value that names no task: 'West' is no task; known are: North, South",
            Assert.Single(await run.AnalyzeAsync()).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task UAM049ANetworkOfAnotherWidth() => Verified(
        Source(
            Named(", Ignore = [\"mixed\"], Unknown = UnknownCategories.Column"),
            trunk: "[{|#0:Input(5)|}, Linear(8), ReLU] public partial class Mlp;"),
        ("UAM049", "Network 'Mlp' takes inputs of shape [5], and the data give [8]: write [Input(8)]"));

    [Theory]
    [InlineData(
        "{|#0:Train = 0.9|}", "the fractions Train and Validation leave no row for the test: choose smaller ones, whose sum is below 1")]
    [InlineData("{|#0:Folds = 1|}", "a cross-validation has at least 2 folds: choose more, or drop Folds")]
    [InlineData(
        "Folds = 2, {|#0:Validation = 0.5|}",
        "the validation fraction and the fold of the test leave no training row: choose a smaller one")]
    [InlineData("Folds = 5, {|#0:Train = 0.5|}", "Train has no effect beside Folds: keep one")]
    [InlineData("Column = \"split\", {|#0:Folds = 5|}", "Folds has no effect beside Column: keep one")]
    [InlineData("Column = \"split\", {|#0:Seed = 3|}", "Seed has no effect beside Column: keep one")]
    [InlineData("Folds = 5, {|#0:TestFile = \"t.csv\"|}", "TestFile has no effect beside Folds: keep one")]
    public Task UAM050SplitsThatContradictEachOther(string partition, string message) => Verified(
        Source("Table(\"elsewhere.csv\")", partition: $"Partition({partition})"),
        ("UAM050", $"[Partition] cannot split the rows: {message}"));

    [Fact]
    public Task UAM021AttributesOfATableWithoutOne() => Verified(
        Source("Dataset<Toy>", "public enum Outcome { [Binary, {|#1:Column(\"y\")|}] Relapse }", "{|#0:Partition(Folds = 3)|}"),
        ("UAM021", "[Partition] has no effect here: it is about a [Table(\"…\")], which the experiment has not"),
        ("UAM021", "[Column] has no effect here: it is about a [Table(\"…\")], which the experiment has not"));

    [Fact]
    public Task TabsAreKnownByTheName() => Verified(
        Source("Table(\"t.tsv\")", "[Regression] public enum T { Days }", trunk: "[Input(1), Linear(8)] public partial class Mlp;"));
}
