using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>784-500-T as an expert optimises it by hand: the heads of all tasks in one matrix, and the fused optimiser.</summary>
internal sealed class ExpertPerceptron : HandWrittenWay
{
    private readonly Parameter weight, bias, headWeight, headBias;

    public ExpertPerceptron(Tensor inputs, Tensor labels, Dictionary<string, Tensor> weights) : base("by an expert", inputs, labels)
    {
        (weight, bias) = (Own(weights["Trunk.Linear1.weight"]), Own(weights["Trunk.Linear1.bias"]));
        (headWeight, headBias) = (Own(weights["HeadWeight"]), Own(weights["HeadBias"]));
        UseFusedAdam([new(Owner.OneTask, [weight, bias, headWeight, headBias], Decay: 1e-4)]);
    }

    /// <inheritdoc/>
    protected override Tensor Objective(Tensor x, Tensor y) =>
        TaskLosses(F.linear(F.relu(F.linear(x, weight, bias)), headWeight, headBias), y).sum();
}

/// <summary>784-500-T as it is often written: a module and a loss for each head, and the optimiser of TorchSharp.</summary>
internal sealed class PerHeadPerceptron : HandWrittenWay
{
    private readonly Linear trunk;
    private readonly Linear[] heads;

    public PerHeadPerceptron(Tensor inputs, Tensor labels, Dictionary<string, Tensor> weights) : base("a loop over heads", inputs, labels)
    {
        trunk = Linear(weights["Trunk.Linear1.weight"], weights["Trunk.Linear1.bias"]);
        var (weight, bias) = (weights["HeadWeight"], weights["HeadBias"]);
        heads = [.. Enumerable.Range(0, (int)weight.shape[0]).Select(t => Linear(weight.narrow(0, t, 1), bias.narrow(0, t, 1)))];
        UseTorchSharpAdam([new(Owner.OneTask, [.. trunk.parameters(), .. heads.SelectMany(h => h.parameters())], Decay: 1e-4)]);
    }

    /// <inheritdoc/>
    protected override Tensor Objective(Tensor x, Tensor y)
    {
        var features = F.relu(trunk.call(x));
        var objective = zeros([], dtype: y.dtype);
        for (var t = 0; t < heads.Length; t++)
        {
            objective += F.binary_cross_entropy_with_logits(heads[t].call(features).squeeze(1), y.select(1, t));
        }

        return objective;
    }
}

/// <summary>784-500-T as LibMTL trains it: a <see cref="HeadLoop"/> on a trunk of TorchSharp's modules, with torch.optim.Adam.</summary>
internal sealed class LibMtlPerceptron : HandWrittenWay
{
    private readonly Linear trunk;
    private readonly HeadLoop heads;

    public LibMtlPerceptron(Tensor inputs, Tensor labels, Dictionary<string, Tensor> weights)
        : base("a loop over tasks, as LibMTL", inputs, labels)
    {
        trunk = Linear(weights["Trunk.Linear1.weight"], weights["Trunk.Linear1.bias"]);
        heads = new(weights["HeadWeight"], weights["HeadBias"]);
        UseTorchSharpAdam([new(Owner.OneTask, [.. trunk.parameters(), .. heads.Parameters], Decay: 1e-4)]);
    }

    /// <inheritdoc/>
    protected override Tensor Objective(Tensor x, Tensor y) => heads.Objective(F.relu(trunk.call(x)), y);
}
