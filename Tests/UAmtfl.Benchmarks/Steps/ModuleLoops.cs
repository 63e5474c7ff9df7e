using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Benchmarks;

/// <summary>Several perceptrons of two layers as they are often written: modules in a list, which a loop calls one after the other, and
/// the optimiser of TorchSharp. Each task has one of them, or a gate over all.</summary>
internal sealed class PerceptronLoop : HandWrittenWay
{
    private readonly (Linear First, Linear Second)[] copies;
    private readonly Linear[] heads;
    private readonly Parameter[] gates;

    /// <summary>Builds the networks with copies of the given weights.</summary>
    /// <param name="inputs">The inputs [N, 784].</param>
    /// <param name="labels">The labels [N, T].</param>
    /// <param name="weights">The weights of the batched networks, by name.</param>
    /// <param name="stack">The name of the copies: <c>Trunks</c> for a network for each task, <c>Experts</c> for experts with
    /// gates.</param>
    /// <param name="batchSize">The number of samples in a batch.</param>
    public PerceptronLoop(Tensor inputs, Tensor labels, Dictionary<string, Tensor> weights, string stack, int batchSize)
        : base("a loop over modules", inputs, labels, batchSize)
    {
        var count = (int)weights[$"{stack}.Linear1.Weight"].shape[0];
        copies = [.. Enumerable.Range(0, count).Select(c => (Layer("Linear1", c), Layer("Linear2", c)))];
        var (head, bias) = (weights["HeadWeight"], weights["HeadBias"]);
        heads = [.. Enumerable.Range(0, (int)head.shape[0]).Select(t => Linear(head.narrow(0, t, 1), bias.narrow(0, t, 1)))];
        gates = weights.TryGetValue("Gates.Weight", out var gate) ? [.. Enumerable.Range(0, heads.Length).Select(t => Own(gate[t]))] : [];
        UseTorchSharpAdam(
        [
            new(
                Owner.OneTask,
                [
                    .. copies.SelectMany(c => c.First.parameters().Concat(c.Second.parameters())), .. gates,
                    .. heads.SelectMany(h => h.parameters()),
                ],
                Decay: 1e-4),
        ]);

        Linear Layer(string name, int copy)
        {
            var weight = weights[$"{stack}.{name}.Weight"][copy];
            return Linear(weight, weights[$"{stack}.{name}.Bias"].narrow(0, copy * weight.shape[0], weight.shape[0]));
        }
    }

    /// <inheritdoc/>
    protected override Tensor Objective(Tensor x, Tensor y)
    {
        var features = copies.Select(c => F.relu(c.Second.call(F.relu(c.First.call(x))))).ToList();
        var experts = gates.Length > 0 ? stack(features, 1) : null;   // [N, E, k]
        var objective = zeros([], dtype: y.dtype);
        for (var t = 0; t < heads.Length; t++)
        {
            var own = experts is null ? features[t]
                : F.softmax(F.linear(x, gates[t]), 1).unsqueeze(1).bmm(experts).squeeze(1);
            objective += F.binary_cross_entropy_with_logits(heads[t].call(own).squeeze(1), y.select(1, t));
        }

        return objective;
    }
}

/// <summary>Several LeNets as they are often written: modules in a list, which a loop calls one after the other, one for each
/// task.</summary>
internal sealed class LeNetLoop : HandWrittenWay
{
    private readonly (Conv2d Conv1, Conv2d Conv2, Linear Linear)[] copies;
    private readonly Linear[] heads;

    public LeNetLoop(Tensor images, Tensor labels, Dictionary<string, Tensor> weights) : base("a loop over modules, NCHW", images, labels)
    {
        var (head, bias) = (weights["HeadWeight"], weights["HeadBias"]);
        heads = [.. Enumerable.Range(0, (int)head.shape[0]).Select(t => Linear(head.narrow(0, t, 1), bias.narrow(0, t, 1)))];
        copies =
        [
            .. heads.Select((_, t) => (
                Convolution("Conv1", t), Convolution("Conv2", t), Linear(Weight("Linear1", t), Bias("Linear1", t)))),
        ];
        UseTorchSharpAdam(
        [
            new(
                Owner.OneTask,
                [
                    .. copies.SelectMany(c => c.Conv1.parameters().Concat(c.Conv2.parameters()).Concat(c.Linear.parameters())),
                    .. heads.SelectMany(h => h.parameters()),
                ],
                Decay: 1e-4),
        ]);

        Tensor Weight(string layer, int copy) => weights[$"Trunks.{layer}.Weight"][copy];
        Tensor Bias(string layer, int copy) =>
            weights[$"Trunks.{layer}.Bias"].narrow(0, copy * Weight(layer, copy).shape[0], Weight(layer, copy).shape[0]);

        Conv2d Convolution(string layer, int copy)
        {
            var weight = Weight(layer, copy);
            var module = nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2], dtype: weight.dtype);
            using var frozen = no_grad();
            module.weight.copy_(weight);
            module.bias!.copy_(Bias(layer, copy));
            return module;
        }
    }

    /// <inheritdoc/>
    public override bool ConvolvesNchw => true;

    /// <inheritdoc/>
    protected override Tensor Objective(Tensor x, Tensor y)
    {
        var objective = zeros([], dtype: y.dtype);
        for (var t = 0; t < copies.Length; t++)
        {
            var h = F.max_pool2d(F.relu(copies[t].Conv1.call(x)), 2);
            h = F.max_pool2d(F.relu(copies[t].Conv2.call(h)), 2);
            h = F.relu(copies[t].Linear.call(h.flatten(1)));
            objective += F.binary_cross_entropy_with_logits(heads[t].call(h).squeeze(1), y.select(1, t));
        }

        return objective;
    }
}
