namespace UAmtfl.Trunks;

/// <summary>A trunk of T tasks side by side whose layers with weights have one for all tasks, which <see cref="LowRankAdapters"/> change
/// for each. Layers that normalise have a copy for each task, as in any stack.</summary>
/// <param name="name">The name of the module.</param>
/// <param name="copies">The number T of tasks.</param>
public abstract class AdaptedTrunk(string name, int copies) : Stack(name, copies);
