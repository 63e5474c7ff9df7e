using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Reverse-mode differentiation whose failure is an exception. TorchSharp's own <c>autograd.grad</c> lets libtorch's errors
/// through, which ends the process; the same function called from a TorchScript program does not.</summary>
internal static class Autograd
{
    // TorchScript wants a line break after the last line, and has no list of tensors some of which are missing: an empty one stands for
    // none.
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

    /// <summary>The gradients of Σ ⟨output, gradient⟩ in one backward pass; the graph is kept.</summary>
    /// <param name="outputs">Any shapes, with their graphs; of several, those that no gradient is recorded for are left out.</param>
    /// <param name="inputs">What to differentiate with respect to.</param>
    /// <param name="gradients">One for each output, in its shape.</param>
    /// <returns>One for each input, in its shape; null where no output depends on it.</returns>
    /// <exception cref="UntrainableException">libtorch cannot compute them.</exception>
    public static Tensor?[] Gradients(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> gradients)
    {
        try
        {
            // Of a single output that no gradient is recorded for, libtorch says what is wrong.
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

    /// <summary>The gradient with respect to one tensor that the output depends on.</summary>
    /// <param name="output">[], with its graph.</param>
    /// <param name="input">What to differentiate with respect to.</param>
    /// <returns>In the shape of the input; null where the output does not depend on it.</returns>
    public static Tensor? Gradient(Tensor output, Tensor input)
    {
        using var one = ones_like(output);
        return Gradients([output], [input], [one])[0];
    }
}
