using UAmtfl.Data;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>The values of the symbols in printed objectives, computed task by task and row by row from the parameters and a batch,
/// without code of the library.</summary>
internal sealed class Reference
{
    private readonly Built built;
    private readonly Labels labels;
    private readonly Tensor features, outputs;
    private readonly Formula formula;

    public Reference(Built built, int batch = 0, Tensor? cut = null)
    {
        this.built = built;
        formula = Formula.Of(built.Descriptor.Objective);
        labels = built.Batches[batch].Labels;
        Alone = built.Has("Trunks.Linear1.Weight");
        Trunk = [.. built.Named.Where(p => p.Name.StartsWith("Trunk", StringComparison.Ordinal)).Select(p => (Tensor)p.Parameter)];
        var inputs = built.Batches[batch].Prepared;
        var tanh = built.Tasks.Count == 5;
        Tensor layer(Tensor weight, Tensor bias) =>
            inputs.matmul(weight.t()) + bias is var h && tanh ? h.tanh() : inputs.matmul(weight.t()) + bias;
        features = Alone
            ? stack(
                [
                    .. Enumerable.Range(0, built.Tasks.Count).Select(t =>
                        layer(built["Trunks.Linear1.Weight"][t], built["Trunks.Linear1.Bias"].view(built.Tasks.Count, -1)[t])),
                ])
            : cut ?? layer(built["Trunk.Linear1.weight"], built["Trunk.Linear1.bias"]);
        outputs = cat(
            [
                .. Enumerable.Range(0, built.Tasks.Count)
                    .Select(t => (Alone ? features[t] : features).matmul(Rows(W, t).t()) + Rows(B.unsqueeze(1), t).squeeze(1)),
            ],
            1);
    }

    public bool Alone { get; }

    public Tensor[] Trunk { get; }

    /// <summary>The weights W of all heads, or the sum of their parts.</summary>
    public Tensor W => built.Has("HeadShared") ? built["HeadShared"] + built["HeadOwn"] : built["HeadWeight"];

    public Tensor B => built["HeadBias"];

    /// <summary>The weights of the only layer of a task's own trunk.</summary>
    public Tensor TrunkOf(int task) => built["Trunks.Linear1.Weight"][task];

    public Tensor MeanTrunk => built["Trunks.Linear1.Weight"].mean([0]);

    public Tensor Z => features;

    public int Count => built.Tasks.Count;

    /// <summary>The rows of a matrix that belong to a task.</summary>
    public Tensor Rows(Tensor matrix, int task) =>
        matrix.narrow(0, built.Tasks.Tasks.Take(task).Sum(t => t.Outputs), built.Tasks.Tasks[task].Outputs);

    /// <summary>1 if the task has a label in the batch, else 0.</summary>
    public double Present(int task) => labels.Observed!.select(1, task).sum().item<double>() > 0 ? 1 : 0;

    /// <summary>The loss ℓ_t(o_t · factor): the mean over the rows with a label, or 0 without any.</summary>
    public Tensor Loss(int task, Tensor? factor = null)
    {
        var own = Rows(outputs.t(), task).t();
        own = factor is null ? own : own * factor;
        var loss = LossOf(task);
        var (sum, rows) = (zeros([], dtype: outputs.dtype), 0.0);
        for (var n = 0; n < own.shape[0]; n++)
        {
            if (labels.Observed![n, task].item<double>() == 0)
            {
                continue;
            }

            var y = labels.Values[n, task].item<double>();
            sum = sum + RowLosses.Of(loss, own[n], y);
            rows += RowLosses.Divisor(loss, y);
        }

        return rows == 0 ? sum : sum / rows;
    }

