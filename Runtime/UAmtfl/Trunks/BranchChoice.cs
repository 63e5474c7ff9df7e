using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Lets each branch of a stretch, or each task, choose one of the branches before it (Guo et al. 2020, section 3.2). In
/// training it takes a mixture of them by the Gumbel-softmax, d_c = softmax((log softmax(θ_c) + g) / τ) with noise g = −log(−log u);
/// when evaluated the one with the largest θ. Once the tree is decided, it takes the branch that the tree says.</summary>
public sealed class BranchChoice : nn.Module<Tensor, Tensor>
{
    private readonly BranchTree tree;
    private readonly int stretch;
    private Scalar inverse = 1.0;   // kept, because a garbage collection may free a scalar that is made from a number in a call

    /// <summary>Creates the choice, in which all branches are equally likely.</summary>
    /// <param name="tree">The tree, which belongs to the network.</param>
    /// <param name="stretch">The index of the stretch whose branches choose; the number of stretches for the tasks.</param>
    /// <param name="tasks">The number T of tasks, and of branches of each stretch.</param>
    /// <param name="dtype">The type of θ.</param>
    /// <param name="device">The device of θ.</param>
    public BranchChoice(BranchTree tree, int stretch, int tasks, ScalarType dtype, Device device)
        : base(nameof(BranchChoice))
    {
        (this.tree, this.stretch) = (tree, stretch);
        Logits = Parameters.Zeros([tasks, tasks], dtype, device);
        register_parameter(nameof(Logits), Logits);
    }

    /// <summary>The parameters θ [T, T]: row c says how likely c chooses each branch before it, up to normalisation.</summary>
    public Parameter Logits { get; }

    /// <summary>Sets the temperature τ of the mixtures.</summary>
    /// <param name="temperature">The temperature, above 0; close to 0 a mixture is one branch.</param>
    public void Cool(double temperature)
    {
        inverse.Dispose();
        inverse = 1 / temperature;
    }

    /// <summary>Returns the branch that each child takes when the network is evaluated: the one with the largest θ, [T].</summary>
    public IReadOnlyList<int> Chosen()
    {
        using var scope = NewDisposeScope();
        return [.. Logits.detach().argmax(1).cpu().data<long>().Select(b => (int)b)];
    }

    /// <summary>Gives each child what it takes.</summary>
    /// <param name="input">The outputs of the branches before, [B, N, k] of rows or [N, B·ch, H, W] of images.</param>
    /// <returns>The inputs of the children in the same form.</returns>
    public override Tensor forward(Tensor input)
    {
        if (tree.Decided)
        {
            return stretch < tree.Stretches ? tree.Into(stretch, input) : tree.ToTasks(input);
        }

        if (!training)
        {
            return CrossStitchUnit.Mixed(nn.functional.one_hot(Logits.argmax(1), Logits.shape[1]).to(Logits.dtype), input);
        }

        var noise = rand_like(Logits, requires_grad: false).log().neg().log().neg();
        return CrossStitchUnit.Mixed(Lasting.Sum(Logits.log_softmax(1), noise).mul(inverse).softmax(1), input);
    }

    /// <summary>Adds the choice to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the outputs of the branches before.</param>
    /// <param name="shape">The shape of one sample of one branch: (channels, height, width) or (features).</param>
    /// <returns>The name of the inputs of the children.</returns>
    public string Export(OnnxGraph graph, string h, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return !tree.Decided ? BranchTree.Gathered(graph, h, (int)Logits.shape[1], Chosen(), shape)
            : stretch < tree.Stretches ? tree.Into(graph, stretch, h, shape)
            : tree.ToTasks(graph, h, shape[0]);
    }

    /// <summary>Does nothing, because the constructor registers the parameter, and the tree belongs to the network.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inverse.Dispose();
        }

        base.Dispose(disposing);
    }
}
