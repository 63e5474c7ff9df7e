using TorchSharp.Modules;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>Task gradients by one backward pass for each task, for trunks whose samples depend on one another and for hand-written
/// trunks.</summary>
public sealed class OneByOneTests
{
    [Fact]
    public void WithBatchNormalisation()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var trunk = nn.Sequential(
            nn.Linear(4, 6, dtype: ScalarType.Float64),
            nn.BatchNorm1d(6, dtype: ScalarType.Float64),
            nn.Tanh(),
            nn.Linear(6, 3, dtype: ScalarType.Float64));
        var z = trunk.call(Reference.Random([7, 4], ScalarType.Float64, 2));
        var gradients = Reference.Random([5, 7, 3], ScalarType.Float64, 3);
        var jacobian = OneByOne.Jacobian([z], [gradients], LayerParameters.Of([trunk], lastLayerOnly: false));
        Assert.False(jacobian.requires_grad);
        Reference.Equal(Reference.Jacobian(z, gradients, [.. trunk.parameters()]), jacobian, ScalarType.Float64);
        var ofLastLayer = OneByOne.Jacobian([z], [gradients], LayerParameters.Of([trunk], lastLayerOnly: true));
        Reference.Equal(jacobian.narrow(1, jacobian.shape[1] - 21, 21), ofLastLayer, ScalarType.Float64);
    }

    /// <summary>Parameters that do not affect the features have zeros in the Jacobian.</summary>
    [Fact]
    public void ParametersWithoutAnEffect()
    {
        using var scope = NewDisposeScope();
        var (first, idle, last) = (
            new Parameter(tensor([1.0, 2.0])), new Parameter(tensor([5.0, 6.0, 7.0])), new Parameter(tensor([3.0, 4.0])));
        var z = (first * last).unsqueeze(0);
        var jacobian = OneByOne.Jacobian([z], [tensor([1.0, 10.0, 0.0, -1.0]).view(2, 1, 2)], [first, idle, last]);
        Assert.Equal([3.0, 40.0, 0.0, 0.0, 0.0, 1.0, 20.0, 0.0, -4.0, 0.0, 0.0, 0.0, 0.0, -2.0], jacobian.data<double>().ToArray());
    }
}
