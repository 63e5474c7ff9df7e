using TorchSharp.Modules;
using UAmtfl.Trunks;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>The gradients of one layer's parameters, and their inner products by either way, equal autograd in double
/// precision.</summary>
public sealed class LayerGradientsTests
{
    public static TheoryData<ScalarType> Types => Reference.Types;

    [Theory, MemberData(nameof(Types))]
    public void OfALinearLayer(ScalarType dtype)
    {
        Linear(tasks: 4, samples: 6, inputs: 9, outputs: 5, bias: true, dtype);
        Linear(tasks: 4, samples: 6, inputs: 9, outputs: 5, bias: false, dtype);
        Linear(tasks: 1, samples: 1, inputs: 1, outputs: 1, bias: true, dtype);
    }

    /// <summary>Layers so large that the sums are made in several pieces: of samples, of outputs, of parameters.</summary>
    [Fact]
    public void OfLargeLayers()
    {
        Linear(tasks: 3, samples: 600, inputs: 20, outputs: 400, bias: true, ScalarType.Float64);
        Linear(tasks: 3, samples: 7, inputs: 700, outputs: 400, bias: true, ScalarType.Float64);
        Linear(tasks: 700, samples: 3, inputs: 1, outputs: 800, bias: true, ScalarType.Float64);
    }

    [Theory, MemberData(nameof(Types))]
    public void OfAConvolution(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var images = Reference.Random([4, 3, 7, 8], dtype, 1);
        var weight = new Parameter(Reference.Random([5, 3, 3, 3], ScalarType.Float64, 2));
        var bias = new Parameter(Reference.Random([5], ScalarType.Float64, 3));
        var z = F.conv2d(images.to(ScalarType.Float64), weight, bias, [2, 2], [1, 1]);
        var gradients = Reference.Random([3, .. z.shape], dtype, 4);
        var expected = Reference.Jacobian(z, gradients.to(ScalarType.Float64), [weight, bias]);
        var patches = Patches.Cut(images, 3, 2, 1);
        Check(
            expected,
            dtype,
            (sink, layout) => sink.Convolution(images, layout(gradients), weight, bias, stride: 2, padding: 1),
            Like([weight, bias], dtype));
        Check(
            expected,
            dtype,
            (sink, layout) => sink.Convolution(patches, LayerBackward.Positions(layout(gradients)), weight, bias),
            Like([weight, bias], dtype));
        Ways(expected, patches.flatten(0, 1), LayerBackward.Positions(gradients), bias: true, dtype);
    }

    /// <summary>If weights have channels last, the rows of the Jacobian are still in the order of their flattened gradients.</summary>
    [Fact]
    public void OfAConvolutionWithWeightsChannelsLast()
    {
        using var scope = NewDisposeScope();
        var images = Reference.Random([4, 3, 6, 6], ScalarType.Float64, 1);
        var weight = new Parameter(Reference.Random([5, 3, 2, 2], ScalarType.Float64, 2));
        Layout.ChannelsLast(weight);
        var z = F.conv2d(images, weight);
        var gradients = Reference.Random([3, .. z.shape], ScalarType.Float64, 4);
        var sink = new LayerJacobian(3, [weight]);
        sink.Convolution(Patches.Cut(images, 2, 1, 0), LayerBackward.Positions(gradients), weight, null);
        Reference.Equal(Reference.Jacobian(z, gradients, [weight]), sink.Value, ScalarType.Float64);
    }

    [Theory, MemberData(nameof(Types))]
    public void ProductsOfAJacobian(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var jacobian = Reference.Random([7, 100_003], dtype, 1);
        var wide = jacobian.to(ScalarType.Float64);
        Reference.Equal(wide.mm(wide.t()), LayerGramian.Of(jacobian), dtype);
    }

