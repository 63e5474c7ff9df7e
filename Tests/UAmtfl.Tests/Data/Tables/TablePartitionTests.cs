using UAmtfl.Data;

namespace UAmtfl.Tests.Data.Tables;

/// <summary>Rows are split as declared: each is in one split, groups stay together, and the same seed gives the same splits.</summary>
public sealed class TablePartitionTests : IDisposable
{
    private readonly Table table = new();

    public void Dispose() => table.Dispose();

    [Fact]
    public void FractionsAndTheSeedDecide()
    {
        Write(1000);
        var declared = Table.Plain with { Partition = new() { Train = 0.7, Validation = 0.1 } };
        var splits = table.Load(declared);
        Assert.Equal((700, 100, 200), Sizes(splits));
        Assert.Equal(Enumerable.Range(0, 1000), Rows(splits).SelectMany(r => r).Order());
        Assert.Equal(Rows(splits), Rows(table.Load(declared)));
        Assert.NotEqual(Rows(splits)[2], Rows(table.Load(declared, seed: 2))[2]);
        Assert.False(splits.SharedTest);
        var fixedDraw = declared with { Partition = declared.Partition with { Seed = 1 } };
        Assert.Equal(Rows(splits), Rows(table.Load(fixedDraw, seed: 2)));
        Assert.True(table.Load(fixedDraw, seed: 2).SharedTest);
    }

    [Fact]
    public void OptionsOfTheRunTakePrecedence()
    {
        Write(100);
        Assert.Equal((50, 30, 20), Sizes(table.Load(Table.Plain, 1, ("Train", "0.5"), ("Validation", "0.3"))));
        Assert.Equal((60, 20, 20), Sizes(table.Load(Table.Plain, 1, ("folds", "5"))));
        Assert.Equal(
            "the data set's option Train is '1.5'; it must be a number, above 0 and below 1",
            table.Refused(Table.Plain, 1, ("Train", "1.5")));
        Assert.Equal(
            "t.csv: the training fraction 0.8 and the validation fraction 0.2 leave no row for the test: choose smaller ones, "
                + "whose sum is below 1",
            table.Refused(Table.Plain, 1, ("Train", "0.8")));
    }

    /// <summary>A number that changes no split is refused, but not one that is declared or that the split of the run reads.</summary>
    [Fact]
    public void OptionsWithoutEffectAreRefused()
    {
        Write(100);
        var folds = Table.Plain with { Partition = new() { Folds = 5, Train = 0.5 } };
        Assert.Equal(
            "the data set's option Train has no effect, because the test has one of 5 folds, and the training the rows that the "
                + "validation leaves: leave it out, or set Folds to 0",
            table.Refused(folds, 1, ("Train", "0.3")));
        Assert.Equal((60, 20, 20), Sizes(table.Load(folds, 1, ("Train", "0.5"))));
        Assert.Equal((30, 20, 50), Sizes(table.Load(folds, 1, ("Train", "0.3"), ("Folds", "0"))));
        Assert.StartsWith("the data set's option Train has no", table.Refused(Table.Plain, 1, ("Train", "0.3"), ("Folds", "5")));

        var named = Table.Plain with { Partition = new() { Column = "split" } };
        foreach (var option in new[] { ("Train", "0.3"), ("Validation", "0.3"), ("Folds", "5"), ("Seed", "3") })
        {
            Assert.Equal(
                $"the data set's option {option.Item1} has no effect, because the column 'split' says which split each row is of: leave "
                    + "it out",
                table.Refused(named, 1, option));
        }

        var files = named with { Partition = new() { ValidationFile = "v.csv", TestFile = "t.csv" } };
        Assert.Equal(
            "the data set's option Seed has no effect, because the validation has the rows of v.csv and the test those of t.csv: leave it "
                + "out",
            table.Refused(files, 1, ("Seed", "3")));
        Assert.Equal(
            "the data set's option Train has no effect, because the test has the rows of t.csv, and the training those that the "
                + "validation leaves: leave it out, or set Validation",
            table.Refused(files with { Partition = new() { TestFile = "t.csv" } }, 1, ("Train", "0.3")));
        Assert.Equal(
            "the data set's option Folds has no effect, because the validation has the rows of v.csv: leave it out, or set Train, which "
                + "leaves rows for the test",
            table.Refused(files with { Partition = new() { ValidationFile = "v.csv" } }, 1, ("Folds", "3")));
    }

    [Fact]
    public void StrataHaveTheSameShareInAllSplits()
    {
        Write(1000);
        var splits = Rows(table.Load(Table.Plain with { Partition = new() { Stratify = "rare" } }));
        Assert.Equal([12, 4, 4], splits.Select(rows => rows.Count(r => r % 50 == 0)));
        Assert.Equal([600, 200, 200], splits.Select(rows => rows.Length));
    }

