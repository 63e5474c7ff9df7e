using TorchSharp;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Networks that branch: a split changes no output, and the tree is part of the network's state.</summary>
public sealed class BranchTreeTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>Before a split all tasks have the features of one trunk; after each split they have the same bits as before.</summary>
    [Fact]
    public void ASplitChangesNoBit()
    {
        var network = Build(() => new AllArchitectures.AdaptiveMarked.Network(float64, CPU));
        network.eval();
        var before = Features(network);
        Assert.All(Enumerable.Range(1, TaskCount - 1), t => Assert.Equal(Bits(before[0]), Bits(before[t])));
        Assert.Equal([0, 0], network.Tree.Split(1, [0, 1, 0, 1, 1, 1]));
        Assert.Equal(Bits(before), Bits(Features(network)));
        Assert.Equal([0, 0], network.Tree.Split(0, [3, 7, 3, 7, 7, 7]));
        Assert.Equal(Bits(before), Bits(Features(network)));
        Assert.Equal([0, 1, 0, 1, 1, 1], network.Tree.Of(0));
        Assert.Equal((2, 2), (network.Branches1.Active, network.Branches2.Active));
    }

    /// <summary>A network with one branch in each stretch computes and learns what hard sharing does.</summary>
    [Fact]
    public void OneBranchIsHardSharing()
    {
        var (adaptive, together) = (
            Build(() => new AllArchitectures.Adaptive.Network(float64, CPU)),
            Build(() => new AllArchitectures.Together.Network(float64, CPU)));
        Stack[] stretches = [adaptive.Branches1, adaptive.Branches2, adaptive.Branches3];
        var branches = stretches.SelectMany(s => s.parameters()).ToArray();
        foreach (var (one, of) in together.Trunk.parameters().Zip(branches))
        {
            Set(one, of.reshape(TaskCount, -1)[0].view(one.shape));
        }

        adaptive.Predict(adaptive.Prepare(Images()), out var own);
        together.Predict(together.Prepare(Images()), out var shared);
        Close(shared.expand_as(own), own);
        own.square().sum().backward();
        shared.square().sum().multiply(tensor((double)TaskCount)).backward();
        Assert.Equal(branches.Length, together.Trunk.parameters().Count());
        foreach (var (one, of) in together.Trunk.parameters().Zip(branches))
        {
            Close(one.grad!.flatten(), of.grad!.reshape(TaskCount, -1)[0], 1e-9);
        }
    }

    /// <summary>After a split the gradients of a task reach its branches alone.</summary>
    [Fact]
    public void BranchesLearnApart()
    {
        var network = Build(() => new AllArchitectures.Adaptive.Network(float64, CPU));
        network.Tree.Split(2, [0, 0, 1, 1, 2, 2]);
        network.Tree.Split(1, [0, 0, 1, 1, 0, 0]);
        network.Predict(network.Prepare(Images()), out var features);
        features.narrow(0, 2, 2).sum().backward();
        Assert.All(network.Branches3.parameters(), p => Reached(p, 1));
        Assert.All(network.Branches2.parameters(), p => Reached(p, 1));
        Assert.All(network.Branches1.parameters(), p => Reached(p, 0));

        static void Reached(Tensor parameter, int branch)
        {
            var sums = parameter.grad!.unflatten(0, TaskCount, -1).flatten(1).abs().sum([1]).data<double>().ToArray();
            Assert.Equal(parameter.dim() > 1, sums[branch] > 0 && parameter.dim() > 1);
            Assert.Equal(0, sums.Where((_, b) => b != branch).Sum());
        }
    }

    /// <summary>A network into which the state of another is copied has its tree, and predicts the same bits.</summary>
    [Fact]
    public void TheTreeIsSavedWithTheWeights()
    {
        var first = Build(() => new AllArchitectures.Adaptive.Network(float64, CPU));
        var second = new AllArchitectures.Adaptive.Network(float64, CPU);
        first.Tree.Split(2, [0, 1, 1, 1, 0, 2]);
        first.Tree.Split(1, [0, 1, 1, 1, 0, 0]);
        foreach (var parameter in first.parameters())
        {
            Draw(parameter);
        }

        Features(second);
        second.CopyFrom(first.state_dict());
        Assert.Equal(Bits(Features(first)), Bits(Features(second)));
        Assert.Equal([0, 1, 1, 1, 0, 0], second.Tree.Of(1));
    }

    [Fact]
    public void TasksCanOnlyPart()
    {
        var tree = Build(() => new AllArchitectures.AdaptiveMarked.Network(float64, CPU)).Tree;
        Assert.Equal(
            "the branches [0, 1, 0, 1, 1, 1] of stretch 1 do not lie between [0, 0, 0, 0, 0, 0] and [0, 0, 0, 0, 0, 0]: tasks can only "
            + "part, and in a later stretch first (Parameter 'branches')",
            Assert.Throws<ArgumentException>(() => tree.Split(0, [0, 1, 0, 1, 1, 1])).Message);
        tree.Split(1, [0, 1, 0, 1, 1, 1]);
        Assert.Throws<ArgumentException>(() => tree.Split(1, [0, 1, 0, 1, 0, 0]));
    }

    /// <summary>While the tree is not decided, evaluation takes the most likely branches; deciding it then changes no output but for
    /// rounding, and leaves out branches that no task reaches.</summary>
    [Fact]
    public void DecidingTakesTheMostLikelyBranches()
    {
        var network = Build(() => new AllArchitectures.Chosen.Network(float64, CPU));
        foreach (var choice in new[] { network.Choice1, network.Choice2, network.Choice3 })
        {
            Draw(choice.Logits);
        }

        network.eval();
        var (before, tasks, second) = (Features(network), network.Choice3.Chosen(), network.Choice2.Chosen());
        Assert.Equal(tasks[0] == tasks[1], Bits(before[0]).AsSpan().SequenceEqual(Bits(before[1])));
        using var objective = new AllArchitectures.Chosen.Objective(network, new(), Counts);
        objective.Search.EpochStarting(new(1, () => throw new InvalidOperationException(), Labels(), null!, new NoOptimizer()));
        Assert.True(network.Tree.Decided);
        Assert.Equal(tasks.Distinct().Count(), network.Branches3.Active);
        Assert.Equal(tasks.Select(b => second[b]).Distinct().Count(), network.Branches2.Active);
        Close(before, Features(network));
    }

    /// <summary>A network that starts from one which was split keeps its branches.</summary>
    [Fact]
    public void WhatWasSplitBeforeIsKept()
    {
        var network = Build(() => new AllArchitectures.AdaptiveMarked.Network(float64, CPU));
        network.Tree.Split(1, [0, 1, 0, 1, 1, 1]);
        using var objective = new AllArchitectures.AdaptiveMarked.Objective(network, new(), Counts);
        var tasks = AllArchitectures.Descriptor.Tasks;
        objective.Search.EpochStarting(new(1, () => throw new InvalidOperationException(), Labels(), tasks, new NoOptimizer()));
        Assert.Equal([0, 1, 0, 1, 1, 1], network.Tree.Of(1));
    }

    /// <summary>At a low temperature a mixture is one branch, and at a high one the mean of all.</summary>
    [Fact]
    public void TheTemperatureSharpensChoices()
    {
        var network = Build(() => new AllArchitectures.ChosenRows.Network(float64, CPU));
        var h = rand(TaskCount, 3, 8, dtype: float64);
        network.Choice2.Cool(1e9);
        Close(h.mean([0]).expand_as(h), network.Choice2.call(h), 1e-6);
        network.Choice2.Cool(1e-9);
        var chosen = network.Choice2.call(h);
        Assert.All(
            Enumerable.Range(0, TaskCount),
            c => Assert.Contains(Enumerable.Range(0, TaskCount), b => chosen[c].allclose(h[b], 1e-9, 1e-9)));
    }

    private static Tensor Features(Network network)
    {
        network.Predict(network.Prepare(Images()), out var features);
        return features.detach().clone();
    }

    /// <summary>An optimiser that keeps nothing.</summary>
    private sealed class NoOptimizer : UAmtfl.Training.IOptimizer
    {
        public string Description => "none";

        public void ZeroGradients()
        {
        }

        public void Step(double learningRate)
        {
        }

        public IEnumerable<(Tensor Parameter, string Name, Tensor Value)> Moments() => [];

        public void Dispose()
        {
        }
    }
}
