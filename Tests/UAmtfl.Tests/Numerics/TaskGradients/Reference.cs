using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>Task gradients from autograd, task by task, and comparisons with them.</summary>
internal static class Reference
{
    public static TheoryData<ScalarType> Types => [ScalarType.Float64, ScalarType.Float32];

    /// <summary>The gradient of Σ Δ_t ∘ z with respect to x for each task t [T, …].</summary>
    public static Tensor PerTask(Tensor z, Tensor gradients, Tensor x) =>
        stack(
            [.. Enumerable.Range(0, (int)gradients.shape[0]).Select(t => autograd.grad([z], [x], [gradients[t]], retain_graph: true)[0])]);

    /// <summary>The Jacobian J [T, P] by T calls of <c>backward</c>.</summary>
    public static Tensor Jacobian(Tensor z, Tensor gradients, IReadOnlyList<Tensor> parameters)
    {
        var rows = new List<Tensor>();
        for (var t = 0; t < gradients.shape[0]; t++)
        {
            foreach (var parameter in parameters)
            {
                parameter.grad = null;
            }

            autograd.backward([z], [gradients[t]], retain_graph: true);
            rows.Add(cat([.. parameters.Select(p => p.grad!.flatten().clone())]));
        }

        return stack(rows);
    }

    /// <summary>Random numbers from a seed. In double precision they are rounded to single precision, so that both precisions compute
    /// from the same numbers.</summary>
    public static Tensor Random(long[] shape, ScalarType dtype, int seed)
    {
        random.manual_seed(seed);
        return randn(shape, dtype: ScalarType.Float32).to(dtype);
    }

    /// <summary>True if two tensors have the same shape and exactly the same numbers.</summary>
    public static bool Same(Tensor a, Tensor b) => a.shape.SequenceEqual(b.shape) && a.eq(b).all().item<bool>();

    /// <summary>Fails if the largest difference is more than 10⁻¹² of the largest number, or 10⁻⁶ in single precision.</summary>
    public static void Equal(Tensor expected, Tensor actual, ScalarType dtype)
    {
        Assert.Equal(expected.shape, actual.shape);
        var wanted = expected.detach().to(ScalarType.Float64);
        var scale = wanted.abs().max().item<double>();
        Assert.True(scale > 0, "the expected numbers are all zero, which shows nothing");
        var error = (actual.detach().to(ScalarType.Float64) - wanted).abs().max().item<double>() / scale;
        Assert.True(
            error <= (dtype == ScalarType.Float64 ? 1e-12 : 1e-6),
            FormattableString.Invariant($"off by {error:0.0e0} of the largest number"));
    }
}
