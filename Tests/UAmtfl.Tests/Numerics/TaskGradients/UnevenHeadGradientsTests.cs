using TorchSharp.Modules;
using UAmtfl.Trunks;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>The closed form of linear heads on different numbers of features gives the gradients that differentiation task by task
/// does.</summary>
public sealed class UnevenHeadGradientsTests
{
    /// <param name="frozen">True if the weights of the heads on two features are not trained.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BothWaysAgree(bool frozen)
    {
        using var scope = NewDisposeScope();
        var network = new UnevenNetwork(frozen);
        var weights = tensor([0.2, 1.5, 0.7]);
        var (closed, general) = (network.ClosedForm(), network.TaskByTask());
        Reference.Equal(general.Terms, closed.Terms, float64);
        Reference.Equal(general.Jacobian(GradientSite.Trunk), closed.Jacobian(GradientSite.Trunk), float64);
        Reference.Equal(general.Gramian(GradientSite.LastLayer), closed.Gramian(GradientSite.LastLayer), float64);
        Reference.Equal(general.HeadProducts(network.TaskByTask()), closed.HeadProducts(network.ClosedForm()), float64);

        var wanted = general.HeadParameters.Zip(general.ToHeads(weights)).ToDictionary(p => p.First, p => p.Second);
        var found = closed.HeadParameters.Zip(closed.ToHeads(weights)).ToDictionary(p => p.First, p => p.Second);
        Assert.Equal(frozen ? 2 : 3, found.Count);
        Reference.Equal(cat([wanted[network.Own[0]], wanted[network.Own[2]]]), found[network.Wide], float64);
        Reference.Equal(cat([.. network.OwnBiases.Select(b => wanted[b])]), found[network.Bias], float64);
        if (!frozen)
        {
            Reference.Equal(wanted[network.Own[1]], found[network.Narrow], float64);
        }
    }

    /// <summary>A bilevel step gets the same products and the same losses after trial steps in both ways.</summary>
    [Fact]
    public void TwoLevelsAreTheSameBothWays()
    {
        using var scope = NewDisposeScope();
        var network = new UnevenNetwork(frozen: false);
        BilevelStep closed = new(network.ClosedForm, network.ClosedForm), general = new(network.TaskByTask, network.TaskByTask);
        double[] weights = [0.3, 0.1, 0.6];
        Reference.Equal(Numbers(general.AfterStep(weights, 0.1)), Numbers(closed.AfterStep(weights, 0.1)), float64);
        Reference.Equal(
            tensor(general.LowerLossesAfter(weights, 0.1, 3)), tensor(closed.LowerLossesAfter(weights, 0.1, 3)), float64);
        Reference.Equal(Numbers(general.Cross()), Numbers(closed.Cross()), float64);
    }

    private static Tensor Numbers(Gramian gramian) => tensor(Enumerable.Range(0, 9).Select(i => gramian[i / 3, i % 3]).ToArray());

    /// <summary>A layer, and heads of three tasks: the first and the last, with one output, take all three features, and the second, with
    /// two outputs, the first two.</summary>
    private sealed class UnevenNetwork
    {
        private static readonly int[] Outputs = [1, 2, 1], Widths = [3, 2, 3];
        private readonly Sequential trunk = nn.Sequential(nn.Linear(4, 3, dtype: float64), nn.Tanh());
        private readonly Tensor inputs, labels, mask = ones(3, 1, 3, dtype: float64);
        private readonly HeadGroups rows = new([0, 2], [1]) { Widths = [3, 2], OutputCounts = Outputs };

        public UnevenNetwork(bool frozen)
        {
            random.manual_seed(7);
            foreach (var parameter in trunk.parameters())
            {
                nn.init.normal_(parameter);
            }

            (Wide, Narrow, Bias) = (New(2, 3), New(2, 2), New(4));
            (inputs, labels) = (randn(6, 4, dtype: float64), randn(6, 4, dtype: float64));
            mask[1, 0, 2] = 0;
            Own = [new(Wide[..1].detach().clone()), new(Narrow.detach().clone()), new(Wide[1..].detach().clone())];
            OwnBiases = [.. Enumerable.Range(0, 3).Select(t => new Parameter(Bias.narrow(0, First(t), Outputs[t]).detach().clone()))];
            Narrow.requires_grad = Own[1].requires_grad = !frozen;
        }

        /// <summary>The weights of the heads on three features.</summary>
        public Parameter Wide { get; }

        /// <summary>The weights of the head on two features.</summary>
        public Parameter Narrow { get; }

        public Parameter Bias { get; }

        /// <summary>The same numbers for each task by itself.</summary>
        public Parameter[] Own { get; }

        public Parameter[] OwnBiases { get; }

        public LinearHeadGradients ClosedForm()
        {
            var (features, cut) = Cut();
            var weight = rows.Weights(Wide, Narrow);
            var values = cat([.. Outputs.Select((k, t) => nn.functional.linear(cut[t], weight.narrow(0, First(t), k)))], 1) + Bias;
            var terms = Terms(t => values.narrow(1, First(t), Outputs[t]));
            return new(features, cut, values, weight, new TaskColumns((1, 1), (1, 2), (1, 1)), terms)
            {
                Trunk = new OneByOneBackward(trunk),
                Heads = new([Wide, Narrow], Bias) { Rows = rows },
            };
        }

        public AutogradGradients TaskByTask()
        {
            var (features, cut) = Cut();
            return new(
                [features], [cut], [.. Own.Zip(OwnBiases, (w, b) => (IReadOnlyList<Parameter>)[w, b])],
                Terms(t => nn.functional.linear(cut[t].narrow(1, 0, Widths[t]), Own[t], OwnBiases[t])))
            {
                Trunk = new OneByOneBackward(trunk),
            };
        }

        private static int First(int task) => Outputs.Take(task).Sum();

        private static Parameter New(params long[] shape) => new(randn(shape, dtype: float64));

        private (Tensor Features, Tensor Cut) Cut()
        {
            var features = trunk.call(inputs) * mask;
            return (features, features.detach().requires_grad_(true));
        }

        private Tensor Terms(Func<int, Tensor> ofTask) => stack(
            [.. Outputs.Select((k, t) => (ofTask(t) - labels.narrow(1, First(t), k)).square().sum(1).mean())]);
    }
}