    /// <summary>The term ℓ_t of a task as it is printed after the objective, <c>(MAE(o_t, y_t) + δ_t) / σ_t</c>.</summary>
    public Tensor Printed(int task)
    {
        var printed = formula.LossOf(task) ?? throw new Xunit.Sdk.XunitException($"ℓ_{task + 1} is not printed.");
        var whole = Loss(task, printed.Tempered ? (-S(task)).exp() : null) + (printed.Floor ? Delta(task) : zeros([], dtype: float64));
        return printed.Divisor switch
        {
            "" => whole,
            "σ_t" => whole / (S(task) / 2).exp(),
            "σ_t²" => whole / S(task).exp(),
            "2σ_t²" => whole / (2 * S(task).exp()),
            var other => throw new Xunit.Sdk.XunitException($"There is no reference for a division by {other}."),
        };
    }

    /// <summary>The name of a task's loss: the one that is printed for it, or that of its kind.</summary>
    private string LossOf(int task) => formula.LossOf(task)?.Name ?? Kind(task) switch
    {
        TaskKind.Regression => "MSE",
        TaskKind.Binary => "BCE",
        _ => "CE",
    };

    public TaskKind Kind(int task) => built.Tasks.Tasks[task].Kind;

    /// <summary>The log-variance log σ_t² of a task, or the one that all tasks share.</summary>
    public Tensor S(int task) => built["LogVariance"] is var s && s.shape[0] == 1 ? s[0] : s[task];

    /// <summary>The δ_t of a task with a label in the batch, else 0.</summary>
    public Tensor Delta(int task)
    {
        var counts = built.Counts;
        return Number("Floor") / (counts[task] / counts.mean()).sqrt() * Present(task);
    }

    /// <summary>The factor 1 + α‖a_t‖₁, with a row of A or of B.</summary>
    public Tensor Asymmetry(int task) => 1 + (Number("Alpha") * Outgoing(task));

    public Tensor Outgoing(int task) =>
        built.Has("Feedback") ? Rows(built["Feedback"], task).abs().sum() : built["Transfer"][task].abs().sum();

    /// <summary>The value of a hyper-parameter.</summary>
    public double Number(string name) => (double)built.Descriptor.Bind(TestSettings.Empty).Values[name];

    public bool HasNumber(string name) => built.Descriptor.Bind(TestSettings.Empty).Values.ContainsKey(name);

    /// <summary>The strength λ of the only L2 penalty.</summary>
    public double Decay() => new[] { "Lambda", "LambdaHeads", "LambdaTrunk" }.Where(HasNumber).Select(Number).Single();

    /// <summary>True if the graph of tasks is a chain.</summary>
    public bool Chained => built.Descriptor.Name == "Chain";

    /// <summary>True if a parameter is a bias, also if it has the biases of several networks side by side.</summary>
    public bool IsBias(Tensor parameter) =>
        built.Named.Any(p => ReferenceEquals(p.Parameter, parameter) && p.Name.EndsWith("Bias", StringComparison.OrdinalIgnoreCase));

    public Tensor Counts => built.Counts;

    /// <summary>The weights that a random weighting draws in this step, which are read from its gradients because nothing else knows
    /// them.</summary>
    public Tensor Drawn()
    {
        var weighting = (UAmtfl.Weighting.LossBased.RandomWeights)built.Variant.Weighting!;
        var losses = ones(Count, dtype: float64, requires_grad: true);
        var weights = autograd.grad([weighting.call(losses)], [losses])[0];
        Assert.Equal(1, weights.sum().item<double>(), 1e-12);
        Assert.True(weights.min().item<double>() > 0);
        return weights;
    }

    public Tensor Parameter(string name) => built[name];

    public bool Has(string name) => built.Has(name);

    /// <summary>The sum of a term over the tasks, Σ_t f(t).</summary>
    public Tensor Sum(Func<int, Tensor> term) => Enumerable.Range(0, Count).Select(term).Aggregate((a, b) => a + b);

    public Tensor Each(Func<int, Tensor> term) => stack([.. Enumerable.Range(0, Count).Select(term)]);

    public Tensor Outputs => outputs;
}
