using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Data.Tables;

/// <summary>Columns become labels and inputs as the declaration says.</summary>
public sealed class TableColumnsTests : IDisposable
{
    private readonly Table table = new();

    public void Dispose() => table.Dispose();

    [Fact]
    public void InputsAreAllOtherColumnsOrThoseNamed()
    {
        table.Write("id,gene_b,gene_a,age,y\nr1,1,2,3,1\nr2,1,2,3,2\nr3,1,2,3,3\n");
        var declared = Table.Plain with { Id = "id" };
        Assert.Equal(["gene_b", "gene_a", "age"], Names(declared));
        Assert.Equal(["age", "gene_b", "gene_a"], Names(declared with { Inputs = ["AGE", "gene_*"] }));
        Assert.Equal(["gene_b", "age"], Names(declared with { Inputs = ["*"], Ignore = ["*_a"] }));
        Assert.Equal(["r1", "r2", "r3"], new[] { table.Load(declared) }
            .SelectMany(s => s.Train.Ids!.Concat(s.Validation.Ids!).Concat(s.Test.Ids!)).Order());
        Assert.Equal(
            "t.csv: no column is named like 'x*'; known are: id, gene_b, gene_a, age, y",
            table.Refused(declared with { Inputs = ["x*"] }));
        Assert.Equal(
            "t.csv: 'y' is a label or has another role: leave it out of the inputs",
            table.Refused(declared with { Inputs = ["age", "y"] }));

        IEnumerable<string> Names(TableDeclaration declaration) => table.Load(declaration).Table!.Columns.Select(c => c.Name);
    }

    [Fact]
    public void CategoriesAndFlagsBecomeColumnsOfOnesAndZeros()
    {
        table.Write("colour,zip,smokes,y,split\nred,10,true,1,train\nblue,20,FALSE,2,val\nred,10,True,3,test\n");
        var declared = Table.Plain with { Categories = ["zip"], Partition = new() { Column = "split" } };
        Assert.Equal([[0f, 1, 1, 0, 1], [1, 0, 0, 1, 0], [0, 1, 1, 0, 1]], Table.Inputs(table.Load(declared)));
        Assert.Equal(
            [[0f, 1, 0, 1, 0, 0, 1], [1, 0, 0, 0, 1, 0, 0], [0, 1, 0, 1, 0, 0, 1]],
            Table.Inputs(table.Load(declared with { Unknown = UnknownCategories.Column })));
        var columns = table.Load(declared).Table!.Columns;
        Assert.Equal([["blue", "red"], ["10", "20"], null], columns.Select(c => c.Categories));
        Assert.Equal([TableInputKind.Category, TableInputKind.Category, TableInputKind.Flag], columns.Select(c => c.Kind));
    }

