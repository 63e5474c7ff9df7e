namespace UAmtfl;

/// <summary>Gives a part of a network a learning rate of its own, in units of the network's: a pre-trained trunk often learns more slowly
/// than new heads. Schedules and warm-up scale with it, and so do the proximal steps of penalties on the part.</summary>
/// <param name="part">The trunk or the heads.</param>
/// <param name="scale">The learning rate of the part, in units of the network's.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class LearningRateScaleAttribute(Part part, double scale) : Attribute
{
    /// <summary>The part of the network.</summary>
    public Part Part { get; } = part;

    /// <summary>The learning rate of the part, in units of the network's, above 0; <see cref="FreezeAttribute"/> keeps a part as it
    /// is.</summary>
    [Number(0, Above = true)]
    public double Scale { get; } = scale;
}
