namespace UAmtfl.Descriptors;

/// <summary>A grid of one hyper-parameter, or of several that are tied.</summary>
/// <param name="Parameters">Their names; all have the same value.</param>
/// <param name="Values">What they are tried with.</param>
public sealed record GridDimension(IReadOnlyList<string> Parameters, IReadOnlyList<double> Values);
