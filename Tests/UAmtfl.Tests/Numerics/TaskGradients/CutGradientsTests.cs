using TorchSharp.Modules;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>Three ways give the same task gradients: the closed form for linear heads, one backward pass for each task through heads of
/// any form, and plain differentiation.</summary>
public sealed class CutGradientsTests
{
    private static Tensor Weights => tensor([0.2, 1.5, 0.7]);

    /// <summary>The number of outputs of each task, whether the objective has terms that no weight applies to, and whether each task has
    /// features of its own.</summary>
    public static TheoryData<int[], bool, bool> Networks => new()
    {
        { [1, 1, 1], false, false }, { [1, 1, 1], true, false }, { [2, 2, 2], true, false }, { [1, 3, 3], true, false },
        { [1, 1, 1], false, true }, { [2, 2, 2], true, true }, { [1, 3, 3], true, true },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void BothWaysAgreeAtEverySite(int[] outputs, bool sharedTerms, bool ofTasks)
    {
        using var scope = NewDisposeScope();
        var network = new LinearHeadNetwork(outputs, sharedTerms, ofTasks);
        var (closed, general) = (network.ClosedForm(), network.TaskByTask());
        Equal(closed.Terms, general.Terms);
        Equal(closed.Objective, general.Objective);
        foreach (var site in Enum.GetValues<GradientSite>().Where(s => s != GradientSite.TaskHead || outputs.Distinct().Count() == 1))
        {
            var jacobian = closed.Jacobian(site);
            Equal(jacobian, general.Jacobian(site));
            Equal(jacobian.matmul(jacobian.t()), closed.Gramian(site));
            Equal(closed.Gramian(site), general.Gramian(site));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void BothWaysGiveAllParametersTheSameGradients(int[] outputs, bool sharedTerms, bool ofTasks)
    {
        Action<ITaskGradients>[] steps =
        [
            g => g.Backward(Weights, HeadGradients.Weighted),
            g => g.Backward(Weights, HeadGradients.Unweighted),
            g => g.Backward(Weights.matmul(g.Jacobian(GradientSite.Trunk)), GradientSite.Trunk),
            g => g.Backward(Weights.matmul(g.Jacobian(GradientSite.Representation)), GradientSite.Representation),
            g => g.BackwardTerms(Weights, heads: true),
            g => g.BackwardTerms(Weights, heads: false),
        ];
        foreach (var step in steps)
        {
            using var scope = NewDisposeScope();
            var network = new LinearHeadNetwork(outputs, sharedTerms, ofTasks);
            step(network.ClosedForm());
            var (trunk, weight, bias) = (Gradients(network.Trunk.parameters()), network.Weight.grad, network.Bias.grad);
            var gates = network.Gates.grad;
            network.Trunk.zero_grad();
            network.Gates.grad = null;
            step(network.TaskByTask());
            Equal(trunk, Gradients(network.Trunk.parameters()));
            Assert.Equal(ofTasks, gates is not null);
            Equal(gates ?? zeros(1, dtype: ScalarType.Float64), network.Gates.grad ?? zeros(1, dtype: ScalarType.Float64));
            Assert.Equal(weight is null, network.OwnWeights[0].grad is null);
            if (weight is not null)
            {
                Equal(weight, cat([.. network.OwnWeights.Select(w => w.grad!)]));
                Equal(bias!, cat([.. network.OwnBiases.Select(b => b.grad!)]));
            }
        }
    }

    /// <summary>A gate that belongs to one task gets the gradient of the task's term as its head does, weighted or not, and shared layers
    /// get the weighted sum.</summary>
    /// <param name="heads">What the heads get.</param>
    [Theory]
    [InlineData(HeadGradients.Weighted)]
    [InlineData(HeadGradients.Unweighted)]
    public void WhatIsOfOneTaskIsSteppedAsItsHead(HeadGradients heads)
    {
        using var scope = NewDisposeScope();
        var network = new LinearHeadNetwork([1, 2, 2], sharedTerms: true, ofTasks: true);
        network.ClosedForm().Backward(Weights, heads);
        var (gates, trunk) = (network.Gates.grad!.clone(), Gradients(network.Trunk.parameters()));
        network.Trunk.zero_grad();
        var weighted = network.Plain(heads == HeadGradients.Weighted ? Weights : ones_like(Weights));
        Equal(gates, autograd.grad([weighted], [network.Gates])[0]);
        Equal(trunk, cat([.. autograd.grad([network.Plain(Weights)], [.. network.Trunk.parameters()]).Select(g => g.flatten())]));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void BothWaysGiveTrialStepsTheSameGradients(int[] outputs, bool sharedTerms, bool ofTasks)
    {
        using var scope = NewDisposeScope();
        var network = new LinearHeadNetwork(outputs, sharedTerms, ofTasks);
        var (closed, general) = (network.ClosedForm(), network.TaskByTask());
        Equal(Flat(closed.ToTrunk(Weights)), Flat(general.ToTrunk(Weights)));
        Assert.Equal(4, closed.TrunkParameters.Count);
        Assert.All(closed.TrunkParameters.Zip(general.TrunkParameters), pair => Assert.Same(pair.First, pair.Second));
        Assert.Same(network.Weight, closed.HeadParameters[0]);
        Assert.Same(network.Bias, closed.HeadParameters[1]);
        Assert.Equal(2 * outputs.Length, general.HeadParameters.Count);
        var heads = general.ToHeads(Weights);
        Equal(closed.ToHeads(Weights)[0], cat([.. heads.Where(h => h.dim() == 2)]));
        Equal(closed.ToHeads(Weights)[1], cat([.. heads.Where(h => h.dim() == 1)]));
        Equal(closed.HeadProducts(network.ClosedForm()), general.HeadProducts(network.TaskByTask()));
        Assert.Throws<ArgumentException>(() => closed.HeadProducts(general));
        Assert.Throws<ArgumentException>(() => general.HeadProducts(closed));
    }

    /// <summary>A bilevel step gets the same products and the same losses after a trial step in both ways, and the parameters are put
    /// back.</summary>
    [Fact]
    public void TwoLevelsAreTheSameBothWays()
    {
        using var scope = NewDisposeScope();
        var network = new LinearHeadNetwork([2, 2, 2], sharedTerms: true, ofTasks: false);
        BilevelStep closed = new(network.ClosedForm, network.ClosedForm), general = new(network.TaskByTask, network.TaskByTask);
        double[] weights = [0.3, 0.1, 0.6];
        Equal(Numbers(closed.Lower()), Numbers(general.Lower()));
        Equal(Numbers(closed.AfterStep(weights, 0.1)), Numbers(general.AfterStep(weights, 0.1)));
        Equal(tensor(closed.LowerLossesAfter(weights, 0.1, 3)), tensor(general.LowerLossesAfter(weights, 0.1, 3)));
        Equal(Numbers(closed.Cross()), Numbers(general.Cross()));
        Assert.NotEqual(closed.LowerLosses(), closed.LowerLossesAfter(weights, 0.1, 1));
    }

    [Fact]
    public void HeadsOfAnyFormOnTwoTensorsAreThoseOfPlainDifferentiation()
    {
        using var scope = NewDisposeScope();
        var network = new TwoCutNetwork();
        var pass = network.TaskByTask();
        Parameter[] trunk = [.. network.parameters()];
        var terms = network.Terms(network.Features());
        var jacobian = stack([.. Enumerable.Range(0, 3).Select(t => Flat(autograd.grad([terms[t]], trunk, retain_graph: true)))]);
        Equal(jacobian, pass.Jacobian(GradientSite.Trunk));
        Equal(jacobian.matmul(jacobian.t()), pass.Gramian(GradientSite.Trunk));
        Equal(jacobian.narrow(1, 25, 18), pass.Jacobian(GradientSite.LastLayer));
        Equal(Weights.matmul(jacobian), Flat(pass.ToTrunk(Weights)));

        Tensor[] leaves = [.. network.Features().Select(f => f.detach().requires_grad_(true))];
        var atLeaves = network.Terms(leaves);
        var rows = Enumerable.Range(0, 3).Select(t => autograd.grad([atLeaves[t] + (leaves[0].sum() * 0)], leaves, retain_graph: true));
        var toLeaves = stack([.. rows.Select(Flat)]);
        Equal(toLeaves, pass.Jacobian(GradientSite.Representation));
        Equal(toLeaves.matmul(toLeaves.t()), pass.Gramian(GradientSite.Representation));
    }

    [Theory, InlineData(HeadGradients.Weighted), InlineData(HeadGradients.Unweighted)]
    public void HeadsOfAnyFormAreSteppedAsByPlainDifferentiation(HeadGradients heads)
    {
        using var scope = NewDisposeScope();
        var network = new TwoCutNetwork();
        network.TaskByTask().Backward(Weights, heads);
        Parameter[] trunk = [.. network.parameters()], own = [.. network.Heads.SelectMany((h, t) => t == 2 ? h.Skip(1) : h)];
        var features = network.Features();
        var terms = network.Terms(features);
        Equal(
            Flat(autograd.grad([(Weights * terms).sum() + TwoCutNetwork.Shared(features)], trunk, retain_graph: true)), Gradients(trunk));
        Equal(Flat(autograd.grad([heads == HeadGradients.Weighted ? (Weights * terms).sum() : terms.sum()], own)), Gradients(own));
    }

    [Fact]
    public void WhatCannotBeComparedIsRefused()
    {
        using var scope = NewDisposeScope();
        var network = new LinearHeadNetwork([1, 3, 3], sharedTerms: false, ofTasks: false);
        var pass = network.TaskByTask();
        var unequal = Assert.Throws<UAmtflException>(() => pass.Jacobian(GradientSite.TaskHead));
        Assert.Contains("different numbers of weights", unequal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => pass.Backward(zeros(3, dtype: ScalarType.Float64), GradientSite.LastLayer));
        network.OwnWeights[0].requires_grad = false;
        var frozen = Assert.Throws<Trunks.UntrainableException>(() => network.TaskByTask().Gramian(GradientSite.TaskHead));
        Assert.Contains("no weight that is trained", frozen.Message, StringComparison.Ordinal);
    }

    private static Tensor Gradients(IEnumerable<Parameter> parameters) => Flat([.. parameters.Select(p => p.grad!.clone())]);

    private static Tensor Flat(IEnumerable<Tensor?> tensors) => cat([.. tensors.Select(t => t!.flatten())]);

    private static Tensor Numbers(Gramian gramian) => tensor(Enumerable.Range(0, 9).Select(i => gramian[i / 3, i % 3]).ToArray());

    private static void Equal(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().item<double>() < 1e-10);
    }
}
