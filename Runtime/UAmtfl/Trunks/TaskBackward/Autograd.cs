using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Differentiates in reverse mode, and throws an exception if that fails. TorchSharp's own <c>autograd.grad</c> does not catch
/// the errors of libtorch, which end the process; the same function called from a TorchScript program does.</summary>
internal static class Autograd
{
    // The last line ends with a line break, because TorchScript needs one. A missing gradient is an empty tensor, because TorchScript has
    // no list of tensors in which some are missing.
    private const string Script = """
        def grad(outputs: List[Tensor], inputs: List[Tensor], gradients: List[Tensor]) -> List[Tensor]:
            given: List[Optional[Tensor]] = []
            for gradient in gradients:
                given.append(gradient)
            kept: List[Tensor] = []
            for g in torch.autograd.grad(outputs, inputs, given, True, False, True):
                if g is None:
                    kept.append(torch.empty([0]))
                else:
                    kept.append(g)
            return kept

        """;

    private static readonly Lazy<jit.CompilationUnit> Program = new(() => jit.compile(Script));

    /// <summary>Computes the gradients of Σ ⟨output, gradient⟩ in one backward pass, and keeps the graph.</summary>
    /// <param name="outputs">The outputs, of any shapes, with their graphs. If there are several, those without a graph are left
    /// out.</param>
    /// <param name="inputs">The tensors with respect to which the gradients are taken.</param>
    /// <param name="gradients">The gradient for each output, in its shape.</param>
    /// <returns>The gradient for each input, in its shape; null if no output depends on it.</returns>
    /// <exception cref="UntrainableException">libtorch cannot compute the gradients.</exception>
    public static Tensor?[] Gradients(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> gradients)
    {
        try
        {
            // A single output without a graph is passed on, because the error of libtorch says what is wrong with it.
            var recorded = outputs.Zip(gradients).Where(pair => pair.First.requires_grad || outputs.Count == 1).ToArray();
            var (roots, given) = (recorded.Select(r => r.First).ToArray(), recorded.Select(r => r.Second).ToArray());
            var found = (Tensor[])Program.Value.invoke("grad", roots, inputs.ToArray(), given);
            return [.. found.Select((g, i) => g.numel() == 0 && inputs[i].numel() > 0 ? null : g)];
        }
        catch (ExternalException e)
        {
            throw new UntrainableException(UntrainableException.Reason(e.Message));
        }
    }

    /// <summary>Computes the gradient of an output with respect to one tensor.</summary>
    /// <param name="output">The output [], with its graph.</param>
    /// <param name="input">The tensor with respect to which the gradient is taken.</param>
    /// <returns>The gradient in the shape of the input; null if the output does not depend on it.</returns>
    public static Tensor? Gradient(Tensor output, Tensor input)
    {
        using var one = ones_like(output);
        return Gradients([output], [input], [one])[0];
    }
}
