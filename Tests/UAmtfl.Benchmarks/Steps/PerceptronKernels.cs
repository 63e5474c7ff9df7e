using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>The kernels alone for 784-500-T.</summary>
internal sealed class PerceptronKernels(Tensor inputs, Tensor labels, Dictionary<string, Tensor> weights)
    : KernelWay(Script, inputs, labels, Names.Select(name => weights[name]))
{
    // TorchScript fails if there is no line break after the last line.
    private const string Script = """
        def step(inputs: Tensor, labels: Tensor, rows: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor],
                total: Tensor) -> Tensor:
            x = inputs.index_select(0, rows)
            y = labels.index_select(0, rows)
            h = torch.relu(torch.addmm(p[1], x, p[0].t()))
            o = torch.addmm(p[3], h, p[2].t())
            losses = torch.binary_cross_entropy_with_logits(o, y, None, None, 0).mean([0])
            d = (torch.sigmoid(o) - y).div_(rows.size(0))
            z = torch.threshold_backward(torch.mm(d, p[2]), h, 0)
            g = [torch.mm(z.t(), x), z.sum([0]), torch.mm(d.t(), h), d.sum([0])]
            torch._foreach_add_(s, 1)
            torch._fused_adam_(p, g, m, v, [], s, lr=1e-3, beta1=0.9, beta2=0.999, weight_decay=1e-4, eps=1e-8, amsgrad=False,
                maximize=False)
            return total.add_(losses.sum())

        """;

    private static readonly string[] Names = ["Trunk.Linear1.weight", "Trunk.Linear1.bias", "HeadWeight", "HeadBias"];
}
