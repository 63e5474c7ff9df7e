using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics.Convolutions;

/// <summary>The size, stride and padding of a convolution, with its check against double precision.</summary>
internal sealed record Case(int Kernel, int Stride, int Padding)
{
    /// <summary>Fails if values or gradients differ from double precision by more than 10⁻⁴ of the largest, or of 1 if that is
    /// larger.</summary>
    /// <param name="images">The images [N, C, H, W].</param>
    /// <param name="weight">The weights [O, C, K, K] or [T, O, C, K, K] in single precision.</param>
    /// <param name="bias">The biases [O] or [T·O].</param>
    /// <param name="groups">The number of groups into which the channels are divided.</param>
    /// <param name="convolve">Convolves images with the weights and biases in the way that is checked.</param>
    public void Check(Tensor images, Parameter weight, Parameter bias, int groups, Func<Tensor, Tensor> convolve)
    {
        using var scope = NewDisposeScope();
        var (x, w, b) = (Wide(images), Wide(weight.flatten(0, -4)), Wide(bias));
        var exact = F.conv2d(x, w, b, [Stride, Stride], [Padding, Padding], [1, 1], groups);
        var gradient = randn(exact.shape);
        var expected = autograd.grad([exact], [x, w, b], [gradient.to(ScalarType.Float64)]);

        var leaf = images.detach().alias().requires_grad_();
        Poison.Memory(float.NaN);
        var actual = convolve(leaf);
        Close(exact, actual, "values");
        Poison.Memory(1e30f);
        var gradients = autograd.grad([actual], [leaf, weight, bias], [gradient]);
        Close(expected[0], gradients[0], "gradients of images");
        Close(expected[1], gradients[1].flatten(0, -4), "gradients of weights");
        Close(expected[2], gradients[2], "gradients of biases");

        static Tensor Wide(Tensor tensor) => tensor.detach().to(ScalarType.Float64).requires_grad_();
    }

    /// <summary>Fails if two tensors differ by more than 10⁻⁴ of the largest number, or of 1 if that is larger, because sums can cancel.
    /// A wrong convolution differs by tenths.</summary>
    public static void Close(Tensor expected, Tensor actual, string what)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        var error = (
            (actual.detach().to(ScalarType.Float64) - expected.detach()).abs().max()
                / expected.detach().abs().max().clamp_min(1)).item<double>();
        Assert.True(error < 1e-4, FormattableString.Invariant($"{what} are off by {error:0.0e0} of the largest"));
    }
}
