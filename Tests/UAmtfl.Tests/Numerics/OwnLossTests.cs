using UAmtfl.Data;
using UAmtfl.Losses;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>A data set for the type alone, which no test loads.</summary>
public sealed class NoRows : IPerTaskDataset
{
    public Splits Load(DataRequest request) => throw new NotSupportedException();
}

/// <summary>An experiment of regressions in which each row has the label of one task.</summary>
[Experiment("rows-of-tasks")]
[Dataset<NoRows>]
public static partial class RowsOfTasks
{
    [Regression]
    public enum School { First, Second, Third }

    [Input(3), Linear(4, Bias = false)]
    public partial class Net;

    [HardSharing]
    public partial class Mtl;

    [SingleTask]
    public partial class Stl;

    [Amtfl, Uncertainty]
    public partial class UAmtfl;
}

/// <summary>An experiment with all kinds of tasks in which each row has the label of one task.</summary>
[Experiment("rows-of-kinds")]
[Dataset<NoRows>]
public static partial class RowsOfKinds
{
    public enum Task
    {
        [Binary] First,
        [Regression] Second,
        [Classification(3)] Third,
        [Binary] Fourth,
    }

    [Input(3)]
    public partial class Raw;

    [HardSharing]
    public partial class Mtl;
}

/// <summary>If each row has the label of one task, losses equal those of a label matrix in which the other labels are missing.</summary>
public sealed class OwnLossTests
{
    private static readonly long[] Owner = [0, 3, 1, 2, 1, 0, 1, 2, 3, 3];

    /// <summary>On the whole training set the loss of each task is the mean over its rows, and so are its gradients.</summary>
    [Fact]
    public void TheWholeSetIsTheMaskedMean()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var inputs = randn(10, 3, dtype: float64);
        var own = OfKinds();
        using var variant = RowsOfKinds.Mtl.Build(new(), own.Counts(4));
        variant.Value(inputs, own, out var losses).backward();
        var gradient = variant.Network.HeadWeight.grad!.clone();

        variant.Network.zero_grad();
        var masked = own.Dense(4);
        var outputs = variant.Network.Forward(inputs).Values;
        var expected = cat(
            [
                Loss.Binary(outputs[.., ..2], masked.Tasks(0, 2)),
                Loss.Squared(outputs[.., 2..3], masked.Tasks(2, 1)),
                Loss.Softmax(outputs[.., 3..].unsqueeze(1), masked.Tasks(3, 1)),
            ]);
        expected.sum().backward();
        Assert.True((expected - losses).abs().max().item<double>() < 1e-14);
        Assert.True((variant.Network.HeadWeight.grad! - gradient).abs().max().item<double>() < 1e-14);
    }

    /// <summary>The mean loss over batches of equal size is the loss of the whole set, whichever rows come together.</summary>
    [Fact]
    public void BatchesEstimateWithoutBias()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var inputs = randn(10, 3, dtype: float64);
        var own = OfKinds();
        using var variant = RowsOfKinds.Mtl.Build(new(), own.Counts(4));
        variant.Value(inputs, own, out var whole);
        var mean = zeros(4, dtype: float64);
        for (var start = 0; start < 10; start += 2)
        {
            variant.Value(inputs[start..(start + 2)], own.Rows(start, 2), out var part);
            mean += part / 5;
        }

        Assert.True((mean - whole).abs().max().item<double>() < 1e-14);
    }

    /// <summary>The objective is the same for rows of one task each and for a label matrix with missing labels, including the
    /// reconstruction over all rows.</summary>
    [Fact]
    public void BothShapesAreOneObjective()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        var inputs = randn(9, 3, dtype: float64);
        var own = new Labels(randn(9, dtype: float64), null, tensor(new long[] { 0, 1, 2, 0, 1, 2, 0, 0, 2 }));
        using var rows = RowsOfTasks.UAmtfl.Build(new(), own.Counts(3));
        using var shared = SharedRows.UAmtfl.Build(new(), own.Counts(3));
        foreach (var (name, parameter) in shared.Network.named_parameters())
        {
            using var frozen = no_grad();
            parameter.set_(rows.Network.named_parameters().Single(p => p.name == name).parameter.clone());
        }

        Assert.Equal(shared.Value(inputs, own.Dense(3), out _).item<double>(), rows.Value(inputs, own, out _).item<double>(), 1e-13);
    }

    [Fact]
    public void CountsAndDenseOfOwners()
    {
        using var scope = NewDisposeScope();
        var own = Labels.From(tensor(new[] { 5f, 6, 7 }), tensor(new long[] { 0, 2, 2 }), [2, 0, 1]);
        Assert.Equal([1L, 0, 0], own.Owner!.data<long>().ToArray());
        Assert.Equal([2f, 1, 0], own.Counts(3).data<float>().ToArray());
        Assert.Equal([0f, 5, 0, 6, 0, 0, 7, 0, 0], own.Dense(3).Values.data<float>().ToArray());
        Assert.Equal([0f, 1, 0, 1, 0, 0, 1, 0, 0], own.Dense(3).Observed!.data<float>().ToArray());
    }

    private static Labels OfKinds()
    {
        // Declared as First (binary), Second (regression), Third (classes), Fourth (binary); the network has the binary tasks first.
        var values = tensor(new double[] { 1, 0, -2.5, 2, 3.25, 0, 1.5, 1, 1, 0 });
        return Labels.From(values, tensor(Owner), RowsOfKinds.Descriptor.Tasks.LabelColumns);
    }
}

/// <summary>The same network as in <see cref="RowsOfTasks"/>, with a label matrix in place of rows of one task each.</summary>
[Experiment("shared-rows")]
[Dataset<NoData>]
public static partial class SharedRows
{
    [Regression]
    public enum School { First, Second, Third }

    [Input(3), Linear(4, Bias = false)]
    public partial class Net;

    [Amtfl, Uncertainty]
    public partial class UAmtfl;
}
