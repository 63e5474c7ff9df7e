using UAmtfl.Tests.Numerics.Convolutions;
using UAmtfl.Tests.Numerics.TaskGradients;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics.Layers;

/// <summary>What generated networks compute equals libtorch's own functions, alone, side by side, and backward for all tasks.</summary>
public sealed class LayerTests
{
    private const int Copies = 3, Samples = 5, Tasks = 3;

    public static TheoryData<string> Names => [.. LayerNetwork.All.Keys];

    /// <summary>The networks whose layers all have a backward pass for the gradients of all tasks.</summary>
    public static TheoryData<string> Batched => [.. LayerNetwork.All.Keys.Except(["Residual", "Narrow", "Signal", "Read", "Written"])];

    [Fact]
    public void LayersAreThoseOfLibtorch()
    {
        using var scope = NewDisposeScope();
        var smooth = LayerNetwork.Drawn(new LayerNetworks.Smooth(ScalarType.Float64, CPU));
        var images = LayerNetwork.All["Smooth"].Inputs(Samples, ScalarType.Float64);
        var h = F.conv2d(images, smooth.Conv1.weight, smooth.Conv1.bias, padding: [1, 1]);
        h = F.gelu(F.group_norm(h, 2, smooth.GroupNorm1.weight, smooth.GroupNorm1.bias));
        h = F.leaky_relu(F.max_pool2d(h, 3, 2, 1), 0.2);
        h = F.silu(F.conv2d(h, smooth.Conv2.weight, smooth.Conv2.bias));
        h = F.adaptive_avg_pool2d(F.avg_pool2d(h, 2, 1, 1), 1).flatten(1);
        h = F.linear(h, smooth.Linear1.weight, smooth.Linear1.bias);
        h = F.gelu(F.layer_norm(h, [6], smooth.LayerNorm1.weight, smooth.LayerNorm1.bias));
        Reference.Equal(F.linear(h, smooth.Linear2.weight), smooth.call(images), ScalarType.Float64);

        var pooled = LayerNetwork.Drawn(new LayerNetworks.Pooled(ScalarType.Float64, CPU));
        h = F.adaptive_avg_pool2d(F.max_pool2d(images, 3, 2, 1), 3);
        h = F.avg_pool2d(F.group_norm(h, 1, pooled.GroupNorm1.weight, pooled.GroupNorm1.bias), 2, 1).flatten(1);
        Reference.Equal(
            F.silu(F.layer_norm(h, [8], pooled.LayerNorm1.weight, pooled.LayerNorm1.bias)), pooled.call(images), ScalarType.Float64);

        var grouped = LayerNetwork.Drawn(new LayerNetworks.Grouped(ScalarType.Float64, CPU));
        images = LayerNetwork.All["Grouped"].Inputs(Samples, ScalarType.Float64);
        h = F.gelu(F.conv2d(images, grouped.Conv1.weight, dilation: [2, 2]));
        h = F.silu(F.conv2d(h, grouped.Conv2.weight, grouped.Conv2.bias, padding: [2, 2], dilation: [2, 2], groups: 2));
        h = F.leaky_relu(F.conv2d(h, grouped.Conv3.weight, strides: [2, 2], padding: [1, 1], groups: 6), 0.3);
        h = F.silu(F.conv2d(h, grouped.Conv4.weight, grouped.Conv4.bias));
        Reference.Equal(
            F.conv2d(h, grouped.Conv5.weight, dilation: [2, 2]).mean([2L, 3L]), grouped.call(images), ScalarType.Float64);
    }

