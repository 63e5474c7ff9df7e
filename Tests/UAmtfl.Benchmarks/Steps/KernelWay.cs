using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>A step with nothing but kernels, which is a lower bound of the time that a step can take. One TorchScript program draws the
/// batch, computes outputs and, by hand, gradients, and calls the fused Adam: without autograd's graph, without tensors that .NET sees,
/// and without keeping gradients.</summary>
internal abstract class KernelWay : Way
{
    private readonly jit.CompilationUnit program;
    private readonly Tensor inputs, labels;
    private readonly Tensor[] parameters, first, second, steps;

    /// <summary>Compiles the program, and copies the weights.</summary>
    /// <param name="script">A function <c>step(inputs, labels, rows, p, m, v, s, total)</c> that updates the parameters p, the moments m
    /// and v and the counts s of steps, and adds the objective to the total.</param>
    /// <param name="inputs">The inputs [N, …].</param>
    /// <param name="labels">The labels [N, T].</param>
    /// <param name="weights">The initial parameters p.</param>
    /// <param name="batchSize">The number of samples in a batch.</param>
    protected KernelWay(string script, Tensor inputs, Tensor labels, IEnumerable<Tensor> weights, int batchSize = 100)
        : base("the kernels alone", batchSize)
    {
        program = jit.compile(script);
        (this.inputs, this.labels) = (inputs, labels);
        parameters = [.. weights.Select(w => w.clone())];
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
