using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>The kernels alone for C copies of 784-100-100, one for each task, which are computed in batched products.</summary>
internal sealed class CopyKernels(Tensor inputs, Tensor labels, Dictionary<string, Tensor> weights, int batchSize)
    : KernelWay(Script, inputs, labels, Names.Select(name => weights[name]), batchSize)
{
    // TorchScript fails if there is no line break after the last line.
    private const string Script = """
        def step(inputs: Tensor, labels: Tensor, rows: Tensor, p: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor],
                total: Tensor) -> Tensor:
            x = inputs.index_select(0, rows)
            y = labels.index_select(0, rows)
            n, c, k = x.size(0), p[0].size(0), p[0].size(1)
            h = torch.relu(torch.addmm(p[1], x, p[0].flatten(0, 1).t())).view(n, c, k).transpose(0, 1)
            z = torch.relu(torch.baddbmm(p[3].view(c, 1, -1), h, p[2].transpose(1, 2)))
            o = torch.baddbmm(p[5].view(c, 1, 1), z, p[4].unsqueeze(2)).squeeze(2).t()
            losses = torch.binary_cross_entropy_with_logits(o, y, None, None, 0).mean([0])
            d = (torch.sigmoid(o) - y).div_(n).t().unsqueeze(1)
            dz = torch.threshold_backward(torch.bmm(d.transpose(1, 2), p[4].unsqueeze(1)), z, 0)
            dh = torch.threshold_backward(torch.bmm(dz, p[2]), h, 0).transpose(0, 1).reshape(n, c * k)
            g = [torch.mm(dh.t(), x).view(c, k, -1), dh.sum([0]), torch.bmm(dz.transpose(1, 2), h), dz.sum([1]).flatten(),
                 torch.bmm(d, z).squeeze(1), d.sum([1, 2])]
            torch._foreach_add_(s, 1)
            torch._fused_adam_(p, g, m, v, [], s, lr=1e-3, beta1=0.9, beta2=0.999, weight_decay=1e-4, eps=1e-8, amsgrad=False,
                maximize=False)
            return total.add_(losses.sum())

        """;

    private static readonly string[] Names =
    [
        "Trunks.Linear1.Weight", "Trunks.Linear1.Bias", "Trunks.Linear2.Weight", "Trunks.Linear2.Bias", "HeadWeight", "HeadBias",
    ];
}
