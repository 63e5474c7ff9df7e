using TorchSharp.Modules;
using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>Two layers with linear heads, whose task gradients can be computed in closed form and task by task. Task 1 has no label in
/// the batch, and half of the other labels are missing. The heads read the same features, or features of each task, which a gate of the
/// task has scaled.</summary>
internal sealed class LinearHeadNetwork
{
    private readonly int[] outputs;
    private readonly Tensor inputs, labels, present;
    private readonly bool sharedTerms, ofTasks;

    public LinearHeadNetwork(int[] outputs, bool sharedTerms, bool ofTasks)
    {
        (this.outputs, this.sharedTerms, this.ofTasks) = (outputs, sharedTerms, ofTasks);
        random.manual_seed(7);
        Trunk = nn.Sequential(nn.Linear(4, 5, dtype: ScalarType.Float64), nn.Tanh(), nn.Linear(5, 3, dtype: ScalarType.Float64));
        Weight = new(randn(outputs.Sum(), 3, dtype: ScalarType.Float64));
        Bias = new(randn(outputs.Sum(), dtype: ScalarType.Float64));
        using var frozen = no_grad();
        OwnWeights = [.. outputs.Select((k, t) => new Parameter(Weight.narrow(0, First(t), k).clone()))];
        OwnBiases = [.. outputs.Select((k, t) => new Parameter(Bias.narrow(0, First(t), k).clone()))];
        (inputs, labels) = (randn(6, 4, dtype: ScalarType.Float64), randn(6, outputs.Sum(), dtype: ScalarType.Float64));
        present = rand(6, outputs.Length, dtype: ScalarType.Float64).gt(0.5).to(ScalarType.Float64);
        present[.., 1] = 0;
        present[0, 0] = 1;
        Gates = new(randn(outputs.Length, 1, 3, dtype: ScalarType.Float64));
    }

    /// <summary>The gates of the tasks, each of which scales its task's features.</summary>
    public Parameter Gates { get; }

    public Sequential Trunk { get; }

    /// <summary>The weights of all heads in one matrix, which the closed form uses.</summary>
    public Parameter Weight { get; }

    public Parameter Bias { get; }

    /// <summary>The weights of each task's head by themselves, which the backward pass task by task uses.</summary>
    public Parameter[] OwnWeights { get; }

    public Parameter[] OwnBiases { get; }

    public LinearHeadGradients ClosedForm()
    {
        var (features, cut) = Cut();
        var values = ofTasks
            ? cat([.. outputs.Select((k, t) => nn.functional.linear(cut[t], Weight.narrow(0, First(t), k)))], 1) + Bias
            : nn.functional.linear(cut, Weight, Bias);
        TaskColumns columns = new([.. outputs.GroupBy(k => k).Select(g => (g.Count(), g.Key))]);
        return new(features, cut, values, Weight, columns, Terms(t => values.narrow(1, First(t), outputs[t])), Shared(cut, [Weight]))
        {
            Trunk = new OneByOneBackward(Trunk),
            Heads = new([Weight], Bias),
            OwnParameters = ofTasks ? [Gates] : [],
        };
    }

    public AutogradGradients TaskByTask()
    {
        var (features, cut) = Cut();
        var terms = Terms(t => nn.functional.linear(ofTasks ? cut[t] : cut, OwnWeights[t], OwnBiases[t]));
        var heads = OwnWeights.Zip(OwnBiases, (w, b) => (IReadOnlyList<Parameter>)[w, b]).ToArray();
        return new([features], [cut], heads, terms, Shared(cut, OwnWeights))
        {
            Trunk = new OneByOneBackward(Trunk),
            OwnParameters = ofTasks ? [Gates] : [],
        };
    }

    /// <summary>Returns Σ_t w_t L_t plus the terms that get no weight, without any cut.</summary>
    public Tensor Plain(Tensor weights)
    {
        var z = ofTasks ? Trunk.call(inputs) * Gates : Trunk.call(inputs);
        var terms = Terms(t => nn.functional.linear(ofTasks ? z[t] : z, OwnWeights[t], OwnBiases[t]));
        return (weights * terms).sum() + (Shared(z, OwnWeights) ?? 0);
    }

    private (Tensor Features, Tensor Cut) Cut()
    {
        var features = ofTasks ? Trunk.call(inputs) * Gates : Trunk.call(inputs);
        return (features, features.detach().requires_grad_(true));
    }

    private int First(int task) => outputs.Take(task).Sum();

    private Tensor Terms(Func<int, Tensor> ofTask) => stack([.. outputs.Select((k, t) =>
    {
        var errors = (ofTask(t) - labels.narrow(1, First(t), k)).square().sum(1);
        return (errors * present[.., t]).sum() / present[.., t].sum().clamp_min(1);
    })]);

    private Tensor? Shared(Tensor cut, Parameter[] weights) => sharedTerms
        ? (0.3 * cut.square().mean()) + weights.Select(w => w.square().sum()).Aggregate((a, b) => a + b)
        : null;
}

/// <summary>Two layers, with heads that have a hidden layer and read the features of both layers; the last task's head reads only those
/// of the second.</summary>
internal sealed class TwoCutNetwork : nn.Module
{
    private readonly Tensor inputs, labels;

    public TwoCutNetwork()
        : base(nameof(TwoCutNetwork))
    {
        random.manual_seed(8);
        First = nn.Linear(4, 5, dtype: ScalarType.Float64);
        Second = nn.Linear(5, 3, dtype: ScalarType.Float64);
        register_module(nameof(First), First);
        register_module(nameof(Second), Second);
        Heads = [.. Enumerable.Range(0, 3).Select(t => (IReadOnlyList<Parameter>)[New(5, 2), New(3, 2), New(2)])];
        (inputs, labels) = (randn(6, 4, dtype: ScalarType.Float64), randn(6, 3, dtype: ScalarType.Float64));
    }

    public TorchSharp.Modules.Linear First { get; }

    public TorchSharp.Modules.Linear Second { get; }

    /// <summary>For each task, the weights of its head for both features and of its hidden layer.</summary>
    public IReadOnlyList<IReadOnlyList<Parameter>> Heads { get; }

    public AutogradGradients TaskByTask()
    {
        Tensor[] features = [.. Features()], cuts = [.. features.Select(f => f.detach().requires_grad_(true))];
        return new(features, cuts, Heads, Terms(cuts), Shared(cuts)) { Trunk = new OneByOneBackward(this) };
    }

    public Tensor[] Features()
    {
        var h = First.call(inputs).tanh();
        return [h, Second.call(h).tanh()];
    }

    public Tensor Terms(Tensor[] features) => stack([.. Heads.Select((head, t) =>
    {
        var hidden = features[1].matmul(head[1]);
        return ((t == 2 ? hidden : hidden + features[0].matmul(head[0])).tanh().matmul(head[2]) - labels[.., t]).square().mean();
    })]);

    public static Tensor Shared(Tensor[] features) => features[0].square().mean() + (features[1] * 0.2).exp().mean();

    private static Parameter New(params long[] shape) => new(randn(shape, dtype: ScalarType.Float64));
}
