namespace UAmtfl;

/// <summary>The part of a network that a penalty applies to.</summary>
[Flags]
public enum Part
{
    /// <summary>The weights and biases of the shared layers.</summary>
    Trunk = 1,

    /// <summary>The task-specific output layers, and the changes of a trunk's weights (<see cref="AdaptersAttribute"/>).</summary>
    Heads = 2,

    /// <summary>The trunk and the heads.</summary>
    All = Trunk | Heads,
}