    [Fact]
    public void GroupsStayTogether()
    {
        Write(1000);
        var declared = Table.Plain with { Partition = new() { Group = "patient", Stratify = "rare" } };
        var splits = table.Load(declared);
        Assert.Equal(Enumerable.Range(0, 1000), Rows(splits).SelectMany(r => r).Order());
        Assert.Empty(splits.Train.Ids!.Intersect(splits.Test.Ids!));
        SampleChecks.RequireDisjoint(splits);
        Assert.InRange(splits.Train.Count, 560, 640);
        table.Write("x,patient,y\n1,a,1\n2,,2\n");
        Assert.Equal(
            "t.csv: line 3, column 'patient': a row without a group may be in two splits: write a group",
            table.Refused(Table.Plain with { Partition = new() { Group = "patient" } }));
        Assert.Equal(
            "t.csv: line 3, column 'patient': a row without an identifier may be in two splits: write an identifier",
            table.Refused(Table.Plain with { Id = "patient" }));
    }

    [Fact]
    public void FoldsTestEachRowOnce()
    {
        Write(103);
        var declared = Table.Plain with { Partition = new() { Folds = 5, Validation = 0.2, Group = "patient" } };
        var seeds = Enumerable.Range(1, 5).Select(seed => Rows(table.Load(declared, seed))).ToList();
        Assert.Equal(Enumerable.Range(0, 103), seeds.SelectMany(s => s[2]).Order());
        Assert.All(seeds, splits => Assert.Equal(Enumerable.Range(0, 103), splits.SelectMany(r => r).Order()));
        Assert.All(seeds, splits => Assert.InRange(splits[1].Length, 14, 28));
        Assert.NotEqual(seeds[0][2], Rows(table.Load(declared, seed: 6))[2]);
        Assert.Equal(
            "t.csv: a validation fraction of 0.8 and 5 folds leave no training row: choose a smaller one",
            table.Refused(declared with { Partition = declared.Partition with { Validation = 0.8 } }));
        Assert.Equal(
            "t.csv: fold 50 of 50 has no row, because there are fewer rows or groups: choose fewer folds",
            table.Refused(declared with { Partition = declared.Partition with { Folds = 50 } }, seed: 50));
        Assert.Equal(
            "a cross-validation has at least 2 folds, found 1: choose more, or 0 for none",
            table.Refused(declared with { Partition = declared.Partition with { Folds = 1 } }));
    }

    [Fact]
    public void AColumnMayNameTheSplit()
    {
        table.Write("x,fold,y\n0,Train,1\n1,valid,2\n2,test,3\n3,train,4\n");
        var declared = Table.Plain with { Partition = new() { Column = "fold" } };
        var splits = table.Load(declared, seed: 7);
        Assert.Equal([[0, 3], [1], [2]], Rows(splits));
        Assert.True(splits.SharedTest);
        table.Write("x,fold,y\n0,train,1\n1,holdout,2\n");
        Assert.Equal(
            "t.csv: line 3, column 'fold': 'holdout' is no split: write train, validation or test", table.Refused(declared));
        table.Write("x,fold,y\n0,train,1\n1,train,2\n");
        Assert.Equal(
            "t.csv: the splits have 2 training, 0 validation and 0 test rows: give more rows, or split them otherwise",
            table.Refused(declared));
    }

    [Fact]
    public void FilesMayBeTheSplits()
    {
        Write(100);
        table.Write("y,x,c\n100,100,b\n101,101,c\n", "test.csv");
        table.Write("x,c,y\n102,a,1\n", "val.csv");
        var declared = Table.Plain with { Ignore = ["patient", "rare"], Partition = new() { TestFile = "test.csv" } };
        Assert.Equal("test.csv: there is no column 'c', which t.csv has: add it", RefusedWithC("test.csv", "x,y\n1,2\n"));
        table.Write("y,x,c\n100,100,b\n101,101,c\n", "test.csv");
        table.Write("x,c,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},a,{i}\n")));
        var splits = table.Load(declared with { Ignore = [] });
        Assert.Equal((80, 20, 2), Sizes(splits));
        Assert.Equal([100, 101], Rows(splits)[2]);
        Assert.Equal(["a", "b", "c"], splits.Table!.Columns[1].Categories);
        Assert.True(splits.SharedTest);
        var both = table.Load(declared with { Ignore = [], Partition = new() { TestFile = "test.csv", ValidationFile = "val.csv" } });
        Assert.Equal((100, 1, 2), Sizes(both));
        var validation = table.Load(declared with { Ignore = [], Partition = new() { ValidationFile = "val.csv" } });
        Assert.Equal((75, 1, 25), Sizes(validation));
        Assert.False(validation.SharedTest);

        string RefusedWithC(string name, string text)
        {
            table.Write("x,c,y\n1,a,1\n");
            table.Write(text, name);
            return table.Refused(declared with { Ignore = [] }).Replace(table.Folder + "/", "", StringComparison.Ordinal);
        }
    }

    private static (int Train, int Validation, int Test) Sizes(Splits splits) =>
        (splits.Train.Count, splits.Validation.Count, splits.Test.Count);

    /// <summary>Returns the numbers of the rows of each split, which are in column x.</summary>
    private static int[][] Rows(Splits splits) => [.. new[] { splits.Train, splits.Validation, splits.Test }
        .Select(s => Array.ConvertAll(s.Inputs.select(1, 0).data<float>().ToArray(), x => (int)x))];

    private void Write(int rows) => table.Write(
        "x,patient,rare,y\n"
            + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},p{i * i % 97 % 40},{(i % 50 == 0 ? 1 : 0)},{i}\n")));
}
