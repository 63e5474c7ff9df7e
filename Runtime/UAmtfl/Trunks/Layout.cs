using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>How tensors lie in memory.</summary>
public static class Layout
{
    /// <summary>Lays a convolution's weight channels last, in place: oneDNN then computes channels last throughout, and max-pooling is
    /// several times faster. Shape and values stay.</summary>
    /// <param name="weight">[O, C, K, K]</param>
    public static void ChannelsLast(Parameter weight)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        weight.set_(weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
    }

    /// <summary>Moves a hand-written module to a type and a device.</summary>
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
        return module;
    }

    /// <summary>The output of a hand-written trunk, if it is a row of so many features a sample.</summary>
    /// <param name="features">What the module gave.</param>
    /// <param name="size">What was declared.</param>
    /// <param name="trunk">The trunk's name.</param>
    /// <exception cref="UAmtflException">The shape is another.</exception>
    public static Tensor Checked(Tensor features, int size, string trunk)
    {
        var shape = features.shape;
        return shape.Length == 2 && shape[1] == size
            ? features
            : throw new UAmtflException($"the module of trunk {trunk} gave shape [{string.Join(", ", shape)}], but [Trunk<…>({size})] declares [N, {size}]: change one of the two");
    }
}
