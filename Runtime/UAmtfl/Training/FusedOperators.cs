using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>A TorchScript program that calls the operators of libtorch which update, or clip, a list of tensors in one call, because
/// TorchSharp does not expose them.</summary>
internal static class FusedOperators
{
    // TorchScript fails if there is no line break after the last line.
    private const string Script = """
        def adam(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor],
                 lr: float, beta1: float, beta2: float, eps: float, decay: float) -> Tensor:
            torch._foreach_add_(s, 1)
            torch._fused_adam_(p, g, m, v, [], s, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps,
                               amsgrad=False, maximize=False)
            return s[0]
        def adamw(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor],
                  lr: float, beta1: float, beta2: float, eps: float, decay: float) -> Tensor:
            torch._foreach_add_(s, 1)
            torch._fused_adamw_(p, g, m, v, [], s, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps,
                                amsgrad=False, maximize=False)
            return s[0]
        def sgd(p: List[Tensor], g: List[Tensor], m: List[Tensor], lr: float, momentum: float, decay: float, nesterov: bool,
                first: bool) -> Tensor:
            torch._fused_sgd_(p, g, m, weight_decay=decay, momentum=momentum, lr=lr, dampening=0.0, nesterov=nesterov,
                              maximize=False, is_first_step=first)
            return g[0]
        def clip_norm(g: List[Tensor], limit: float) -> Tensor:
            norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(g)))
            torch._foreach_mul_(g, torch.clamp(limit / (norm + 1e-6), max=1.0))
            return norm
        def clip_value(g: List[Tensor], limit: float) -> Tensor:
            torch._foreach_clamp_min_(g, -limit)
            torch._foreach_clamp_max_(g, limit)
            return g[0]

        """;

    private static readonly Lazy<(jit.CompilationUnit? Program, string? Problem)> Compiled = new(() => Compile(Script));

    /// <summary>The compiled program.</summary>
    /// <exception cref="UAmtflException">The libtorch that is loaded has no fused operators.</exception>
    public static jit.CompilationUnit Program => Compiled.Value.Program ?? throw new UAmtflException(Compiled.Value.Problem!);

    /// <summary>Compiles a script, or returns a line that says why the loaded libtorch cannot compile it.</summary>
    /// <param name="script">The source in TorchScript.</param>
    private static (jit.CompilationUnit? Program, string? Problem) Compile(string script)
    {
        try
        {
            return (jit.compile(script), null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (
                null,
                "the libtorch that is loaded has no fused Adam and SGD, which training needs: "
                    + $"use the one that comes with TorchSharp, and none of another version in LD_LIBRARY_PATH ({Reason(e.Message)})");
        }
    }

    private static string Reason(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "no reason given";
}
