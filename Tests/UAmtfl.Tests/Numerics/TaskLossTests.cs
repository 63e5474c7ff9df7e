using UAmtfl.Data;
using UAmtfl.Losses;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics;

/// <summary>A loss of somebody's own: log cosh(o − y), about ½ r² for small and |r| − log 2 for large residuals.</summary>
public sealed class LogCosh : TaskLoss
{
    public override Tensor Rows(Tensor outputs, Tensor labels, Tensor? present)
    {
        var r = outputs - labels;
        return r + F.softplus(r * -2, 1, 20) - Math.Log(2);
    }
}

/// <summary>The squared error, with what it was given.</summary>
public sealed class Watched : TaskLoss
{
    public List<(long[] Outputs, long[] Labels, double[]? Present)> Seen { get; } = [];

    public override Tensor Rows(Tensor outputs, Tensor labels, Tensor? present)
    {
        Seen.Add((outputs.shape, labels.shape, present?.contiguous().data<double>().ToArray()));
        return (outputs - labels).square();
    }
}

/// <summary>A loss of the user's own is averaged as the library's are.</summary>
public sealed class TaskLossTests
{
    [Fact]
    public void TheMeanIsTakenOverTheLabels()
    {
        using var scope = NewDisposeScope();
        var outputs = tensor(new[,] { { 0.5, 2 }, { -1, 3 } });
        var observed = tensor(new double[,] { { 1, 0 }, { 1, 1 } });
        var losses = Loss.By(outputs, new(zeros_like(outputs), observed), new LogCosh());
        Assert.Equal((Math.Log(Math.Cosh(0.5)) + Math.Log(Math.Cosh(1))) / 2, losses[0].item<double>(), 1e-12);
        Assert.Equal(Math.Log(Math.Cosh(3)), losses[1].item<double>(), 1e-12);
    }

    [Fact]
    public void TheSquaredErrorWrittenAnewIsTheLibrarysToTheLastBit()
    {
        using var scope = NewDisposeScope();
        var outputs = randn(6, 2, dtype: float64, generator: new Generator(3));
        var watched = new Watched();
        Labels labels = new(zeros_like(outputs), outputs.gt(0).to(float64));
        Assert.True(Loss.By(outputs, labels, watched).eq(Loss.Squared(outputs, labels)).all().item<bool>());
        Labels own = new(tensor(new[] { 1, 0.5, 2, 0, -1, 3 }), null, tensor(new long[] { 1, 0, 1, 1, 0, 0 }));
        var rows = Loss.RowWeights(own.Counts(2));
        Assert.True(Loss.OwnBy(outputs, own, rows, watched).eq(Loss.OwnSquared(outputs, own, rows)).all().item<bool>());
        var second = Loss.OwnBy(outputs[.., 1..], own, rows, watched, first: 1);
        Assert.True(second.eq(Loss.OwnSquared(outputs[.., 1..], own, rows, first: 1)).all().item<bool>());
        Assert.Equal([6, 2], watched.Seen[0].Outputs);
        Assert.Equal(labels.Observed!.data<double>().ToArray(), watched.Seen[0].Present);
        Assert.Equal([6, 1], watched.Seen[1].Labels);
        Assert.Null(watched.Seen[1].Present);
        Assert.Equal([1, 0, 1, 1, 0, 0], watched.Seen[2].Present!);
    }

    /// <summary>A loss that cannot train its tasks is named, with what to do.</summary>
    [Theory]
    [InlineData("summed", "gave the shape [2] for outputs of shape [6, 2]; it must give one number for each output")]
    [InlineData("throws", "ends in InvalidOperationException: no idea; mend its method Rows")]
    [InlineData("null", "gave null or a tensor that is disposed; it must give a tensor with one number for each output")]
    [InlineData("disposed", "gave null or a tensor that is disposed; it must give a tensor with one number for each output")]
    [InlineData("double", "gave Float64 for outputs of Float32; it must compute in the type of the outputs")]
    [InlineData("compared", "gave Bool for outputs of Float32; it must compute in the type of the outputs")]
    [InlineData("detached", "gave losses that do not depend on the outputs by a graph, so that its tasks would not be trained; compute ")]
    public void AFaultIsRefused(string fault, string message)
    {
        using var scope = NewDisposeScope();
        var outputs = zeros(6, 2, requires_grad: true);
        Labels labels = new(zeros(6, 2), null);
        var error = Assert.Throws<UAmtflException>(() => Loss.By(outputs, labels, new Faulty(fault))).Message;
        Assert.StartsWith($"the loss Faulty {message}", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    /// <summary>No graph is asked for where none is recorded.</summary>
    [Fact]
    public void AnEvaluationNeedsNoGraph()
    {
        using var scope = NewDisposeScope();
        var outputs = zeros(6, 2, requires_grad: true);
        using var frozen = no_grad();
        Assert.Equal([0, 0], Loss.By(outputs, new(zeros(6, 2), null), new Faulty("detached")).data<float>().ToArray());
    }

    private sealed class Faulty(string fault) : TaskLoss
    {
        public override Tensor Rows(Tensor outputs, Tensor labels, Tensor? present)
        {
            var losses = (outputs - labels).square();
            switch (fault)
            {
                case "summed": return losses.sum(dim: 0);
                case "throws": throw new InvalidOperationException("no idea.\nat native code");
                case "null": return null!;
                case "disposed": losses.Dispose(); return losses;
                case "double": return losses.to(float64);
                case "compared": return outputs.gt(labels);
                default: return losses.detach();
            }
        }
    }
}
