using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Selects k of E experts for each task by gates that do not depend on the sample (static DSelect-k: Hazimeh et al.
/// 2021). A selector is a binary code of smooth steps; a softmax weights the k selectors of a task.</summary>
public sealed class DSelectGates : nn.Module
{
    private readonly SelectorCode code;

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
        code = new(experts, gamma, dtype, device);
        var codes = empty([tasks, select, code.Length], dtype: dtype, device: device);
        nn.init.uniform_(codes, -gamma / 100, gamma / 100);
        Codes = new Parameter(codes);
        register_parameter(nameof(Codes), Codes);
        Selectors = Parameters.Zeros([tasks, select], dtype, device);
        register_parameter(nameof(Selectors), Selectors);
    }

    /// <summary>The codes z [T, k, m].</summary>
    public Parameter Codes { get; }

    /// <summary>The logits α [T, k] of the weights of the selectors.</summary>
    public Parameter Selectors { get; }

    /// <summary>Returns the share of each expert in each selector.</summary>
    /// <returns>The shares r [T, k, E], whose sum is 1 if E is a power of two, and at most 1 otherwise.</returns>
    public Tensor Shares() => code.Shares(Codes);

    /// <summary>Returns the weight of each expert for each task.</summary>
    /// <returns>The weights [T, E].</returns>
    public Tensor Weights() => (nn.functional.softmax(Selectors, -1).unsqueeze(2) * Shares()).sum(1);

    /// <summary>Returns Σ_t Σ_k H(r_tk), the entropy of the shares, which is 0 if each selector has chosen one expert. If E is no power of
    /// two, Σ_t Σ_k 1 / Σ_e r_tke is added, which keeps codes away from numbers that no expert has (eq. 9).</summary>
    /// <returns>The penalty [].</returns>
    public Tensor Entropy() => code.Entropy(Shares());

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
        code.Dispose();
        base.Dispose(disposing);
    }
}
