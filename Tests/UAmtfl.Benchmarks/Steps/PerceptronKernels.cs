using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>A step of 784-500-T with nothing but kernels, which is a lower bound of the time that a step can take. One TorchScript
/// program draws the batch, computes the outputs, computes the gradients by hand and calls the fused Adam: without autograd's graph,
/// without tensors that .NET sees, and without keeping gradients.</summary>
internal sealed class PerceptronKernels : Way
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

    private readonly jit.CompilationUnit program = jit.compile(Script);
    private readonly Tensor inputs, labels;
    private readonly Tensor[] parameters, first, second, steps;

    public PerceptronKernels(Tensor inputs, Tensor labels, Dictionary<string, Tensor> weights) : base("the kernels alone")
    {
        (this.inputs, this.labels) = (inputs, labels);
        parameters =
        [
            .. ((string[])["Trunk.Linear1.weight", "Trunk.Linear1.bias", "HeadWeight", "HeadBias"]).Select(name => weights[name].clone()),
        ];
        first = [.. parameters.Select(p => zeros_like(p))];
        second = [.. parameters.Select(p => zeros_like(p))];
        steps = [.. parameters.Select(_ => zeros([], dtype: ScalarType.Float32))];
    }

    /// <inheritdoc/>
    public override double Train(int batches)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var rows = arange((long)batches * BatchSize);
        var total = zeros([], dtype: float64);
        for (var i = 0; i < batches; i++)
        {
            using var step = NewDisposeScope();
            program.invoke("step", [inputs, labels, rows.narrow(0, i * BatchSize, BatchSize), parameters, first, second, steps, total]);
        }

        return total.item<double>() / batches;
    }

    /// <inheritdoc/>
    public override void Dispose() => program.Dispose();
}
