namespace UAmtfl.Methods;

/// <summary>Trains a network for each task, none of which shares anything with another: single-task learning (STL), in one
/// program.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SingleTaskAttribute : Attribute;

/// <summary>Trains one trunk for all tasks and a linear head for each task (Caruana 1997). L = Σ_t ℓ_t.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HardSharingAttribute : Attribute;
