namespace UAmtfl.Methods;

/// <summary>Trains one trunk and low-rank changes of its weights: one that all tasks share and one for each task (low-rank adaptation,
/// LoRA: Hu et al. 2022, eq. 3). The weight of each layer is W_t = W + B A + B_t A_t for task t, where A has <c>rank</c> rows and B
/// <c>rank</c> columns. With B = 0, as at the start, it is hard sharing.</summary>
/// <param name="rank">The rank of each change, at least 1. A weight with fewer rows or columns is changed in full rank.</param>
/// <remarks>The weight of a convolution is a matrix with a row for each output channel, so that its change is a convolution to
/// <c>rank</c> channels followed by one of 1×1. A is uniform in ±1/√columns, and there is no factor α beside the learning rate. Layers
/// that normalise have a copy for each task, which start equal. The trunk with these copies is <c>Part.Trunk</c>, and the changes belong
/// to <c>Part.Heads</c>: <c>[Freeze(Part.Trunk)]</c> trains changes and heads of a fixed trunk, and <c>[StartFrom]</c> takes the trunk
/// from a network with hard sharing, such as torchvision's. Marks <see cref="SplitAttribute"/> are ignored.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AdaptersAttribute(int rank) : Attribute
{
    /// <summary>The rank of each change, at least 1.</summary>
    [Number(1, 100_000)]
    public int Rank { get; } = rank;
}
