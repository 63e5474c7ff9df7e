using TorchSharp;
using UAmtfl.Training;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>The limit cases of mixtures of experts.</summary>
public sealed class MixtureLimitTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>Gates of zeros, as they are at the start, give each task the mean of the experts.</summary>
    [Fact]
    public void ZeroGatesAreTheMean()
    {
        var network = Build(() => new AllArchitectures.Mixed.Network(float64, CPU));
        var images = Images();
        network.Predict(network.Prepare(images), out var features);
        var experts = network.Experts.Features(network.Trunk.Features(network.Prepare(images)));
        Close(experts.mean([0]).expand_as(features), features);
    }

    /// <summary>Equal experts are hard sharing, whatever the gates are.</summary>
    [Fact]
    public void EqualExpertsAreHardSharing()
    {
        var network = Build(() => new AllArchitectures.Mixed.Network(float64, CPU));
        network.Experts.Split([1, 1, 1]);
        Draw(network.Gates.Weight);
        var images = Images();
        network.Predict(network.Prepare(images), out var features);
        var expert = network.Experts.Features(network.Trunk.Features(network.Prepare(images)))[0];
        Close(expert.expand_as(features), features);
    }

    /// <summary>Gates read the mean of each channel of the input of their experts, and a softmax over experts weights them.</summary>
    [Fact]
    public void GatesAreASoftmaxOfThePooledInput()
    {
        var network = Build(() => new AllArchitectures.Mixed.Network(float64, CPU));
        Draw(network.Gates.Weight);
        var images = Images();
        network.Predict(network.Prepare(images), out var features);
        var input = network.Trunk.Features(network.Prepare(images));
        var experts = network.Experts.Features(input);
        for (var t = 0; t < TaskCount; t++)
        {
            var gate = nn.functional.softmax(input.mean([2, 3]).matmul(network.Gates.Weight[t].t()), 1);   // [N, E]
            Close(einsum("ne,enk->nk", gate, experts), features[t]);
        }
    }

    /// <summary>A task sees the shared experts and its own: those of others do not reach it.</summary>
    [Fact]
    public void OwnExpertsReachNoOtherTask()
    {
        var network = Build(() => new AllArchitectures.OnceCustomised.Network(float64, CPU));
        var images = Images();
        network.Predict(network.Prepare(images), out var before);
        using (no_grad())
        {
            network.OwnExperts.Linear1.Weight.narrow(0, 2 * 4, 2).add_(1);   // the two experts of task 4
        }

        network.Predict(network.Prepare(images), out var after);
        for (var t = 0; t < TaskCount; t++)
        {
            Assert.Equal(t != 4, Bits(before[t]).SequenceEqual(Bits(after[t])));
        }
    }

    [Fact]
    public void CgcWithoutOwnExpertsIsMmoe() => Same(
        Build(() => new AllArchitectures.OnceMixed.Network(float64, CPU)),
        Build(() => new AllArchitectures.OnceShared.Network(float64, CPU)));

    [Fact]
    public void PleWithOneLevelIsCgc() => Same(
        Build(() => new AllArchitectures.OnceCustomised.Network(float64, CPU)),
        Build(() => new AllArchitectures.OnceProgressive.Network(float64, CPU)));

    /// <summary>A weighting of gradients that weights each task with 1 gives every parameter the gradient of the sum: of layers before
    /// the first mark, of experts, gates, stitches, masks, changes and heads.</summary>
    [Fact]
    public void WeightsOfOneAreTheSum()
    {
        Compare(Build(() => AllArchitectures.StitchedPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.MixedPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.ProgressivePlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.HeadedPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.PartedPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.UnevenPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.SelectedPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.SelectedSamplesPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.AdaptedPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.AttendedPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.FusedPlain.Build(new(), Counts)));
        Compare(Build(() => AllArchitectures.SlicedPlain.Build(new(), Counts)));
        var adaptive = Build(() => AllArchitectures.AdaptivePlain.Build(new(), Counts));
        adaptive.Network.Tree.Split(1, [0, 1, 1, 0, 2, 2]);
        adaptive.Network.Tree.Split(0, [0, 1, 1, 0, 0, 0]);
        Compare(adaptive);
        Compare(Build(() => AllArchitectures.ChosenPlain.Build(new(), Counts)));

        static void Compare(Objective objective)
        {
            var network = objective.Network;
            foreach (var gates in network.parameters().Where(p => p.NumberOfElements > 0))
            {
                Draw(gates);
            }

            var prepared = network.Prepare(Images());
            random.manual_seed(8);   // the noise of choices
            var value = objective.Value(prepared, Labels(), out _);
            value.backward();
            var plain = network.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone());
            network.zero_grad();
            random.manual_seed(8);
            var accumulated = objective.Accumulate([new(prepared, Labels().WithPresence(TaskCount))], out _);
            Close(value.detach(), accumulated);
            Assert.All(network.named_parameters(), p => Close(plain[p.name], p.parameter.grad!, 1e-11));
            objective.Dispose();
        }
    }

    private static void Same(Network first, Network second)
    {
        Assert.Equal(first.state_dict().Keys, second.state_dict().Keys);
        Assert.All(first.parameters().Zip(second.parameters()), pair => Assert.Equal(Bits(pair.First), Bits(pair.Second)));
        foreach (var network in new[] { first, second })
        {
            random.manual_seed(9);
            Draw(((nn.Module)network).modules().OfType<SoftmaxGates>().Single().Weight);
        }

        Assert.Equal(Bits(first.Predict(first.Prepare(Images()))), Bits(second.Predict(second.Prepare(Images()))));
    }
}
