using TorchSharp.Modules;
using UAmtfl.Trunks;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>A trunk with a batched backward pass, as the generator writes it.</summary>
internal abstract class StackTrunk(string name) : nn.Module<Tensor, Tensor>(name), ITaskBackward
{
    public abstract Tensor Prepare(Tensor inputs);

    public abstract Tensor Features(Tensor prepared);

    public abstract Tensor Features(Tensor prepared, out Tensor[] kept);

    public abstract void Backward(Tensor[] kept, Tensor gradients, LayerGradients sink);

    public sealed override Tensor forward(Tensor input) => Features(Prepare(input));
}

/// <summary>A trunk for rows [N, 6]: Linear, ReLU, Dropout, Linear without bias, Tanh → [N, 4].</summary>
internal sealed class Rows : StackTrunk
{
    private readonly TorchSharp.Modules.Linear linear1, linear2;
    private readonly Dropout dropout;

    public Rows(ScalarType dtype) : base(nameof(Rows))
    {
        linear1 = nn.Linear(6, 5, dtype: dtype);
        register_module("Linear1", linear1);
        dropout = nn.Dropout(0.3);
        register_module("Dropout1", dropout);
        linear2 = nn.Linear(5, 4, hasBias: false, dtype: dtype);
        register_module("Linear2", linear2);
    }

    public override Tensor Prepare(Tensor inputs) => inputs;

    public override Tensor Features(Tensor prepared)
    {
        var h = prepared;
        h = F.linear(h, linear1.weight, linear1.bias);
        h = F.relu(h);
        h = dropout.call(h);
        h = F.linear(h, linear2.weight);
        return h.tanh();
    }

    public override Tensor Features(Tensor prepared, out Tensor[] kept)
    {
        kept = new Tensor[5];
        var h = prepared;
        kept[0] = h.detach();
        h = F.linear(h, linear1.weight, linear1.bias);
        h = F.relu(h);
        kept[1] = h.detach();
        kept[2] = LayerBackward.Mask(dropout, h);
        h = h * kept[2];
        kept[3] = h.detach();
        h = F.linear(h, linear2.weight);
        h = h.tanh();
        kept[4] = h.detach();
        return h;
    }

    public override void Backward(Tensor[] kept, Tensor gradients, LayerGradients sink)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var g = gradients.alias();
        g = LayerBackward.Tanh(g, kept[4]);
        sink.Linear(kept[3], g, linear2.weight, null);
        if (sink.IsComplete)
        {
            return;
        }

        g = LayerBackward.Linear(g, linear2.weight);
        g = LayerBackward.Dropout(g, kept[2]);
        g = LayerBackward.ReLU(g, kept[1]);
        sink.Linear(kept[0], g, linear1.weight, linear1.bias);
    }
}

/// <summary>A trunk for images [N, 2, 13, 13]: Conv2d on patches, ReLU, MaxPool2d, Conv2d, AvgPool2d, Flatten, Linear, Sigmoid → [N,
/// 5].</summary>
internal sealed class Images : StackTrunk
{
    private readonly Conv2d conv1, conv2;
    private readonly TorchSharp.Modules.Linear linear1;

    public Images(ScalarType dtype) : base(nameof(Images))
    {
        conv1 = nn.Conv2d(2, 3, 3, 2, 1, dtype: dtype);
        register_module("Conv1", conv1);
        conv2 = nn.Conv2d(3, 4, 2, 1, 1, dtype: dtype);
        register_module("Conv2", conv2);
        Layout.ChannelsLast(conv2.weight);
        linear1 = nn.Linear(16, 5, dtype: dtype);
        register_module("Linear1", linear1);
    }

    public override Tensor Prepare(Tensor inputs) => Patches.Cut(inputs, kernel: 3, stride: 2, padding: 1);

    public override Tensor Features(Tensor prepared)
    {
        var h = prepared;
        h = Patches.Convolve(h, conv1.weight, conv1.bias, 7, 7);
        h = F.relu(h);
        h = F.max_pool2d(h, 2);
        h = conv2.call(h);
        h = F.avg_pool2d(h, 2);
        h = h.flatten(1);
        h = F.linear(h, linear1.weight, linear1.bias);
        return h.sigmoid();
    }

    public override Tensor Features(Tensor prepared, out Tensor[] kept)
    {
        kept = new Tensor[6];
        var h = prepared;
        kept[0] = h.detach();
        h = Patches.Convolve(h, conv1.weight, conv1.bias, 7, 7);
        h = F.relu(h);
        kept[1] = h.detach();
        (h, kept[2]) = LayerBackward.MaxPool2d(h, 2);
        kept[3] = h.detach();
        h = conv2.call(h);
        h = F.avg_pool2d(h, 2);
        h = h.flatten(1);
        kept[4] = h.detach();
        h = F.linear(h, linear1.weight, linear1.bias);
        h = h.sigmoid();
        kept[5] = h.detach();
        return h;
    }

    public override void Backward(Tensor[] kept, Tensor gradients, LayerGradients sink)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var g = gradients.alias();
        g = LayerBackward.Sigmoid(g, kept[5]);
        sink.Linear(kept[4], g, linear1.weight, linear1.bias);
        if (sink.IsComplete)
        {
            return;
        }

        g = LayerBackward.Linear(g, linear1.weight);
        g = LayerBackward.Flatten(g, 4, 2, 2);
        g = LayerBackward.AvgPool2d(g, 2, 4, 4);
        sink.Convolution(kept[3], g, conv2.weight, conv2.bias, stride: 1, padding: 1);
        if (sink.IsComplete)
        {
            return;
        }

        g = LayerBackward.Conv2d(g, conv2.weight, 3, 3, 1, 1);
        g = LayerBackward.MaxPool2d(g, kept[2], 7, 7);
        g = LayerBackward.ReLU(g, kept[1]);
        sink.Convolution(kept[0], LayerBackward.Positions(g), conv1.weight, conv1.bias);
    }
}
