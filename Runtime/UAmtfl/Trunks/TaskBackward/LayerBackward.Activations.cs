using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <content>Computes the steps of activations.</content>
public static partial class LayerBackward
{
    /// <summary>Computes the step of z = max(x, 0), which is Δ ∘ [z &gt; 0].</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="output">The outputs z [N, …].</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor ReLU(Tensor gradients, Tensor output)
    {
        using var derivative = output.sign();
        return Times(gradients, derivative);
    }

    /// <summary>Computes the step of z = tanh x, which is Δ ∘ (1 − z²).</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="output">The outputs z [N, …].</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor Tanh(Tensor gradients, Tensor output)
    {
        using var square = output.square();
        using var derivative = 1 - square;
        return Times(gradients, derivative);
    }

    /// <summary>Computes the step of z = 1 / (1 + e⁻ˣ), which is Δ ∘ z(1 − z).</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="output">The outputs z [N, …].</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor Sigmoid(Tensor gradients, Tensor output)
    {
        using var rest = 1 - output;
        using var derivative = output * rest;
        return Times(gradients, derivative);
    }

    /// <summary>Computes the step of z = max(x, s·x), which is Δ where z &gt; 0 and s·Δ elsewhere.</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="output">The outputs z [N, …], which have the signs of x.</param>
    /// <param name="slope">The slope s, in (0, 1).</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor LeakyReLU(Tensor gradients, Tensor output, double slope)
    {
        using var scope = NewDisposeScope();
        var derivative = full_like(output, slope).masked_fill_(output.gt(0), 1);
        return Times(gradients, derivative).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the step of z = x Φ(x), which is Δ ∘ (Φ(x) + x φ(x)), with Φ and φ of N(0, 1).</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="input">The inputs x [N, …].</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor GELU(Tensor gradients, Tensor input)
    {
        using var scope = NewDisposeScope();
        var distribution = ((input * Math.Sqrt(0.5)).erf() + 1) / 2;
        var density = (input.square() / -2).exp() / Math.Sqrt(2 * Math.PI);
        return Times(gradients, distribution + (input * density)).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the step of z = x σ(x), which is Δ ∘ σ(x)(1 + x(1 − σ(x))), with σ(x) = 1 / (1 + e⁻ˣ).</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="input">The inputs x [N, …].</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor SiLU(Tensor gradients, Tensor input)
    {
        using var scope = NewDisposeScope();
        var gate = input.sigmoid();
        return Times(gradients, gate * (1 + (input * (1 - gate)))).MoveToOuterDisposeScope();
    }
}
