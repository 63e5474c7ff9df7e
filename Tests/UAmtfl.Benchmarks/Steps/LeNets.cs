using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>A hand-written LeNet, trained with the objective of the given heads.</summary>
internal abstract class LeNetWay(string name, Tensor inputs, Tensor labels, LeNetHeads heads) : HandWrittenWay(name, inputs, labels)
{
    /// <inheritdoc/>
    protected sealed override Tensor Objective(Tensor x, Tensor y) => heads.Objective(Features(x), y);

    /// <inheritdoc/>
    protected sealed override void Project(double learningRate) => heads.Project(learningRate);

    /// <summary>Computes the features Z [N, 500] of a batch.</summary>
    protected abstract Tensor Features(Tensor x);
}

/// <summary>LeNet as in tutorials: convolution modules on images, and the optimiser of TorchSharp. With <see cref="LoopedHeads"/> it is
/// the loop of LibMTL.</summary>
internal sealed class PlainLeNet : LeNetWay
{
    private readonly Conv2d conv1, conv2;
    private readonly Linear linear;

    public PlainLeNet(Tensor images, Tensor labels, Dictionary<string, Tensor> weights, LeNetHeads heads)
        : base(heads is LoopedHeads ? "a loop over tasks, as LibMTL" : "plain, NCHW", images, labels, heads)
    {
        conv1 = Convolution(weights["Trunk.Conv1.weight"], weights["Trunk.Conv1.bias"]);
        conv2 = Convolution(weights["Trunk.Conv2.weight"], weights["Trunk.Conv2.bias"]);
        linear = Linear(weights["Trunk.Linear1.weight"], weights["Trunk.Linear1.bias"]);
        UseTorchSharpAdam(
            [new(Owner.AllTasks, [.. conv1.parameters(), .. conv2.parameters(), .. linear.parameters()], Decay: 1e-4), .. heads.Groups]);
    }

    /// <inheritdoc/>
    public override bool ConvolvesNchw => true;

    /// <inheritdoc/>
    protected override Tensor Features(Tensor x)
    {
        x = F.max_pool2d(F.relu(conv1.call(x)), 2);
        x = F.max_pool2d(F.relu(conv2.call(x)), 2);
        return F.relu(linear.call(x.flatten(1)));
    }

    private static Conv2d Convolution(Tensor weight, Tensor bias)
    {
        var layer = nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2], dtype: weight.dtype);
        using var frozen = no_grad();
        layer.weight.copy_(weight);
        layer.bias!.copy_(bias);
        return layer;
    }
}

/// <summary>LeNet as an expert optimises it by hand: the first convolution on patches that are cut once, the second with channels last,
/// and the fused optimiser.</summary>
internal sealed class ExpertLeNet : LeNetWay
{
    private readonly Parameter weight1, bias1, weight2, bias2, weight3, bias3;

    public ExpertLeNet(Tensor images, Tensor labels, Dictionary<string, Tensor> weights, LeNetHeads heads)
        : base("by an expert", F.unfold(images, 5).transpose(1, 2).contiguous(), labels, heads)
    {
        (weight1, bias1) = (new(weights["Trunk.Conv1.weight"].clone().view(20, 25)), Own(weights["Trunk.Conv1.bias"]));
        (weight2, bias2) = (
            new(weights["Trunk.Conv2.weight"].contiguous().permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)),
            Own(weights["Trunk.Conv2.bias"]));
        (weight3, bias3) = (Own(weights["Trunk.Linear1.weight"]), Own(weights["Trunk.Linear1.bias"]));
        UseFusedAdam([new(Owner.AllTasks, [weight1, bias1, weight2, bias2, weight3, bias3], Decay: 1e-4), .. heads.Groups]);
    }

    /// <inheritdoc/>
    protected override Tensor Features(Tensor x)
    {
        x = F.linear(x, weight1, bias1).view(x.shape[0], 24, 24, 20).permute(0, 3, 1, 2);
        x = F.max_pool2d(F.relu(x), 2);
        x = F.max_pool2d(F.relu(F.conv2d(x, weight2, bias2)), 2);
        return F.relu(F.linear(x.flatten(1), weight3, bias3));
    }
}
