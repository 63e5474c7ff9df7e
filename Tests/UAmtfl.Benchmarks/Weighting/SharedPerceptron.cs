using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>A trunk 784-500 with ReLU, as the generator writes it, with T binary heads on it.</summary>
internal sealed class SharedPerceptron : nn.Module<Tensor, Tensor>, ITaskBackward
{
    private readonly Linear linear1;
    private readonly Parameter weight;
    private readonly Tensor inputs, labels;

    /// <summary>Draws weights, a batch and its labels from a fixed seed.</summary>
    /// <param name="tasks">T, the number of tasks.</param>
    /// <param name="samples">N, the number of samples in the batch.</param>
    /// <param name="dtype">The floating-point type.</param>
    public SharedPerceptron(int tasks, int samples, ScalarType dtype) : base(nameof(SharedPerceptron))
    {
        random.manual_seed(1);
        Tasks = tasks;
        linear1 = nn.Linear(784, 500).to(dtype);
        register_module("Linear1", linear1);
        weight = new((randn(tasks, 500) * 0.1).to(dtype));
        inputs = rand(samples, 784).to(dtype);
        labels = rand(samples, tasks).gt(0.5).to(dtype);
        Shared = LayerParameters.Of([this], lastLayerOnly: false);
    }

    /// <summary>T, the number of tasks.</summary>
    public int Tasks { get; }

    /// <summary>The parameters of the trunk.</summary>
    public IReadOnlyList<Parameter> Shared { get; }

    /// <summary>Computes one backward pass from Σ_t L_t, which is what a step with equal weights costs.</summary>
    public void Plain()
    {
        using var step = NewDisposeScope();
        autograd.grad([Losses(Heads(forward(inputs))).sum()], [.. Shared, weight]);
    }

    /// <summary>Computes J [T, P] as it is usually written: one call of autograd.grad for each task, each row copied to its
    /// place.</summary>
    public Tensor OneByOne()
    {
        using var step = NewDisposeScope();
        var losses = Losses(Heads(forward(inputs)));
        var jacobian = empty([Tasks, Shared.Sum(p => p.numel())], losses.dtype);
        for (var t = 0; t < Tasks; t++)
        {
            using var task = NewDisposeScope();
            var gradients = autograd.grad([losses[t]], [.. Shared], retain_graph: true);
            var first = 0L;
            foreach (var gradient in gradients)
            {
                jacobian[t].narrow(0, first, gradient.numel()).copy_(gradient.flatten());
                first += gradient.numel();
            }
        }

        return jacobian.MoveToOuterDisposeScope();
    }

    /// <summary>Computes JJᵀ [T, T] from the rows of <see cref="OneByOne"/>, in the precision of the network.</summary>
    public Tensor OneByOneGramian()
    {
        using var step = NewDisposeScope();
        var jacobian = OneByOne();
        return jacobian.mm(jacobian.t()).MoveToOuterDisposeScope();
    }

    /// <summary>Computes J [T, P] by one batched backward pass.</summary>
    public Tensor Batched()
    {
        using var step = NewDisposeScope();
        var sink = new LayerJacobian(Tasks, Shared);
        Backward(sink);
        return sink.Value.MoveToOuterDisposeScope();
    }

    /// <summary>Computes JJᵀ [T, T] by one batched backward pass, without J itself.</summary>
    public Tensor BatchedGramian()
    {
        using var step = NewDisposeScope();
        var sink = new LayerGramian(Tasks, CPU);
        Backward(sink);
        return sink.Value.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => F.relu(F.linear(input, linear1.weight, linear1.bias));

    /// <inheritdoc/>
    public Tensor Features(Tensor prepared, out Tensor[] kept)
    {
        kept = new Tensor[2];
        var h = prepared;
        kept[0] = h.detach();
        h = F.relu(F.linear(h, linear1.weight, linear1.bias));
        kept[1] = h.detach();
        return h;
    }

    /// <inheritdoc/>
    public void Backward(Tensor[] kept, Tensor gradients, LayerGradients sink)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var g = gradients.alias();
        g = LayerBackward.ReLU(g, kept[1]);
        sink.Linear(kept[0], g, linear1.weight, linear1.bias);
    }

    /// <summary>Propagates the gradients of all tasks: dL_t/dZ by one backward pass through the losses, then through the trunk.</summary>
    private void Backward(LayerGradients sink)
    {
        using var step = NewDisposeScope();
        var outputs = Heads(Features(inputs, out var kept));
        var ofOutputs = autograd.grad([Losses(outputs).sum()], [outputs], retain_graph: true)[0];
        using var frozen = no_grad();
        Backward(kept, ofOutputs.t().unsqueeze(2) * weight.unsqueeze(1), sink);
    }

    private Tensor Heads(Tensor features) => F.linear(features, weight);

    private Tensor Losses(Tensor outputs) => HandWrittenWay.TaskLosses(outputs, labels);
}