    [Fact]
    public void TextWithManyValuesIsNoInputUnlessItIsDeclared()
    {
        table.Write("name,y\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"n{i},{i}\n")));
        Assert.Equal(
            "t.csv: column 'name' is text with 150 different values, line 2 has 'n0': leave it out with Ignore, or name it in Categories "
                + "if each value is to be an input",
            table.Refused(Table.Plain));
        Assert.Equal(150, table.Load(Table.Plain with { Categories = ["name"] }).Train.Inputs.shape[1]);
    }

    [Theory]
    [InlineData("0,1,0,1", TaskKind.Binary, 1, "0,1,0,1")]
    [InlineData("-1,1,,1", TaskKind.Binary, 1, "0,1,NaN,1")]
    [InlineData("true,False,NA,true", TaskKind.Binary, 1, "1,0,NaN,1")]
    [InlineData("yes,no,no,", TaskKind.Binary, 1, "1,0,0,NaN")]
    [InlineData("2,0,1,2", TaskKind.Classification, 3, "2,0,1,2")]
    [InlineData("3,1,2,3", TaskKind.Classification, 3, "2,0,1,2")]
    [InlineData("low,mid,high,", TaskKind.Classification, 3, "1,2,0,NaN")]
    [InlineData("1,,2.5,-3", TaskKind.Regression, 1, "1,NaN,2.5,-3")]
    public void LabelsAreNumbersOrPlacesAmongTheClasses(string column, TaskKind kind, int classes, string labels)
    {
        table.Write("y,x,split\n" + string.Concat(column.Split(',').Select((y, i) => $"{y},{i},{(i < 2 ? "train" : "test")}\n")));
        var splits = table.Load(Table.Plain with
        {
            Tasks = [new("y", kind, classes)],
            Partition = new() { Column = "split" },
        });
        float[] found = [.. splits.Train.Labels.data<float>(), .. splits.Test.Labels.data<float>()];
        Assert.Equal(labels.Split(',').Select(l => float.Parse(l, System.Globalization.CultureInfo.InvariantCulture)), found);
    }

    [Fact]
    public void ClassesMayBeStatedInOrder()
    {
        table.Write("y,x,split\nlow,1,train\nhigh,2,train\nmiddle,3,test\n");
        var stated = Table.Plain with
        {
            Tasks = [new("y", TaskKind.Classification, 3) { ClassNames = ["low", "middle", "high"] }],
            Partition = new() { Column = "split" },
        };
        var splits = table.Load(stated);
        Assert.Equal([0f, 2], splits.Train.Labels.data<float>().ToArray());
        Assert.Equal(["low", "middle", "high"], splits.Table!.Classes["y"]);
        Assert.Equal(
            "t.csv: line 3, column 'y' has 'high', which is none of its Classes 'low', 'middle', 'top': add it, or mend the field",
            table.Refused(stated with { Tasks = [stated.Tasks[0] with { ClassNames = ["low", "middle", "top"] }] }));
    }

    [Theory]
    [InlineData("a,b,c,a", TaskKind.Binary, 1, "has 3 different values, 'a', 'b', 'c', and the task has 2 classes: write "
        + "[Classification(3)], or mend the field that is no class", 4)]
    [InlineData("a,a,,a", TaskKind.Binary, 1, "has one value, 'a', and the task has 2 classes: state the classes in order with "
        + "[Column(Classes = …)]")]
    [InlineData("a,b,,a", TaskKind.Classification, 3, "has 2 different values, 'a', 'b', and the task has 3 classes: write [Binary], or "
        + "state the classes in order with [Column(Classes = …)]")]
    [InlineData("0,3,1,2", TaskKind.Classification, 3, "has 4 different numbers, '0', '1', '2', '3', and the task has 3 classes: write "
        + "[Classification(4)], or clean the column", 5)]
    [InlineData("7,7,7,7", TaskKind.Binary, 1, "has one number, '7', and the task has 2 classes: clean the column, or state the classes "
        + "in order with [Column(Classes = …)]")]
    [InlineData("1,2,x,3", TaskKind.Classification, 3, "has numbers, and line 4 has 'x': mend it, or name it in Markers if it marks a "
        + "missing value")]
    [InlineData("true,false,true,true", TaskKind.Regression, 1, "is true or false, and a regression needs numbers: write [Binary]")]
    [InlineData(",,,", TaskKind.Regression, 1, "has no value: name another with [Column(\"name\")]")]
    public void LabelsThatDoNotFitTheirTaskAreRefused(string column, TaskKind kind, int classes, string message, int line = 0)
    {
        table.Write("y,x\n" + string.Concat(column.Split(',').Select((y, i) => $"{y},{i}\n")));
        var place = line > 0 ? $"t.csv: line {line}," : "t.csv:";
        Assert.Equal($"{place} column 'y' {message}", table.Refused(Table.Plain with { Tasks = [new("y", kind, classes)] }));
    }

    /// <summary>What a run finds in the numbers of a table is named with its place in the file.</summary>
    [Fact]
    public void WrongNumbersAreNamedWithTheirPlace()
    {
        table.Write("note,y,a,b,split\nx,1,3,8,train\ny,-1,2,4,test\n");
        var splits = table.Load(Table.Plain with { Ignore = ["note"], Partition = new() { Column = "split" } });
        var tasks = new TaskSet([new("Visits", TaskKind.Regression, 1) { IsRate = true }], [0], OneVsAll: false);
        Assert.Equal(
            "t.csv: line 3, column 'y' has label -1 for task Visits; a regression label must be a finite number of at least 0, "
                + "because its loss is Poisson, or an empty field where it is missing",
            Wrong(() => SampleChecks.Require(splits.Test, "test", tasks, mayBeEmpty: false)));

        var variant = Patients.Descriptor.Variants[0];
        var terms = new DataTerms { Variants = [variant with { Input = [3] }] };
        Assert.Equal(
            "the training set has inputs of shape [1, 2], but the network of Alone takes [N, 3]: the table has the inputs 'a', 'b': "
                + "choose them with Inputs or Ignore of [Table], or write [Input(2)]",
            Wrong(() => terms.RequireInputs(splits.Train.Inputs, "training", splits.Train.Origin)));
        terms = new() { Variants = [variant with { Input = [2], Vocabulary = 8 }] };
        Assert.Equal(
            "t.csv: line 2, column 'b' has 8, which is no index for the [Embedding] of Alone: give whole numbers from 0 to 7, or a larger "
                + "vocabulary",
            Wrong(() => terms.RequireInputs(splits.Train.Inputs, "training", splits.Train.Origin)));

        var many = new SampleOrigin(_ => "", [.. Enumerable.Range(0, 20).Select(i => $"x{i / 2}"), "extra"], []);
        Assert.Equal("'x0', 'x1', 'x2', 'x3', …, 'x7', 'x8', 'x9', 'extra'", many.Columns);

        string Wrong(Action check) => Assert.Throws<DataException>(check).Message
            .Replace(table.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    [Fact]
    public void RowsMayBeOfOneTaskEach()
    {
        table.Write("school,hours,mark,split\nNorth,1,5,train\nSouth,2,6,train\nnorth,3,7,test\nSouth,4,,train\nSouth,5,8,val\n");
        var declared = Table.Plain with
        {
            Tasks = [new("South", TaskKind.Regression), new("NORTH", TaskKind.Regression)],
            Task = "school",
            Label = "mark",
            Partition = new() { Column = "split" },
        };
        var splits = table.Load(declared);
        Assert.Equal([1L, 0], splits.Train.Owner!.data<long>().ToArray());
        Assert.Equal([5f, 6], splits.Train.Labels.data<float>().ToArray());
        Assert.Equal([[1f], [2]], Table.Rows(splits.Train.Inputs));
        Assert.Equal((1, 1), (splits.Validation.Count, splits.Test.Count));
        table.Write("school,hours,mark\nNorth,1,5\nWest,2,6\n");
        Assert.Equal(
            "t.csv: line 3, column 'school': 'West' is no task; known are: South, NORTH",
            table.Refused(declared with { Partition = new() }));
    }

    [Theory]
    [InlineData(MissingInputs.Mean, 3.5f, 0.75f)]
    [InlineData(MissingInputs.Median, 2f, 1f)]
    public void MissingInputsAreReplacedByNumbersOfTheTrainingRows(MissingInputs missing, float number, float share)
    {
        table.Write("x,c,y,split\n1,a,1,train\n1,a,1,train\n3,a,1,train\n9,b,1,train\n,,1,train\n100,b,1,test\n,,1,test\n");
        var splits = table.Load(Table.Plain with { Missing = missing, Partition = new() { Column = "split" } });
        var fitted = FittedTransforms.Fit(splits, new([new("y", TaskKind.Regression, 1)], [0], OneVsAll: false));
        Assert.Equal([[100f, 0, 1], [number, share, 1 - share]], Table.Rows(fitted.Apply(splits.Test).Inputs));
        Assert.Equal([number, share, 1 - share], Table.Rows(fitted.Apply(splits.Train).Inputs)[4]);
        var again = FilledColumns.FromState(fitted.Inputs[0].State);
        Assert.True(again.Apply(splits.Test.Inputs).Equals(fitted.Apply(splits.Test).Inputs));
    }

    [Fact]
    public void AColumnWithoutATrainingValueCannotBeFilled()
    {
        table.Write("x,z,y,split\n,1,1,train\n,2,1,train\n100,3,1,test\n");
        var splits = table.Load(Table.Plain with { Missing = MissingInputs.Mean, Partition = new() { Column = "split" } });
        var error = Assert.Throws<DataException>(
            () => FittedTransforms.Fit(splits, new([new("y", TaskKind.Regression, 1)], [0], OneVsAll: false)));
        Assert.Equal(
            "column 'x' has no value in the training rows, so that its missing values cannot be replaced: leave the column out",
            error.Message);
    }

    [Fact]
    public void RowsWithAMissingInputMayBeDropped()
    {
        table.Write("x,c,y\n1,a,1\n,a,2\n3,,3\n4,b,4\n5,a,5\n6,b,\n");
        var splits = table.Load(Table.Plain with { Missing = MissingInputs.Drop });
        Assert.Equal([1f, 4, 5, 6], Table.Inputs(splits).Select(r => r[0]).Order());
    }
}
