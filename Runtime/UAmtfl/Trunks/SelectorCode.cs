using TorchSharp;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>The binary code by which a selector chooses one of E experts: m = ⌈log₂ E⌉ smooth steps S(z). The share of expert e is the
/// product over its bits of S(z) where the bit is 1, and of 1 − S(z) where it is 0 (Hazimeh et al. 2021).</summary>
internal sealed class SelectorCode : IDisposable
{
    private readonly int experts;
    private readonly Tensor signs, zeros;

    // Scalars that live as long as the code, because a garbage collection could free one that is made from a number.
    private readonly Scalar least, most, linear, cubic, minusHalf;

    /// <summary>Writes the codes of the experts.</summary>
    /// <param name="experts">The number E of experts, at least 2.</param>
    /// <param name="gamma">The width γ of the smooth step, above 0.</param>
    /// <param name="dtype">The type of the codes.</param>
    /// <param name="device">The device of the codes.</param>
    public SelectorCode(int experts, double gamma, ScalarType dtype, Device device)
    {
        this.experts = experts;
        Length = (int)Math.Ceiling(Math.Log2(experts));
        (least, most, linear, cubic, minusHalf) = (-gamma / 2, gamma / 2, 1.5 / gamma, -2 / Math.Pow(gamma, 3), -0.5);
        using var scope = NewDisposeScope();
        var written = Enumerable.Range(0, experts).SelectMany(e => Enumerable.Range(0, Length).Select(bit => (double)((e >> bit) & 1)));
        var bits = tensor([.. written]).view(experts, Length).to(dtype).to(device);
        signs = ((bits * 2) - 1).DetachFromDisposeScope();
        zeros = (1 - bits).DetachFromDisposeScope();
    }

    /// <summary>The number m of bits.</summary>
    public int Length { get; }

    /// <summary>Returns the smooth step of a code: 0 up to −γ/2, 1 from γ/2, and −2t³/γ³ + 3t/(2γ) + ½ between them (eq. 3).</summary>
    /// <param name="code">The code t, of any shape.</param>
    public Tensor SmoothStep(Tensor code)
    {
        var t = code.clamp(least, most);
        return Lasting.Sum(t * linear, t * t * t * cubic) - minusHalf;   // a sum would create a scalar
    }

    /// <summary>Returns the share of each expert in each selector.</summary>
    /// <param name="codes">The codes z […, m] of the selectors.</param>
    /// <returns>The shares r […, E], whose sum is 1 if E is a power of two, and at most 1 otherwise.</returns>
    public Tensor Shares(Tensor codes) =>
        Lasting.Sum(SmoothStep(codes).unsqueeze(-2) * signs, zeros).prod(-1);   // S where a bit is 1, 1 − S where it is 0

    /// <summary>Returns Σ H(r), the sum over all selectors of the entropy of the shares, which is 0 if each has chosen one expert. If E is
    /// no power of two, Σ 1 / Σ_e r_e is added, which keeps codes away from numbers that no expert has (eq. 9).</summary>
    /// <param name="shares">The shares r […, E].</param>
    /// <returns>The sum [].</returns>
    public Tensor Entropy(Tensor shares)
    {
        var entropy = (shares * shares.clamp_min(1e-12).log()).sum();
        return int.IsPow2(experts) ? -entropy : (1 / shares.sum(-1).clamp_min(1e-12)).sum() - entropy;
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Shares(Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="codes">The name of the codes z […, m].</param>
    /// <returns>The name of the shares r […, E].</returns>
    public string Shares(OnnxGraph graph, string codes)
    {
        using var scope = NewDisposeScope();
        var t = graph.Add("Clip", [codes, Number(least), Number(most)]);
        var cube = graph.Add("Mul", [graph.Add("Mul", [t, t]), t]);
        var slopes = graph.Add("Add", [graph.Add("Mul", [t, Number(linear)]), graph.Add("Mul", [cube, Number(cubic)])]);
        var step = graph.Add("Unsqueeze", [graph.Add("Sub", [slopes, Number(minusHalf)]), graph.Integers(-2)]);
        var factors = graph.Add("Add", [graph.Add("Mul", [step, graph.Constant(signs)]), graph.Constant(zeros)]);
        return graph.Add("ReduceProd", factors, ("axes", new[] { -1 }), ("keepdims", 0));

        string Number(Scalar value) => graph.Constant(tensor(value.ToDouble()).to(signs.dtype));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        signs.Dispose();
        zeros.Dispose();
        foreach (var scalar in new[] { least, most, linear, cubic, minusHalf })
        {
            scalar.Dispose();
        }
    }
}
