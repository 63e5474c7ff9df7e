using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Selects k of E experts for each task by gates that do not depend on the sample (static DSelect-k: Hazimeh et al. 2021, section
/// 3). A selector is a binary code of m = ⌈log₂ E⌉ smooth steps S(z): the share of expert e is the product over its bits of S(z) or
/// 1 − S(z). A softmax weights the k selectors of a task.</summary>
public sealed class DSelectGates : nn.Module
{
    private readonly int experts;
    private readonly Tensor signs, zeros;

    // Scalars that live as long as the gates, because a garbage collection could free one that is made from a number.
    private readonly Scalar least, most, linear, cubic, minusHalf;

    /// <summary>Creates the gates and draws the codes from the current random state, uniform in ±γ/100 as in the authors' program; the
    /// selectors start with equal weights.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="experts">The number E of experts, at least 2.</param>
    /// <param name="select">The number k of experts that a task selects, at most E.</param>
    /// <param name="gamma">The width γ of the smooth step, above 0.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    public DSelectGates(int tasks, int experts, int select, double gamma, ScalarType dtype, Device device)
        : base(nameof(DSelectGates))
    {
        this.experts = experts;
        (least, most, linear, cubic, minusHalf) = (-gamma / 2, gamma / 2, 1.5 / gamma, -2 / Math.Pow(gamma, 3), -0.5);
        var length = (int)Math.Ceiling(Math.Log2(experts));
        var codes = empty([tasks, select, length], dtype: dtype, device: device);
        nn.init.uniform_(codes, -gamma / 100, gamma / 100);
        Codes = new Parameter(codes);
        register_parameter(nameof(Codes), Codes);
        Selectors = Parameters.Zeros([tasks, select], dtype, device);
        register_parameter(nameof(Selectors), Selectors);
        using var scope = NewDisposeScope();
        var written = Enumerable.Range(0, experts).SelectMany(e => Enumerable.Range(0, length).Select(bit => (double)((e >> bit) & 1)));
        var bits = tensor([.. written]).view(experts, length).to(dtype).to(device);
        signs = ((bits * 2) - 1).DetachFromDisposeScope();
        zeros = (1 - bits).DetachFromDisposeScope();
    }

    /// <summary>The codes z [T, k, m].</summary>
    public Parameter Codes { get; }

    /// <summary>The logits α [T, k] of the weights of the selectors.</summary>
    public Parameter Selectors { get; }

    /// <summary>Returns the smooth step of a code: 0 up to −γ/2, 1 from γ/2, and −2t³/γ³ + 3t/(2γ) + ½ between them (eq. 3).</summary>
    /// <param name="code">The code t, of any shape.</param>
    public Tensor SmoothStep(Tensor code)
    {
        var t = code.clamp(least, most);
        return Lasting.Sum(t * linear, t * t * t * cubic) - minusHalf;   // a sum would create a scalar
    }

    /// <summary>Returns the share of each expert in each selector.</summary>
    /// <returns>The shares r [T, k, E], whose sum is 1 if E is a power of two, and at most 1 otherwise.</returns>
    public Tensor Shares() =>
        Lasting.Sum(SmoothStep(Codes).unsqueeze(2) * signs, zeros).prod(-1);   // S where a bit is 1, 1 − S where it is 0

    /// <summary>Returns the weight of each expert for each task.</summary>
    /// <returns>The weights [T, E].</returns>
    public Tensor Weights() => (nn.functional.softmax(Selectors, -1).unsqueeze(2) * Shares()).sum(1);

    /// <summary>Returns Σ_t Σ_k H(r_tk), the entropy of the shares, which is 0 if each selector has chosen one expert. If E is no power of
    /// two, Σ_t Σ_k 1 / Σ_e r_tke is added, which keeps codes away from numbers that no expert has (eq. 9).</summary>
    /// <returns>The penalty [].</returns>
    public Tensor Entropy()
    {
        var shares = Shares();
        var entropy = -(shares * shares.clamp_min(1e-12).log()).sum();
        return int.IsPow2(experts) ? entropy : entropy + (1 / shares.sum(-1).clamp_min(1e-12)).sum();
    }

    /// <summary>Mixes the outputs of the experts.</summary>
    /// <param name="outputs">The outputs [E, N, k] of the experts.</param>
    /// <returns>The features [T, N, k] of the tasks.</returns>
    public Tensor Mix(Tensor outputs) => Weights().matmul(outputs.flatten(1)).view(-1, outputs.shape[1], outputs.shape[2]);

    /// <summary>Adds to the graph of an exported model what <see cref="Mix(Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The name of the outputs [E, N, k].</param>
    /// <returns>The name of the features [T, N, k].</returns>
    public string Mix(OnnxGraph graph, string outputs)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var byRow = graph.Add("Transpose", outputs, ("perm", new[] { 1, 0, 2 }));
        return graph.Add("Transpose", graph.Add("MatMul", [graph.Constant(Weights()), byRow]), ("perm", new[] { 1, 0, 2 }));
    }

    /// <summary>Does nothing, because the constructor registers the parameters by their names.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        signs.Dispose();
        zeros.Dispose();
        foreach (var scalar in new[] { least, most, linear, cubic, minusHalf })
        {
            scalar.Dispose();
        }

        base.Dispose(disposing);
    }
}
