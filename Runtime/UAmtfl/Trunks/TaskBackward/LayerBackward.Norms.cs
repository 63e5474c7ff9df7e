using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Trunks.TaskBackward;

/// <content>Computes the steps of layers that normalise each sample by itself.</content>
public static partial class LayerBackward
{
    /// <summary>The number ε that layers which normalise add to a variance.</summary>
    private const double Epsilon = 1e-5;

    /// <summary>Computes the step of a normalisation of groups, z = w ∘ x̂ + b with x̂ = (x − mean) / √(variance + ε) in each group of a
    /// sample, which is (γ − mean γ − x̂ mean(γ ∘ x̂)) / √(variance + ε) with γ = w ∘ Δ.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C] or [T, N, C, H, W].</param>
    /// <param name="input">The inputs x [N, C] or [N, C, H, W].</param>
    /// <param name="weight">The scale w [C].</param>
    /// <param name="groups">The number of groups of channels.</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor GroupNorm(Tensor gradients, Tensor input, Tensor weight, int groups)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var scale = input.dim() == 2 ? weight : weight.view(-1, 1, 1);
        var scaled = (gradients * scale).flatten(2).unflatten(2, groups, -1);                        // [T, N, G, M]
        var normal = Normalised(input, groups).flatten(1).unflatten(1, groups, -1);                   // [N, G, M]
        var variance = input.flatten(1).unflatten(1, groups, -1).var([2L], unbiased: false, keepdim: true);
        var rest = scaled - scaled.mean([3L], keepdim: true) - (normal * (scaled * normal).mean([3L], keepdim: true));
        return (rest * (variance + Epsilon).rsqrt()).view_as(gradients).MoveToOuterDisposeScope();
    }

    /// <summary>Normalises groups in each sample, without scale and shift.</summary>
    /// <param name="input">The inputs x [N, C] or [N, C, H, W].</param>
    /// <param name="groups">The number of groups of channels.</param>
    /// <returns>The normalised values x̂ in the shape of x.</returns>
    public static Tensor Normalised(Tensor input, int groups) => F.group_norm(input, groups, eps: Epsilon);
}
