using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>How tensors lie in memory. Convolutions lie channels last, because some builds of libtorch
/// convolve float tensors that lie NCHW wrongly.</summary>
public static class Layout
{
    /// <summary>Lays a convolution's weight channels last, in place. Shape and values stay;
    /// oneDNN then computes channels last throughout, and max-pooling is several times faster.</summary>
    /// <param name="weight">[O, I, K, K], or [C, O, I, K, K] for C convolutions side by side.</param>
    public static void ChannelsLast(Parameter weight) => Set(weight, weight.dim() == 5 ? 2 : 1);

    /// <summary>A copy that lies channels last.</summary>
    /// <param name="images">[N, C, H, W]</param>
    /// <returns>[N, C, H, W], the same values.</returns>
    public static Tensor ChannelsLast(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Moved(images, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Lays the weights of a module's convolutions channels last, those that it multiplies by hand included.</summary>
    /// <param name="module">Any module; what it computes stays the same.</param>
    public static void ChannelsLast(nn.Module module)
    {
        IEnumerable<nn.Module> modules = [module, .. module.modules()];
        foreach (var part in modules)
        {
            foreach (var weight in part.parameters(recurse: false))
            {
                // Four dimensions are those of a kernel, whoever convolves with it; with three or five it is one in a convolution only.
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

    /// <summary>Moves a module that others wrote to a type and a device, and lays its convolutions channels last.</summary>
    /// <typeparam name="T">The module.</typeparam>
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

    /// <summary>Lays all parameters and buffers of a module as TorchSharp's <c>save</c> and <c>load</c> need them, until it is disposed:
    /// they refuse tensors that lie channels last.</summary>
    /// <param name="module">The module; values and shapes stay.</param>
    /// <returns>Lays them back as they were.</returns>
    public static IDisposable Contiguous(nn.Module module) => new ContiguousState(module);

    private static void Set(Parameter weight, int channels)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        weight.set_(Moved(weight, channels));
    }

    /// <summary>Strides are set outright, since a dimension of size 1 can have any:
    /// <c>permute</c> and <c>contiguous</c> leave a tensor with one channel as it lies, and libtorch then takes it for NCHW.</summary>
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
