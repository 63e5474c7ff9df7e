using TorchSharp;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>For whole trunks, one batched backward pass gives the same gradients of all tasks as T ordinary ones.</summary>
public sealed class TaskBackwardTests
{
    private const int T = 4, N = 6;

    public static TheoryData<string, ScalarType> Cases => new()
    {
        { nameof(Rows), ScalarType.Float64 }, { nameof(Rows), ScalarType.Float32 }, { nameof(Images), ScalarType.Float64 },
        { nameof(Images), ScalarType.Float32 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void TheJacobianHasTheLayoutOfTheParameters(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var (trunk, z, kept, gradients) = Start(name, dtype);
        var sink = new LayerJacobian(T, LayerParameters.Of([trunk], lastLayerOnly: false));
        trunk.Backward(kept, gradients, sink);
        Reference.Equal(Reference.Jacobian(z, gradients, [.. trunk.parameters()]), sink.Value, dtype);
    }

    [Theory, MemberData(nameof(Cases))]
    public void TheGramianIsThatOfTheJacobian(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var (trunk, z, kept, gradients) = Start(name, dtype);
        var sink = new LayerGramian(T, CPU);
        trunk.Backward(kept, gradients, sink);
        var jacobian = Reference.Jacobian(z, gradients, [.. trunk.parameters()]).to(ScalarType.Float64);
        Reference.Equal(jacobian.mm(jacobian.t()), sink.Value, dtype);
    }

    [Theory, MemberData(nameof(Cases))]
    public void OfTheLastLayerAlone(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var (trunk, z, kept, gradients) = Start(name, dtype);
        var parameters = LayerParameters.Of([trunk], lastLayerOnly: true);
        Assert.Equal(trunk.parameters().TakeLast(name == nameof(Rows) ? 1 : 2).Select(p => p.Handle), parameters.Select(p => p.Handle));
        var all = Reference.Jacobian(z, gradients, [.. trunk.parameters()]);
        var size = parameters.Sum(p => p.numel());
        var expected = all.narrow(1, all.shape[1] - size, size);
        var jacobian = new LayerJacobian(T, parameters, lastLayerOnly: true);
        trunk.Backward(kept, gradients, jacobian);
        Reference.Equal(expected, jacobian.Value, dtype);
        var gramian = new LayerGramian(T, CPU, lastLayerOnly: true);
        trunk.Backward(kept, gradients, gramian);
        Reference.Equal(expected.to(ScalarType.Float64).mm(expected.to(ScalarType.Float64).t()), gramian.Value, dtype);
    }

    /// <summary>The gradients are right for every choice of parameters that are not trained: whole layers, weights alone, biases
    /// alone.</summary>
    [Theory]
    [InlineData(nameof(Rows))]
    [InlineData(nameof(Images))]
    public void OfTheParametersThatAreTrained(string name)
    {
        var count = name == nameof(Rows) ? 3 : 6;
        for (var frozen = 0; frozen < (1 << count) - 1; frozen++)
        {
            using var scope = NewDisposeScope();
            var (trunk, z, kept, gradients) = Start(name, ScalarType.Float64, t =>
            {
                foreach (var (parameter, i) in t.parameters().Select((p, i) => (p, i)))
                {
                    parameter.requires_grad = (frozen >> i & 1) == 0;
                }
            });
            foreach (var lastLayerOnly in (bool[])[false, true])
            {
                var parameters = LayerParameters.Of([trunk], lastLayerOnly);
                var expected = Reference.Jacobian(z, gradients, parameters);
                var jacobian = new LayerJacobian(T, parameters, lastLayerOnly);
                trunk.Backward(kept, gradients, jacobian);
                Reference.Equal(expected, jacobian.Value, ScalarType.Float64);
                var gramian = new LayerGramian(T, CPU, lastLayerOnly);
                trunk.Backward(kept, gradients, gramian);
                Reference.Equal(expected.mm(expected.t()), gramian.Value, ScalarType.Float64);
                Reference.Equal(expected, OneByOne.Jacobian([z], [gradients], parameters), ScalarType.Float64);
            }
        }
    }

    /// <summary>The forward pass that keeps tensors draws the same random numbers and gives the same features as the ordinary one, and an
    /// ordinary backward pass through it gives the same bits.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void FeaturesThatKeepAreTheOrdinaryOnes(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var (trunk, z, kept, gradients) = Start(name, dtype);
        trunk.Backward(kept, gradients, new LayerGramian(T, CPU));
        Assert.All(kept, k => Assert.False(k.requires_grad));
        var after = Reference.Jacobian(z, gradients, [.. trunk.parameters()]);
        var prepared = trunk.Prepare(Inputs(name, dtype));
        random.manual_seed(9);
        var plain = trunk.Features(prepared);
        Assert.True(Reference.Same(plain, z), "other features");
        Assert.True(Reference.Same(Reference.Jacobian(plain, gradients, [.. trunk.parameters()]), after), "other gradients");
    }

    /// <summary>A backward pass disposes of all tensors that it creates, and of none that it is given.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void NoTensorStays(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var (trunk, _, kept, gradients) = Start(name, dtype);
        LayerGradients[] sinks = [new LayerGramian(T, CPU), new LayerJacobian(T, LayerParameters.Of([trunk], lastLayerOnly: false))];
        foreach (var sink in sinks)
        {
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            trunk.Backward(kept, gradients, sink);
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.False(gradients.IsInvalid);
        Assert.All(kept, k => Assert.False(k.IsInvalid));
    }

    private static (StackTrunk Trunk, Tensor Features, Tensor[] Kept, Tensor Gradients) Start(
        string name, ScalarType dtype, Action<StackTrunk>? freeze = null)
    {
        random.manual_seed(7);
        StackTrunk trunk = name == nameof(Rows) ? new Rows(dtype) : new Images(dtype);
        freeze?.Invoke(trunk);
        var inputs = Inputs(name, dtype);
        random.manual_seed(9);
        var z = trunk.Features(trunk.Prepare(inputs), out var kept);
        return (trunk, z, kept, Reference.Random([T, .. z.shape], dtype, 3));
    }

    private static Tensor Inputs(string name, ScalarType dtype) =>
        Reference.Random(name == nameof(Rows) ? [N, 6] : [N, 2, 13, 13], dtype, 8);
}
