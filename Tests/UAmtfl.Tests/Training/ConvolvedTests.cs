using UAmtfl.Descriptors;
using UAmtfl.Tests.Numerics.Convolutions;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Whole networks that convolve, in single precision and in memory filled with wrong numbers, agree with the same network in
/// double precision.</summary>
public sealed class ConvolvedTests
{
    public static TheoryData<string> Variants => [.. Convolved.Descriptor.Variants.Select(v => v.Name)];

    [Theory, MemberData(nameof(Variants))]
    public void GradientsAreThoseOfDoublePrecision(string name)
    {
        using var scope = NewDisposeScope();
        using var single = Create(name, ScalarType.Float32);
        using var wide = Create(name, ScalarType.Float64);
        wide.Network.load_state_dict(single.Network.state_dict());
        random.manual_seed(2);
        var images = randn(17, 1, 8, 8);
        var (expected, exact) = Outputs(wide, images.to(ScalarType.Float64));
        Poison.Memory(float.NaN);
        var (actual, gradients) = Outputs(single, images);
        Close(expected, actual, "outputs");
        foreach (var (parameter, gradient) in exact)
        {
            Close(gradient, gradients[parameter], parameter);
        }
    }

    /// <summary>Every kernel of a network has channels last. A kernel is a parameter with at least four dimensions; those of one channel,
    /// whose patches are cut, are left out.</summary>
    [Theory, MemberData(nameof(Variants))]
    public void KernelsLieChannelsLast(string name)
    {
        using var scope = NewDisposeScope();
        using var variant = Create(name, ScalarType.Float32);
        Assert.All(
            variant.Network.named_parameters().Where(p => p.parameter.dim() >= 4 && p.parameter.shape[^3] > 1),
            p => Assert.Equal(1, p.parameter.stride()[^3]));
    }

    private static (Tensor Outputs, Dictionary<string, Tensor> Gradients) Outputs(Objective variant, Tensor images)
    {
        variant.Network.train();
        var outputs = variant.Network.Predict(variant.Network.Prepare(images));
        var weights = linspace(-1, 2, outputs.numel(), dtype: images.dtype).view(outputs.shape);
        (outputs * weights).sum().backward();
        return (
            outputs,
            variant.Network.named_parameters().Where(p => p.parameter.grad is not null).ToDictionary(p => p.name, p => p.parameter.grad!));
    }

    private static Objective Create(string name, ScalarType dtype)
    {
        random.manual_seed(1);
        var variant = ((BoundNetwork)Convolved.Descriptor.Variants.Single(v => v.Name == name).Bind(TestSettings.Empty))
            .Create(ones(6, dtype: dtype));
        using var frozen = no_grad();
        foreach (var head in variant.Network.named_parameters().Where(p => p.name.StartsWith("Head", StringComparison.Ordinal)))
        {
            head.parameter.add_(randn(head.parameter.shape).to(dtype));
        }

        return variant;
    }

    private static void Close(Tensor expected, Tensor actual, string what)
    {
        var error = (actual.to(ScalarType.Float64) - expected).abs().max().item<double>()
            / Math.Max(1, expected.abs().max().item<double>());
        Assert.True(error < 1e-3, FormattableString.Invariant($"{what}: off by {error:0.0e0}"));
    }
}
