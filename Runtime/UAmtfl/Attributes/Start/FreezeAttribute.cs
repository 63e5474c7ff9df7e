namespace UAmtfl;

/// <summary>Keeps a part of a network as it is in the first epochs: no step of an optimiser, no decay and no penalty changes a bit of its
/// parameters, and batch normalisation in it uses and keeps its running statistics.</summary>
/// <param name="part">The trunk or the heads.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class FreezeAttribute(Part part) : Attribute
{
    /// <summary>The largest number of epochs that a training can have, for a part that is never trained.</summary>
    public const int Always = 1_000_000;

    /// <summary>The part of the network.</summary>
    public Part Part { get; } = part;

    /// <summary>The number of epochs at the beginning in which the part is frozen, at least 1; by default all.</summary>
    [Number(1, Always, Default = Always)]
    public int Epochs { get; init; } = Always;
}
