using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Selects k of E experts for each task and each sample x (per-example DSelect-k: Hazimeh et al. 2021). The code of
/// a selector is z_tk = Z_tk x + c_tk, and the weights of a task's selectors are softmax(A_t x + a_t).</summary>
public sealed class DSelectSampleGates : nn.Module
{
    private readonly SelectorCode code;
    private readonly int tasks, select, experts;
    private Tensor? read;

    /// <summary>Creates the gates and draws the weights and biases of the codes from the current random state, uniform in ±γ/100 as in the
    /// authors' program; those of the selectors start at 0, so that a task's selectors have equal weights.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="experts">The number E of experts, at least 2.</param>
    /// <param name="select">The number k of experts that a task selects, at most E.</param>
    /// <param name="gamma">The width γ of the smooth step, above 0.</param>
    /// <param name="features">The number d of features, or of channels of an image, that the gates read.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    public DSelectSampleGates(int tasks, int experts, int select, double gamma, int features, ScalarType dtype, Device device)
        : base(nameof(DSelectSampleGates))
    {
        (this.tasks, this.select, this.experts) = (tasks, select, experts);
        code = new(experts, gamma, dtype, device);
        Weight = Drawn([tasks, select, code.Length + 1, features]);
        register_parameter(nameof(Weight), Weight);
        Bias = Drawn([tasks, select, code.Length + 1]);
        register_parameter(nameof(Bias), Bias);

        Parameter Drawn(long[] shape)
        {
            var values = zeros(shape, dtype: dtype, device: device);
            nn.init.uniform_(values.narrow(2, 0, code.Length), -gamma / 100, gamma / 100);
            return new(values);
        }
    }

    /// <summary>The weights [T, k, m + 1, d]: Z_tk, whose m rows are the bits of a code, and the row of A_t for the selector.</summary>
    public Parameter Weight { get; }

    /// <summary>The biases [T, k, m + 1]: c_tk and the entry of a_t for the selector.</summary>
    public Parameter Bias { get; }

    /// <summary>Returns the share of each expert in each selector.</summary>
    /// <param name="input">The input of the experts, [N, d] or [N, d, H, W].</param>
    /// <returns>The shares r [N, T, k, E], whose sum is 1 if E is a power of two, and at most 1 otherwise.</returns>
    public Tensor Shares(Tensor input) => code.Shares(Logits(Experts.Pooled(input)).narrow(3, 0, code.Length));

    /// <summary>Returns 1/N Σ_i Σ_t Σ_k H(r_itk), the entropy of the shares of the batch that was mixed last, as a mean over its N
    /// samples. If E is no power of two, 1/N Σ_i Σ_t Σ_k 1 / Σ_e r_itke is added (eq. 9). Its gradient reaches the gates and not what
    /// they read, because it is there to choose experts, and tasks share what is read. (The authors' program takes the sum over the
    /// samples, and does not scale the second term.)</summary>
    /// <returns>The penalty [].</returns>
    /// <exception cref="InvalidOperationException">No batch was mixed in training.</exception>
    public Tensor Entropy()
    {
        var x = read ?? throw new InvalidOperationException("no batch was mixed in training, so there are no shares; mix one before");
        return code.Entropy(Shares(x)) / x.shape[0];
    }

    /// <summary>Mixes the outputs of the experts.</summary>
    /// <param name="input">The input of the experts, [N, d] or [N, d, H, W].</param>
    /// <param name="outputs">The outputs of the experts, [E, N, k] or [N, E·ch, H, W].</param>
    /// <returns>The features of the tasks, [T, N, k] or [N, T·ch, H, W].</returns>
    public Tensor Mix(Tensor input, Tensor outputs)
    {
        var x = Experts.Pooled(input);
        read = training ? x.detach() : null;
        var logits = Logits(x);
        var shares = code.Shares(logits.narrow(3, 0, code.Length));
        return Experts.Mix((nn.functional.softmax(logits.select(3, code.Length), -1).unsqueeze(3) * shares).sum(2), outputs);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Mix(Tensor, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">The name of the input of the experts.</param>
    /// <param name="outputs">The name of the outputs of the experts.</param>
    /// <param name="images">True if the input is images.</param>
    /// <param name="shape">The shape of one sample of one expert: (channels, height, width) or (features).</param>
    /// <returns>The name of the features of the tasks.</returns>
    public string Mix(OnnxGraph graph, string input, string outputs, bool images, params int[] shape)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var pooled = images ? graph.Add("Flatten", graph.Add("GlobalAveragePool", input)) : input;
        var logits = graph.Add(
            "Reshape",
            [graph.Linear(pooled, Weight.flatten(0, 2), Bias.flatten()), graph.Integers(0, tasks, select, code.Length + 1)]);
        var selectors = graph.Add(
            "Softmax", graph.Add("Gather", [logits, graph.Integer(code.Length)], ("axis", 3)), ("axis", -1));   // [N, T, k]
        var row = graph.Add("Unsqueeze", [selectors, graph.Integers(2)]);
        var shares = code.Shares(
            graph, graph.Add("Slice", [logits, graph.Integers(0), graph.Integers(code.Length), graph.Integers(3)]));
        var weights = graph.Add("Squeeze", [graph.Add("MatMul", [row, shares]), graph.Integers(2)]);   // [N, T, E]
        return Experts.Mix(graph, weights, outputs, tasks, experts, shape);
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

    /// <summary>Returns the codes and, in the last entry, the logit of each selector, [N, T, k, m + 1].</summary>
    private Tensor Logits(Tensor x) => nn.functional.linear(x, Weight.flatten(0, 2), Bias.flatten()).unflatten(1, tasks, select, -1);
}
