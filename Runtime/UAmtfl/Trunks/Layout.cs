using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Changes how tensors are stored in memory. Convolutions are stored channels-last, because some builds of libtorch compute
/// convolutions of float tensors wrongly if they are stored as NCHW.</summary>
public static class Layout
{
    /// <summary>Stores the weight of a convolution channels-last, in place; shape and values stay. With such weights oneDNN computes
    /// channels-last throughout, and max-pooling is several times faster.</summary>
    /// <param name="weight">The weight [O, I, K, K], or [C, O, I, K, K] for C convolutions side by side.</param>
    public static void ChannelsLast(Parameter weight) => Set(weight, weight.dim() == 5 ? 2 : 1);

    /// <summary>Returns a copy that is stored channels-last.</summary>
    /// <param name="images">The images [N, C, H, W].</param>
    /// <returns>The same values [N, C, H, W].</returns>
    public static Tensor ChannelsLast(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Moved(images, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Stores the weights of a module's convolutions channels-last, including kernels that its own code applies.</summary>
    /// <param name="module">Any module, whose results stay the same.</param>
    public static void ChannelsLast(nn.Module module)
    {
        IEnumerable<nn.Module> modules = [module, .. module.modules()];
        foreach (var part in modules)
        {
            foreach (var weight in part.parameters(recurse: false))
            {
                // A weight of four dimensions is a kernel, whatever module has it. One of three or five dimensions is a kernel only in a
                // convolution.
                if (weight.dim() == 4 || (weight.dim() is 3 or 5 && part is Convolution))
                {
                    Set(weight, 1);
                }
            }

            if (part is Conv2d { groups: var groups } convolution && convolution.in_channels == groups)
            {
                SingleChannel.Replace(convolution);
            }
        }
    }

    /// <summary>Moves a module that the user or a third party wrote to a type and a device, and stores its convolutions
    /// channels-last.</summary>
    /// <typeparam name="T">The type of the module.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="dtype">The type of its floating-point parameters and buffers.</param>
    /// <param name="device">The device.</param>
    /// <returns>The same module.</returns>
    public static T Placed<T>(T module, ScalarType dtype, Device device)
        where T : nn.Module
    {
        module.to(device);
        module.to(dtype);
        ChannelsLast(module);
        return module;
    }

    /// <summary>Stores all parameters and buffers of a module contiguously, until the result is disposed of. TorchSharp's <c>save</c> and
    /// <c>load</c> need this, because they refuse tensors that are stored channels-last.</summary>
    /// <param name="module">The module, whose values and shapes stay.</param>
    /// <returns>An object that restores the former layout when it is disposed of.</returns>
    public static IDisposable Contiguous(nn.Module module) => new ContiguousState(module);

    private static void Set(Parameter weight, int channels)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        weight.set_(Moved(weight, channels));
    }

    /// <summary>Returns a copy whose channels are last in memory. It sets the strides itself, because <c>permute</c> and <c>contiguous</c>
    /// leave a tensor with one channel unchanged (a dimension of size 1 can have any stride), which libtorch then takes for
    /// NCHW.</summary>
    private static Tensor Moved(Tensor tensor, int channels)
    {
        var shape = tensor.shape;
        long[] order = [.. Enumerable.Range(0, shape.Length).Where(d => d != channels).Append(channels)];
        var strides = new long[shape.Length];
        var stride = 1L;
        foreach (var dimension in order.Reverse())
        {
            strides[dimension] = stride;
            stride *= shape[dimension];
        }

        return empty_strided(shape, strides, dtype: tensor.dtype, device: tensor.device).copy_(tensor);
    }

    private sealed class ContiguousState : IDisposable
    {
        private readonly List<(Tensor Tensor, long[] Strides)> moved = [];

        public ContiguousState(nn.Module module)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            foreach (var tensor in module.state_dict().Values.Where(t => !t.is_contiguous()))
            {
                moved.Add((tensor, tensor.stride()));
                tensor.set_(tensor.contiguous());
            }
        }

        public void Dispose()
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            foreach (var (tensor, strides) in moved)
            {
                tensor.set_(empty_strided(tensor.shape, strides, dtype: tensor.dtype, device: tensor.device).copy_(tensor));
            }

            moved.Clear();
        }
    }
}