    /// <summary>A normalisation starts with scale 1 and shift 0, alone and side by side.</summary>
    [Fact]
    public void NormalisationsStartWithoutEffect()
    {
        using var scope = NewDisposeScope();
        foreach (var network in LayerNetwork.All.Values)
        {
            Poison.Memory(float.NaN);
            nn.Module[] modules = [network.Create(ScalarType.Float32), network.CreateStack(Copies, ScalarType.Float32)];
            var parameters = modules.SelectMany(m => m.named_parameters())
                .Where(p => p.name.Contains("Norm", StringComparison.Ordinal) || p.name.Contains("bn", StringComparison.Ordinal));
            Assert.All(parameters, p => Assert.True(
                p.parameter.eq(p.name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0).all().item<bool>(), p.name));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void CopiesSideBySideAreTrunksAlone(string name)
    {
        using var scope = NewDisposeScope();
        var network = LayerNetwork.All[name];
        using var stack = LayerNetwork.Drawn(network.CreateStack(Copies, ScalarType.Float64));
        using var alone = network.Create(ScalarType.Float64);
        var inputs = network.Inputs(Samples, ScalarType.Float64);
        foreach (var training in (bool[])[true, false])
        {
            stack.train(training);
            alone.train(training);
            var copies = stack.call(inputs);
            for (var copy = 0; copy < Copies; copy++)
            {
                LayerNetwork.Copy(stack, copy, alone);
                Reference.Equal(alone.call(inputs), copies[copy], ScalarType.Float64);
            }
        }
    }

    [Theory, MemberData(nameof(Batched))]
    public void OneBackwardPassHasTheGradientsOfAllTasks(string name)
    {
        foreach (var dtype in (ScalarType[])[ScalarType.Float64, ScalarType.Float32])
        {
            using var scope = NewDisposeScope();
            var network = LayerNetwork.All[name];
            using var trunk = LayerNetwork.Drawn(network.Create(dtype));
            var batched = Assert.IsAssignableFrom<ITaskBackward>(trunk);
            var inputs = network.Inputs(Samples, dtype);
            var prepared = (Tensor)trunk.GetType().GetMethod("Prepare")!.Invoke(null, [inputs])!;
            var features = batched.Features(prepared, out var kept);
            Assert.True(Reference.Same(trunk.call(inputs), features), "other features");
            var gradients = Reference.Random([Tasks, .. features.shape], dtype, 4);
            foreach (var lastLayerOnly in (bool[])[false, true])
            {
                var parameters = LayerParameters.Of([trunk], lastLayerOnly);
                var expected = OneByOne.Jacobian([features], [gradients], parameters);
                var jacobian = new LayerJacobian(Tasks, parameters, lastLayerOnly);
                batched.Backward(kept, gradients, jacobian);
                Close(expected, jacobian.Value, dtype);
                var gramian = new LayerGramian(Tasks, CPU, lastLayerOnly);
                batched.Backward(kept, gradients, gramian);
                var wide = expected.to(ScalarType.Float64);
                Close(wide.mm(wide.t()), gramian.Value, dtype);
            }
        }

        // In single precision a normalisation loses more digits than the other layers.
        static void Close(Tensor expected, Tensor actual, ScalarType dtype)
        {
            if (dtype == ScalarType.Float64)
            {
                Reference.Equal(expected, actual, dtype);
            }
            else
            {
                Case.Close(expected.to(ScalarType.Float64), actual, "gradients");
            }
        }
    }

    /// <summary>Networks in single precision, in memory filled with wrong numbers, agree with double precision, also side by
    /// side.</summary>
    [Theory, MemberData(nameof(Names))]
    public void SinglePrecisionAgreesWithDouble(string name)
    {
        using var scope = NewDisposeScope();
        var network = LayerNetwork.All[name];
        Check(LayerNetwork.Drawn(network.Create(ScalarType.Float64)), LayerNetwork.Drawn(network.Create(ScalarType.Float32)));
        Check(
            LayerNetwork.Drawn(network.CreateStack(Copies, ScalarType.Float64)),
            LayerNetwork.Drawn(network.CreateStack(Copies, ScalarType.Float32)));

        void Check(nn.Module<Tensor, Tensor> wide, nn.Module<Tensor, Tensor> single)
        {
            Assert.Equal(wide.state_dict().Keys, single.state_dict().Keys);
            var exact = wide.call(network.Inputs(17, ScalarType.Float64));
            Poison.Memory(float.NaN);
            var actual = single.call(network.Inputs(17, ScalarType.Float32));
            Case.Close(exact, actual, "features");
            var gradients = Reference.Random(exact.shape, ScalarType.Float64, 4);
            exact.backward([gradients]);
            Poison.Memory(1e30f);
            actual.backward([gradients.to(ScalarType.Float32)]);
            foreach (var (expected, parameter) in wide.parameters().Zip(single.named_parameters()))
            {
                Case.Close(expected.grad!, parameter.parameter.grad!, $"gradients of {parameter.name}");
            }
        }
    }
}
