using UAmtfl.Data;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

// This is the example of docs/data.md, word for word; a test compares the two.
[Experiment("schools", Seeds = 5)]
[Dataset<Schools>]
[Training(Epochs = 30, BatchSize = 50), Adam(1e-2)]
public static partial class SchoolStudy
{
    [Regression]
    public enum School { North, South, East }

    [Input(2), Linear(8), ReLU]
    public partial class Net;

    [Baseline, SingleTask]
    public partial class Alone;

    [HardSharing]
    public partial class Shared;
}

public sealed class Schools : IPerTaskDataset
{
    public Splits Load(DataRequest request)
    {
        var table = CsvFile.Read(Path.Combine(request.Folder ?? "data", "schools.csv"));
        string[] inputs = ["age", "hours"], schools = ["north", "south", "east"];      // in the order of the enum
        var owner = Array.ConvertAll(table.Texts("school"), s => (long)Array.IndexOf(schools, s));
        using var x = tensor(table.Matrix(inputs), [table.Count, inputs.Length]);      // [N, 2]
        using var y = tensor(table.Matrix(["mark"]), [table.Count]);                   // [N]: one label a row
        using var t = tensor(owner);                                                   // [N], int64: the task of each row
        var order = new SplitMix64(request.Seed).Sample<long>([.. Enumerable.Range(0, table.Count)], table.Count);
        var bySchool = order.GroupBy(row => owner[row]).Select(rows => rows.ToArray()).ToList();

        // The same share of each school, so that none is without rows.
        Samples Take(double from, double to)
        {
            using var rows = tensor(bySchool.SelectMany(s => s[(int)(from * s.Length)..(int)(to * s.Length)]).ToArray());
            return new(x[rows], y[rows], t[rows]);
        }

        return new(Take(0, 0.6), Take(0.6, 0.8), Take(0.8, 1), SharedTest: false);
    }
}
