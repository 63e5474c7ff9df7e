using TorchSharp.Modules;
using UAmtfl.Tests.Numerics.TaskGradients;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics.Layers;

/// <summary>Layers of sequences compute what the modules of libtorch for sequences compute with the same weights, and so do their
/// gradients.</summary>
public sealed class SequenceLayerTests
{
    private const int Samples = 5;

    [Fact]
    public void ConvolutionsAndPoolingAreThoseOfLibtorch()
    {
        using var scope = NewDisposeScope();
        using var series = LayerNetwork.Drawn(new LayerNetworks.Series(ScalarType.Float64, CPU));
        series.eval();
        var inputs = LayerNetwork.All["Series"].Inputs(Samples, ScalarType.Float64);
        Conv1d[] convolutions =
        [
            Same(nn.Conv1d(3, 4, 5, 2, 2, dtype: ScalarType.Float64), series.Conv1),
            Same(nn.Conv1d(4, 6, 2, 1, 2, 2, groups: 2, bias: false, dtype: ScalarType.Float64), series.Conv2),
            Same(nn.Conv1d(6, 1, 1, dtype: ScalarType.Float64), series.Conv3),
            Same(nn.Conv1d(1, 3, 3, padding: 1, dtype: ScalarType.Float64), series.Conv4),
        ];
        var h = F.group_norm(convolutions[0].call(inputs), 2, series.GroupNorm1.weight, series.GroupNorm1.bias);
        h = F.silu(convolutions[1].call(F.max_pool1d(F.gelu(h), 3, 2, 1)));
        h = convolutions[3].call(convolutions[2].call(F.avg_pool1d(h, 2, 1, 1)));
        h = F.leaky_relu(F.avg_pool1d(h, 2), 0.3).flatten(1);
        var expected = F.linear(h, series.Linear1.weight, series.Linear1.bias);
        var actual = series.call(inputs);
        Reference.Equal(expected, actual, ScalarType.Float64);
        Backward(expected, actual);
        foreach (var (own, theirs) in new[] { series.Conv1, series.Conv2, series.Conv3, series.Conv4 }.Zip(convolutions))
        {
            Reference.Equal(theirs.weight.grad!, own.weight.grad!.squeeze(2), ScalarType.Float64);
        }

        static Conv1d Same(Conv1d convolution, Conv2d own)
        {
            using var frozen = no_grad();
            convolution.weight.copy_(own.weight.squeeze(2));
            convolution.bias?.copy_(own.bias!);
            return convolution;
        }
    }

    [Theory]
    [InlineData("GRU")]
    [InlineData("LSTM")]
    public void RecurrentLayersAreThoseOfLibtorch(string kind)
    {
        using var scope = NewDisposeScope();
        var gru = kind == "GRU";
        Recurrent own = gru ? new Gru(1, 3, 4, RecurrentForm.Alone, ScalarType.Float64, CPU)
            : new Lstm(1, 3, 4, RecurrentForm.Alone, ScalarType.Float64, CPU);
        LayerNetwork.Drawn(own);
        nn.Module theirs = gru ? nn.GRU(3, 4, batchFirst: true, dtype: ScalarType.Float64)
            : nn.LSTM(3, 4, batchFirst: true, dtype: ScalarType.Float64);
        (string Own, string Theirs)[] names =
        [
            ("Input.weight", "weight_ih_l0"), ("Hidden.weight", "weight_hh_l0"), ("Input.bias", "bias_ih_l0"),
            ("Hidden.bias", "bias_hh_l0"),
        ];
        var (ours, others) = (Parameters(own), Parameters(theirs));
        Assert.Equal(names.Select(n => n.Own).Order(), ours.Keys.Order());
        using (no_grad())
        {
            foreach (var (mine, other) in names)
            {
                others[other].copy_(ours[mine]);
            }
        }

        var inputs = Reference.Random([Samples, 3, 7], ScalarType.Float64, 3).requires_grad_();
        var same = inputs.detach().clone().requires_grad_();
        var steps = same.transpose(1, 2);
        var all = theirs is GRU units ? units.call(steps, null).Item1 : ((LSTM)theirs).call(steps, null).Item1;
        var (expected, actual) = (all.select(1, 6), own.call(Sequences.Rows(inputs)).squeeze(0));
        Reference.Equal(expected, actual, ScalarType.Float64);
        Backward(expected, actual);
        Reference.Equal(same.grad!, inputs.grad!, ScalarType.Float64);
        foreach (var (mine, other) in names)
        {
            Reference.Equal(others[other].grad!, ours[mine].grad!, ScalarType.Float64);
        }

        static Dictionary<string, Parameter> Parameters(nn.Module module) =>
            module.named_parameters().ToDictionary(p => p.name, p => p.parameter);
    }

    /// <summary>Tables side by side give each copy the rows of its own table, for common indices and for own ones.</summary>
    [Fact]
    public void EmbeddingsAreRowsOfTheirTables()
    {
        using var scope = NewDisposeScope();
        using var tables = LayerNetwork.Drawn(new StackedEmbedding(2, 5, 3, ScalarType.Float64, CPU));
        random.manual_seed(3);
        var own = randint(0, 5, [2, Samples, 4]).to(ScalarType.Float64);
        var common = tables.call(own[0]);
        var each = tables.call(own);
        Assert.Equal([Samples, 6L, 1L, 4L], each.shape);
        for (var copy = 0; copy < 2; copy++)
        {
            for (var sample = 0; sample < Samples; sample++)
            {
                for (var place = 0; place < 4; place++)
                {
                    Same(own[0], common);
                    Same(own[copy], each);

                    void Same(Tensor indices, Tensor found) => Assert.True(Reference.Same(
                        tables.Weight[copy][(long)indices[sample, place].item<double>()],
                        found[sample].narrow(0, 3 * copy, 3)[TensorIndex.Colon, TensorIndex.Single(0), TensorIndex.Single(place)]));
                }
            }
        }
    }

    /// <summary>Recurrent layers side by side in another order give the same states in that order, also where each reads sequences of its
    /// own.</summary>
    [Fact]
    public void PermutingRecurrentLayersPermutesTheirStates()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var first = LayerNetwork.Drawn(new Lstm(3, 2, 4, RecurrentForm.SideBySide, ScalarType.Float64, CPU));
        using var second = new Lstm(3, 2, 4, RecurrentForm.SideBySide, ScalarType.Float64, CPU);
        var order = tensor((long[])[2, 0, 1]);
        foreach (var (name, values) in second.state_dict())
        {
            values.copy_(first.state_dict()[name].unflatten(0, 3, -1).index_select(0, order).reshape(values.shape));
        }

        var sequences = Reference.Random([Samples, 3, 2, 6], ScalarType.Float64, 3);   // of each layer
        var states = first.call(Held(sequences));
        Reference.Equal(
            states.index_select(0, order), second.call(Held(sequences.index_select(1, order))), ScalarType.Float64);

        static Tensor Held(Tensor own) => Sequences.Rows(own.flatten(1, 2));
    }

    private static void Backward(Tensor expected, Tensor actual)
    {
        var gradients = Reference.Random(expected.shape, ScalarType.Float64, 4);
        expected.backward([gradients]);
        actual.backward([gradients]);
    }
}
