namespace UAmtfl;

/// <summary>T networks that share nothing: single-task learning (STL), trained in one program.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SingleTaskAttribute : Attribute;

/// <summary>One trunk for all tasks, one linear head a task (Caruana 1997). L = Σ_t ℓ_t.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HardSharingAttribute : Attribute;
