using Parquet;
using Parquet.Schema;
using UAmtfl.Data.Tables;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Data.Tables;

/// <summary>Parquet files give the same data as text, with the types that they state.</summary>
public sealed class ParquetTableTests : IDisposable
{
    private static readonly TableDeclaration Declared = Table.Plain with
    {
        Path = "t.parquet",
        Ignore = ["when"],
        Missing = MissingInputs.Mean,
        Partition = new() { Column = "split" },
    };

    private static readonly string[] Splits = ["train", "train", "test"];

    private readonly Table table = new();

    public void Dispose() => table.Dispose();

    [Fact]
    public async Task ColumnsHaveTheTypesOfTheFile()
    {
        await WriteAsync("t.parquet", double.NaN);
        table.Write("x,n,s,b,y,split\n1.5,1,a,true,0.5,train\n,2,,,1,train\n,3,b,false,2,test\n");
        var text = table.Load(Declared with { Path = "t.csv", Ignore = [] });
        var binary = table.Load(Declared);
        Assert.Equal(Table.Inputs(text), Table.Inputs(binary));
        Assert.Equal([0.5f, 1], binary.Train.Labels.data<float>().ToArray());
        Assert.Equal(text.Table!.Columns.Select(c => $"{c.Name} {c.Kind}"), binary.Table!.Columns.Select(c => $"{c.Name} {c.Kind}"));
        Assert.Equal(["a", "b"], binary.Table.Columns[2].Categories);
    }

    [Fact]
    public async Task ColumnsMayBeCategoriesLabelsAndGroups()
    {
        await WriteAsync("t.parquet", 7);
        var splits = table.Load(Declared with { Categories = ["n"], Tasks = [new("b", TaskKind.Binary)], Inputs = ["n"] });
        Assert.Equal([[1f, 0, 0], [0, 1, 0], [0, 0, 1]], Table.Inputs(splits));
        Assert.Equal([1f, float.NaN], splits.Train.Labels.data<float>().ToArray());
    }

    [Fact]
    public async Task FilesMayBeTheSplits()
    {
        await WriteAsync("t.parquet", 7);
        await WriteAsync("v.parquet", 8);
        var splits = table.Load(Declared with { Inputs = ["x", "n"], Partition = new() { TestFile = "v.parquet", Validation = 0.3 } });
        Assert.Equal([[1.5f, 1], [float.NaN, 2], [8, 3]], Table.Rows(splits.Test.Inputs));
    }

    [Fact]
    public async Task WhatIsNoTableIsRefused()
    {
        await WriteAsync("t.parquet", double.PositiveInfinity);
        Assert.Equal(
            "t.parquet: line 3, column 'x': the number is infinite, or too large for float32: mend it", table.Refused(Declared));
        Assert.Equal(
            "t.parquet: column 'when' is of type DateTime, neither numbers nor text: leave it out with Ignore",
            table.Refused(Declared with { Ignore = [] }));
        await WriteAsync("t.parquet", 7);
        Assert.Equal(
            "t.parquet: column 'x' has 1 missing value, the first in line 2: say with Missing what is done with them",
            table.Refused(Declared with { Missing = MissingInputs.Error }));
        table.Write("x,y\n1,2\n", "t.parquet");
        Assert.StartsWith("t.parquet: no Parquet file, or a damaged one (", table.Refused(Declared));
        table.Write("x,y\n1,2\n", "v.csv");
        Assert.Equal(
            "t.parquet: the files of a table have several formats: convert them to one",
            table.Refused(Declared with { Partition = new() { TestFile = "v.csv" } }));
    }

    private async Task WriteAsync(string name, double last)
    {
        var schema = new ParquetSchema(
            new DataField<double?>("x"), new DataField<int>("n"), new DataField<string>("s"), new DataField<bool?>("b"),
            new DataField<float>("y"), new DataField<string>("split"), new DataField<DateTime>("when"));
        var fields = schema.DataFields;
        await using var file = File.Create(table.Path(name));
        await using var writer = await ParquetWriter.CreateAsync(schema, file);
        for (var row = 0; row < 3; row++)
        {
            // A group for each row, so that columns are put together.
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(fields[0], new double?[] { row == 0 ? 1.5 : row == 1 ? null : last }.AsMemory());
            await group.WriteAsync<int>(fields[1], new[] { row + 1 }.AsMemory());
            await group.WriteAsync(fields[2], new[] { row == 1 ? null : row == 0 ? "a" : "b" });
            await group.WriteAsync<bool>(fields[3], new bool?[] { row == 1 ? null : row == 0 }.AsMemory());
            await group.WriteAsync<float>(fields[4], new[] { row == 0 ? 0.5f : row }.AsMemory());
            await group.WriteAsync(fields[5], new[] { Splits[row] });
            await group.WriteAsync<DateTime>(fields[6], new[] { DateTime.UnixEpoch }.AsMemory());
        }
    }
}
