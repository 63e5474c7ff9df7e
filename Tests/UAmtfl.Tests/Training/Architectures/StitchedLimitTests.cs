using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Numerics;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>The limit cases of networks side by side: soft sharing and cross-stitch.</summary>
public sealed class StitchedLimitTests : IDisposable
{
    private const int Tasks = 6;

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>The weights of a training have the bits of single-task learning if nothing pulls.</summary>
    [Fact]
    public void SoftSharingWithoutAPullIsSingleTask()
    {
        Assert.Equal(Trained("Alone"), Trained("Soft", ("Rho", "0")));
        Assert.NotEqual(Trained("Alone"), Trained("Soft"));
    }

    /// <summary>Outputs and gradients have the bits of single-task learning if each task keeps its own activation.</summary>
    [Fact]
    public void StitchesWithTheIdentityAreSingleTask()
    {
        var (stitched, alone) = (
            Build(() => new AllArchitectures.Stitched.Network(float64, CPU)),
            Build(() => new AllArchitectures.Alone.Network(float64, CPU)));
        foreach (var alpha in Alphas(stitched))
        {
            Set(alpha, eye(Tasks, dtype: float64));
        }

        var (images, labels) = Batch();
        var counts = ones(Tasks, dtype: float64);
        using var one = new AllArchitectures.Stitched.Objective(stitched, new(), counts);
        using var other = new AllArchitectures.Alone.Objective(alone, new(), counts);
        var values = (one.Value(stitched.Prepare(images), labels, out _), other.Value(alone.Prepare(images), labels, out _));
        Assert.Equal(Bits(values.Item1), Bits(values.Item2));
        values.Item1.backward();
        values.Item2.backward();
        var weights = stitched.named_parameters().Where(p => !p.name.StartsWith("Stitch", StringComparison.Ordinal)).ToArray();
        Assert.Equal(alone.parameters().Count(), weights.Length);
        Assert.All(weights.Zip(alone.parameters()), pair => Assert.Equal(Bits(pair.First.parameter.grad!), Bits(pair.Second.grad!)));
    }

    /// <summary>Equal networks whose stitches have rows that sum to 1, as they do at the start, are one network.</summary>
    [Fact]
    public void TwinsAreOneNetwork()
    {
        var (stitched, together) = (
            Build(() => new AllArchitectures.Stitched.Network(float64, CPU)),
            Build(() => new AllArchitectures.Together.Network(float64, CPU)));
        foreach (var stack in new Stack[] { stitched.Trunks1, stitched.Trunks2, stitched.Trunks3 })
        {
            stack.CopyFrom(stack, new int[Tasks]);
        }

        var names = together.Trunk.named_parameters().ToArray();
        var copies = new Stack[] { stitched.Trunks1, stitched.Trunks2, stitched.Trunks3 }.SelectMany(s => s.parameters()).ToArray();
        foreach (var (one, of) in names.Zip(copies))
        {
            Set(one.parameter, of.reshape(Tasks, -1)[0].view(one.parameter.shape));
        }

        var images = Batch().Images;
        stitched.Predict(stitched.Prepare(images), out var own);
        together.Predict(together.Prepare(images), out var shared);
        Close(shared.expand_as(own), own);
    }

    /// <summary>Networks in another order, with the rows and columns of α in the same order, compute the same features in that
    /// order.</summary>
    [Fact]
    public void PermutedTasksPermuteTheFeatures()
    {
        int[] order = [3, 0, 5, 1, 4, 2];
        var (first, second) = (
            Build(() => new AllArchitectures.StitchedChannels.Network(float64, CPU)),
            Build(() => new AllArchitectures.StitchedChannels.Network(float64, CPU)));
        second.Trunks1.CopyFrom(first.Trunks1, order);
        second.Trunks2.CopyFrom(first.Trunks2, order);
        var rows = tensor([.. order.Select(o => (long)o)]);
        foreach (var (from, to) in Alphas(first).Zip(Alphas(second)))
        {
            using var frozen = no_grad();
            from.add_(randn_like(from));
            to.copy_(from.index_select(0, rows).index_select(1, rows));
        }

        var images = Batch().Images;
        first.Predict(first.Prepare(images), out var features);
        second.Predict(second.Prepare(images), out var permuted);
        Close(features.index_select(0, rows), permuted);
        Assert.False(features.allclose(permuted));
    }

