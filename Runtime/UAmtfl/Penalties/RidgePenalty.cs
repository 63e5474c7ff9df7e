using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Penalises W by strength · ‖W‖²_F. Weight decay of the same strength is half of it.</summary>
/// <param name="strength">The weight of the penalty, at least 0.</param>
/// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
public sealed class RidgePenalty(double strength) : SmoothPenalty
{
    /// <summary>The weight of the penalty, at least 0.</summary>
    public double Strength { get; } = NotNegative(strength, "strength");

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights) => Penalty.L2([weights], 2 * Strength);

    /// <inheritdoc/>
    public override Tensor Gradient(Tensor weights) => weights * (2 * Strength);

    /// <inheritdoc/>
    public override Tensor Proximal(Tensor weights, double step) => weights / (1 + (2 * step * Strength));
}
