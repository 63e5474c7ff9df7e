using UAmtfl.Tests.Numerics.TaskGradients;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Heads that end in different numbers of features: 4 for regressions, 9 for two tasks by name, and 6, those of the trunk, for
/// the others.</summary>
public sealed class UnevenHeadsTests
{
    /// <summary>Features, outputs and all gradients are those of a network that computes the heads one by one.</summary>
    /// <param name="alone">True if each task has a trunk of its own.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AreThoseOfANetworkWrittenByHand(bool alone)
    {
        using var scope = NewDisposeScope();
        dynamic generated = alone ? Build<Network>(() => new AllArchitectures.UnevenAlone.Network(float64, CPU))
            : Build<Network>(() => new AllArchitectures.UnevenTogether.Network(float64, CPU));
        Network network = generated;
        foreach (var parameter in network.parameters())
        {
            Draw(parameter);
        }

        var prepared = network.Prepare(Images());
        Tensor trunk = alone ? generated.Trunks.Features(prepared) : generated.Trunk.Features(prepared);
        var byHand = ByHand(network, t => alone ? trunk[t] : trunk);
        var expected = cat([.. byHand.Select(task => task.Outputs)], 1);
        var gradients = Reference.Random(expected.shape, float64, 4);
        Tensor[] parameters = [.. network.parameters()];
        var wanted = autograd.grad([expected], parameters, [gradients]);

        var actual = network.Predict(prepared, out var features);
        Assert.Equal([TaskCount, 7, 9], features.shape);
        foreach (var ((own, _), t) in byHand.Select((task, t) => (task, t)))
        {
            Reference.Equal(own, features[t].narrow(1, 0, own.shape[1]), float64);
            Assert.Equal(0, features[t].narrow(1, own.shape[1], 9 - own.shape[1]).count_nonzero().item<long>());
        }

        Reference.Equal(expected, actual, float64);
        var found = autograd.grad([actual], parameters, [gradients]);
        Assert.All(wanted.Zip(found), pair => Reference.Equal(pair.First, pair.Second, float64));
    }

    /// <summary>The proximal step of an L1 penalty reaches each part of W, and the penalty in an objective is that of the
    /// parts.</summary>
    [Fact]
    public void ThePenaltyOfWeightsReachesAllHeads()
    {
        using var scope = NewDisposeScope();
        using var stepped = Build(() => AllArchitectures.UnevenTogether.Build(new(), Counts));
        var network = stepped.Network;
        using (no_grad())
        {
            network.HeadBias.add_(1);
            Assert.Equal([10, 9], network.HeadWeight.shape);
            Assert.True(network.HeadWeight.count_nonzero().item<long>() == (2 * 4) + (4 * 9) + (4 * 6));
            stepped.Project(0, 1e5);
            Assert.Equal(0, network.HeadWeight.count_nonzero().item<long>());
            Assert.Equal(10, network.HeadBias.count_nonzero().item<long>());
        }

        using var sharp = Build(() => AllArchitectures.UnevenSharp.Build(new() { Mu = 1e-3 }, Counts));
        using var free = Build(() => AllArchitectures.UnevenSharp.Build(new() { Mu = 0 }, Counts));
        var norm = sharp.Network.named_parameters().Where(p => !p.name.Contains("bias", StringComparison.OrdinalIgnoreCase)
            && !p.name.Contains("BatchNorm", StringComparison.Ordinal)).Sum(p => p.parameter.abs().sum().item<double>());
        var images = sharp.Network.Prepare(Images());
        var difference = sharp.Value(images, Labels(), out _) - free.Value(images, Labels(), out _);
        Assert.Equal(1e-3 * norm, difference.item<double>(), 1e-12);
    }

    /// <summary>Returns the features and the outputs of each task, in the order of the network.</summary>
    private static List<(Tensor Features, Tensor Outputs)> ByHand(Network network, Func<int, Tensor> trunk)
    {
        var all = network.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        Tensor Of(string name, int copy) => all[name].view(2, -1)[copy];
        Tensor Linear(string layer, int copy, Tensor h) => nn.functional.linear(
            h, all[$"{layer}.Weight"][copy], Of($"{layer}.Bias", copy));
        Tensor Normalised(int copy, Tensor h)
        {
            var centred = h - h.mean([0L]);
            var scaled = centred / (centred.square().mean([0L]) + 1e-5).sqrt();
            return (scaled * Of("HeadLayers2.BatchNorm1.weight", copy)) + Of("HeadLayers2.BatchNorm1.bias", copy);
        }

        (string Name, Func<Tensor, Tensor> Head, int Part, long Row)[] heads =
        [
            ("Bright", z => Normalised(0, Linear("HeadLayers2.Linear1", 0, z).sigmoid()), 2, 0),
            ("Dot", z => z, 3, 0),
            ("Corner", z => Linear("HeadLayers1.Linear2", 0, Linear("HeadLayers1.Linear1", 0, z).relu()).tanh(), 1, 0),
            ("Level", z => Linear("HeadLayers1.Linear2", 1, Linear("HeadLayers1.Linear1", 1, z).relu()).tanh(), 1, 1),
            ("Third", z => z, 3, 1),
            ("Fourth", z => Normalised(1, Linear("HeadLayers2.Linear1", 1, z).sigmoid()), 2, 1),
        ];
        Assert.Equal(heads.Select(h => h.Name), AllArchitectures.Descriptor.Tasks.Tasks.Select(t => t.Name));
        var tasks = new List<(Tensor, Tensor)>();
        var column = 0L;
        foreach (var ((_, head, part, row), t) in heads.Select((h, t) => (h, t)))
        {
            var (features, outputs) = (head(trunk(t)), AllArchitectures.Descriptor.Tasks.Tasks[t].Outputs);
            var (weight, bias) = (all[$"HeadWeight{part}"].narrow(0, row, outputs), all["HeadBias"].narrow(0, column, outputs));
            tasks.Add((features, nn.functional.linear(features, weight, bias)));
            column += outputs;
        }

        return tasks;
    }
}