    /// <summary>The pull leaves the mean of the tasks where it is, and the form in pairs is 2T times the one to the mean.</summary>
    [Fact]
    public void ThePullSumsToZeroOverTasks()
    {
        Tensor[] weights = [randn(Tasks, 4, 3, dtype: float64).requires_grad_(), randn(Tasks * 2, 5, dtype: float64).requires_grad_()];
        var penalty = Penalties.SoftSharing.ToMean(weights, Tasks, 0.3);
        var expected = weights.Sum(w => 0.3 * (w.reshape(Tasks, -1) - w.reshape(Tasks, -1).mean([0])).square().sum().item<double>());
        Assert.Equal(expected, penalty.item<double>(), 1e-12);
        penalty.backward();
        Assert.All(weights, w => Assert.Equal(0, w.grad!.reshape(Tasks, -1).sum([0]).abs().max().item<double>(), 1e-12));
        Assert.Equal(2 * Tasks * expected, Penalties.SoftSharing.Pairwise(weights, Tasks, 0.3).item<double>(), 1e-10);
    }

    /// <summary>The step along the trace norm shrinks the singular values of the matrix with a row for each task, also of weights whose
    /// channels are last in memory.</summary>
    [Fact]
    public void TheTraceNormShrinksSingularValues()
    {
        var weight = randn([Tasks, 3, 2, 2, 4], dtype: float64).permute(0, 4, 1, 2, 3);
        weight.requires_grad_();
        var before = linalg.svdvals(weight.detach().reshape(Tasks, -1));
        using (no_grad())
        {
            Penalties.SoftSharing.Step([weight], Tasks, new Penalties.TraceNorm(0.5), 0.4);
        }

        Close((before - 0.2).clamp_min(0), linalg.svdvals(weight.detach().reshape(Tasks, -1)));
    }

    private static IEnumerable<Tensor> Alphas(Network network) =>
        network.modules().OfType<CrossStitchUnit>().Select(unit => (Tensor)unit.Alpha);

    private static T Build<T>(Func<T> create)
    {
        RandomStreams.Start(5, "initialisation");
        return create();
    }

    private static byte[] Trained(string variant, params (string Key, string Value)[] settings)
    {
        var declared = AllArchitectures.Descriptor.Variants.Single(v => v.Name == variant);
        var section = TestSettings.Configuration([.. settings.Select(s => ($"x:{s.Key}", s.Value))]).GetSection("x");
        var result = TestCell.Run(
            AllArchitectures.Descriptor, declared, declared.Bind(new(section)), declared.Plan, new(null, 1), _ => { },
            CancellationToken.None);
        var tensors = Files.Safetensors.Read(new MemoryStream(result.Model!.Tensors)).Tensors;
        return [.. tensors.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => Bits(t.Value))];
    }

    private static (Tensor Images, Labels Labels) Batch()
    {
        random.manual_seed(3);
        var images = rand(7, 1, 8, 8, dtype: float64);
        var labels = randint(0, 2, [7, Tasks]).to(float64);
        return (images, new(labels, null));
    }

    private static void Set(Tensor parameter, Tensor values)
    {
        using var frozen = no_grad();
        parameter.copy_(values);
    }

    private static void Close(Tensor expected, Tensor actual) =>
        Assert.True(expected.allclose(actual, rtol: 1e-12, atol: 1e-12), $"{(expected - actual).abs().max().item<double>()}");

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}
