using TorchSharp;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>The limit cases of networks side by side: soft sharing and cross-stitch.</summary>
public sealed class StitchedLimitTests : IDisposable
{
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
            Set(alpha, eye(TaskCount, dtype: float64));
        }

        var (images, labels) = (Images(), Labels());
        using var one = new AllArchitectures.Stitched.Objective(stitched, new(), Counts);
        using var other = new AllArchitectures.Alone.Objective(alone, new(), Counts);
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
            stack.Split(new int[TaskCount]);
        }

        var names = together.Trunk.named_parameters().ToArray();
        var copies = new Stack[] { stitched.Trunks1, stitched.Trunks2, stitched.Trunks3 }.SelectMany(s => s.parameters()).ToArray();
        foreach (var (one, of) in names.Zip(copies))
        {
            Set(one.parameter, of.reshape(TaskCount, -1)[0].view(one.parameter.shape));
        }

        var images = Images();
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
        second.Trunks1.Split(order);
        second.Trunks2.Split(order);
        var rows = tensor([.. order.Select(o => (long)o)]);
        foreach (var (from, to) in Alphas(first).Zip(Alphas(second)))
        {
            using var frozen = no_grad();
            from.add_(randn_like(from));
            to.copy_(from.index_select(0, rows).index_select(1, rows));
        }

        var images = Images();
        first.Predict(first.Prepare(images), out var features);
        second.Predict(second.Prepare(images), out var permuted);
        Close(features.index_select(0, rows), permuted);
        Assert.False(features.allclose(permuted));
    }

    /// <summary>Fusion whose blocks are diagonal, without a normalisation, is cross-stitch with α of each channel.</summary>
    [Fact]
    public void FusionOfDiagonalBlocksIsCrossStitch()
    {
        var (stitched, fused) = (
            Build(() => new AllArchitectures.StitchedChannels.Network(float64, CPU)),
            Build(() => new AllArchitectures.FusedMarked.Network(float64, CPU)));
        using (no_grad())
        {
            foreach (var (alpha, unit) in Alphas(stitched).Zip(((nn.Module)fused).modules().OfType<FusionUnit>()))
            {
                alpha.add_(randn_like(alpha));
                unit.Weight.copy_(alpha.diag_embed().permute(0, 2, 1, 3).reshape(unit.Weight.shape));   // [T, T, C, C]
            }
        }

        var images = Images();
        stitched.Predict(stitched.Prepare(images), out var expected);
        fused.Predict(fused.Prepare(images), out var actual);
        Close(expected, actual);
    }

    /// <summary>The channels of a task are normalised over the batch, in images over their pixels too, and rectified.</summary>
    [Fact]
    public void FusedChannelsAreNormalisedAndRectified()
    {
        using var unit = new FusionUnit(2, 3, 0.9, 0.1, normalise: true, float64, CPU);
        var input = randn([5, 6, 4, 4], dtype: float64);
        var mixed = einsum("os,nshw->nohw", unit.Weight, input);
        var (mean, variance) = (zeros(6, dtype: float64), ones(6, dtype: float64));
        var expected = nn.functional.batch_norm(mixed, mean, variance, training: true, eps: 1e-3).relu();
        Close(expected, unit.call(input));
        Assert.Equal(0.1, unit.Weight[0, 3].item<double>(), 1e-15);
        Assert.Equal(0, unit.Weight[0, 4].item<double>());
        var rows = input.permute(0, 2, 3, 1).reshape(-1, 2, 3).transpose(0, 1);   // pixels as rows [T, N·H·W, C]
        Close(expected.permute(0, 2, 3, 1).reshape(-1, 2, 3).transpose(0, 1), unit.call(rows));
    }

    /// <summary>The pull leaves the mean of the tasks where it is, and the form in pairs is 2T times the one to the mean.</summary>
    [Fact]
    public void ThePullSumsToZeroOverTasks()
    {
        Tensor[] weights =
        [
            randn(TaskCount, 4, 3, dtype: float64).requires_grad_(), randn(TaskCount * 2, 5, dtype: float64).requires_grad_(),
        ];
        var penalty = Penalties.SoftSharing.ToMean(weights, TaskCount, 0.3);
        var expected = 0.3 * weights.Select(w => w.reshape(TaskCount, -1)).Sum(w => (w - w.mean([0])).square().sum().item<double>());
        Assert.Equal(expected, penalty.item<double>(), 1e-12);
        penalty.backward();
        Assert.All(weights, w => Assert.Equal(0, w.grad!.reshape(TaskCount, -1).sum([0]).abs().max().item<double>(), 1e-12));
        Assert.Equal(2 * TaskCount * expected, Penalties.SoftSharing.Pairwise(weights, TaskCount, 0.3).item<double>(), 1e-10);
    }

    /// <summary>The step along the trace norm shrinks the singular values of the matrix with a row for each task, also of weights whose
    /// channels are last in memory.</summary>
    [Fact]
    public void TheTraceNormShrinksSingularValues()
    {
        var weight = randn([TaskCount, 3, 2, 2, 4], dtype: float64).permute(0, 4, 1, 2, 3);
        weight.requires_grad_();
        var before = linalg.svdvals(weight.detach().reshape(TaskCount, -1));
        using (no_grad())
        {
            Penalties.SoftSharing.Step([weight], TaskCount, new Penalties.TraceNorm(0.5), 0.4);
        }

        Close((before - 0.2).clamp_min(0), linalg.svdvals(weight.detach().reshape(TaskCount, -1)));
    }

    private static IEnumerable<Tensor> Alphas(Network network) =>
        network.modules().OfType<CrossStitchUnit>().Select(unit => (Tensor)unit.Alpha);

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
}