    /// <summary>The sums stay accurate if most of each cancels: inputs are positive, as pixels are, and gradients sum to zero over the
    /// samples, as near a minimum.</summary>
    [Fact]
    public void GradientsThatCancelOverTheSamples()
    {
        using var scope = NewDisposeScope();
        var x = Reference.Random([100, 300], ScalarType.Float32, 1).abs();
        var gradients = Reference.Random([5, 100, 40], ScalarType.Float32, 2);
        gradients -= gradients.mean([1L], keepdim: true);
        var weights = gradients.to(ScalarType.Float64).transpose(1, 2).matmul(x.to(ScalarType.Float64));
        Ways(cat([weights.flatten(1), gradients.to(ScalarType.Float64).sum(dim: 1)], 1), x, gradients, bias: true, ScalarType.Float32);
    }

    [Fact]
    public void TheGramianIsSymmetric()
    {
        using var scope = NewDisposeScope();
        var sink = new LayerGramian(9, CPU);
        sink.Linear(
            Reference.Random([11, 13], ScalarType.Float32, 1),
            Reference.Random([9, 11, 17], ScalarType.Float32, 2),
            new Parameter(zeros(17, 13)),
            new Parameter(zeros(17)));
        Assert.True(Reference.Same(sink.Value, sink.Value.t()));
        Assert.Equal(ScalarType.Float64, sink.Value.dtype);
    }

    [Fact]
    public void AJacobianThatIsNotFilledIsAnError()
    {
        using var scope = NewDisposeScope();
        var sink = new LayerJacobian(2, [new Parameter(zeros(5, 7)), new Parameter(zeros(5))]);
        Assert.Contains("40 parameters", Assert.Throws<InvalidOperationException>(() => sink.Value).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(
            () => sink.Linear(zeros(3, 8), zeros(2, 3, 5), new Parameter(zeros(5, 8)), new Parameter(zeros(5))));
        Assert.Throws<ArgumentException>(() => new LayerJacobian(2, []));
    }

    private static void Linear(int tasks, int samples, int inputs, int outputs, bool bias, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var x = Reference.Random([samples, inputs], dtype, 1);
        var weight = new Parameter(Reference.Random([outputs, inputs], ScalarType.Float64, 2));
        var shift = new Parameter(Reference.Random([outputs], ScalarType.Float64, 3));
        Parameter[] parameters = bias ? [weight, shift] : [weight];
        var z = F.linear(x.to(ScalarType.Float64), weight, bias ? shift : null);
        var gradients = Reference.Random([tasks, samples, outputs], dtype, 4);
        var expected = Reference.Jacobian(z, gradients.to(ScalarType.Float64), parameters);
        Check(expected, dtype, (sink, layout) => sink.Linear(x, layout(gradients), weight, bias ? shift : null), Like(parameters, dtype));
        Ways(expected, x, gradients, bias, dtype);
    }

    /// <summary>Checks the Jacobian and the Gramian, with gradients that are contiguous in memory and with gradients that are
    /// transposed.</summary>
    private static void Check(Tensor expected, ScalarType dtype, Action<LayerGradients, Func<Tensor, Tensor>> give, Parameter[] parameters)
    {
        foreach (var layout in (Func<Tensor, Tensor>[])[g => g, g => g.transpose(1, 2).contiguous().transpose(1, 2)])
        {
            var jacobian = new LayerJacobian((int)expected.shape[0], parameters);
            give(jacobian, layout);
            Reference.Equal(expected, jacobian.Value, dtype);
            var gramian = new LayerGramian((int)expected.shape[0], CPU);
            give(gramian, layout);
            Reference.Equal(expected.mm(expected.t()), gramian.Value, dtype);
        }
    }

    private static void Ways(Tensor expected, Tensor rows, Tensor gradients, bool bias, ScalarType dtype)
    {
        foreach (var way in (Action<Tensor, Tensor, Tensor, bool>[])[LayerGramian.FromInputs, LayerGramian.FromWeights])
        {
            var gramian = zeros(expected.shape[0], expected.shape[0], dtype: ScalarType.Float64);
            way(gramian, rows, gradients, bias);
            Reference.Equal(expected.mm(expected.t()), gramian, dtype);
        }
    }

    private static Parameter[] Like(Parameter[] parameters, ScalarType dtype) =>
        [.. parameters.Select(p => new Parameter(p.detach().to(dtype)))];
}
