using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>strength · ‖W‖²_F. (Without the half of weight decay.)</summary>
/// <param name="strength">At least 0.</param>
/// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
public sealed class Ridge(double strength) : SmoothPenalty
{
    /// <summary>At least 0.</summary>
    public double Strength { get; } = NotNegative(strength, "strength");

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights) => Penalty.L2([weights], 2 * Strength);

    /// <inheritdoc/>
    public override Tensor Gradient(Tensor weights) => weights * (2 * Strength);

    /// <inheritdoc/>
    public override Tensor Proximal(Tensor weights, double step) => weights / (1 + (2 * step * Strength));
}
