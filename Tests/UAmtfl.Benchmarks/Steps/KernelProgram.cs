using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>A TorchScript program that trains one step: it draws the batch, computes outputs and gradients, and calls the fused Adam,
/// without autograd's graph, without tensors that .NET sees, and without keeping gradients.</summary>
internal sealed class KernelProgram : IDisposable
{
    /// <summary>The name of such a way in the table.</summary>
    public const string Name = "the kernels alone";

    private readonly jit.CompilationUnit program;
    private readonly Tensor inputs, labels;
    private readonly Tensor[] parameters, first, second, steps;

    /// <summary>Compiles the program, and copies the weights.</summary>
    /// <param name="script">A function <c>step(inputs, labels, rows, p, m, v, s, total)</c> that updates the parameters p, the moments m
    /// and v and the counts s of steps, and adds the objective to the total.</param>
    /// <param name="inputs">The inputs [N, …].</param>
    /// <param name="labels">The labels [N, T].</param>
    /// <param name="weights">The initial parameters.</param>
    public KernelProgram(string script, Tensor inputs, Tensor labels, IReadOnlyList<Tensor> weights)
    {
        program = jit.compile(script);
        (this.inputs, this.labels) = (inputs, labels);
        parameters = [.. weights.Select(w => w.clone())];
        first = [.. parameters.Select(p => zeros_like(p))];
        second = [.. parameters.Select(p => zeros_like(p))];
        steps = [.. parameters.Select(_ => zeros([], dtype: ScalarType.Float32))];
    }

    /// <summary>Trains one step on each of the first batches, and returns the mean objective.</summary>
    public double Train(int batches, int batchSize)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var rows = arange((long)batches * batchSize);
        var total = zeros([], dtype: float64);
        for (var i = 0; i < batches; i++)
        {
            using var step = NewDisposeScope();
            program.invoke("step", [inputs, labels, rows.narrow(0, i * batchSize, batchSize), parameters, first, second, steps, total]);
        }

        return total.item<double>() / batches;
    }

    /// <inheritdoc/>
    public void Dispose() => program.Dispose();
}
