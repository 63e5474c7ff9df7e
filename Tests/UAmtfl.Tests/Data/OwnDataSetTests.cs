using System.Text;
using UAmtfl.Data;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

/// <summary>The example of a data set of one's own in the documentation.</summary>
public sealed class Pupils : IDataset
{
    public Splits Load(DataRequest request)
    {
        var table = CsvFile.Read(Path.Combine(request.Folder ?? "data", "pupils.csv.gz"));
        string[] inputs = [.. table.Columns.Where(c => c.StartsWith('x'))], tasks = ["maths", "english"];
        using var x = tensor(table.Matrix(inputs), [table.Count, inputs.Length]);
        using var y = tensor(table.Matrix(tasks), [table.Count, tasks.Length]);      // an empty field is NaN: a missing label
        var order = new SplitMix64(request.Seed).Sample<long>([.. Enumerable.Range(0, table.Count)], table.Count);
        Samples Take(Range rows) { using var chosen = tensor(order[rows]); return new(x[chosen], y[chosen]); }
        return new(Take(..600), Take(600..800), Take(800..), SharedTest: false) { InputTransforms = [new Standardise()] };
    }
}

public sealed class OwnDataSetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheExampleSplitsItsRows()
    {
        folder.Write(
            "pupils.csv.gz",
            Encoding.UTF8.GetBytes(
                "x0,maths,english,x1\n"
                    + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{2 * i},{(i % 10 == 0 ? "" : $"{3 * i}")},1\n"))));
        using var splits = new Pupils().Load(new(folder.Path, 1));
        using var again = new Pupils().Load(new(folder.Path, 1));
        using var other = new Pupils().Load(new(folder.Path, 2));
        Assert.Equal((600, 200, 200), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        var rows = new[] { splits.Train, splits.Validation, splits.Test }
            .SelectMany(s => s.Inputs.select(1, 0).data<float>().ToArray()).ToList();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (float)i), rows.Order());
        Assert.True(
            splits.Train.Labels.select(1, 0)
                .eq(splits.Train.Inputs.select(1, 0).add(splits.Train.Inputs.select(1, 0))).all().item<bool>());
        Assert.Equal(100, new[] { splits.Train, splits.Validation, splits.Test }.Sum(s => s.Labels.isnan().count_nonzero().item<long>()));
        Assert.True(splits.Train.Inputs.eq(again.Train.Inputs).all().item<bool>());
        Assert.False(splits.Train.Inputs.eq(other.Train.Inputs).all().item<bool>());
    }
}
