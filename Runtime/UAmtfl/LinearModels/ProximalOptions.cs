using UAmtfl.Descriptors;

namespace UAmtfl.LinearModels;

/// <summary>How the losses of a task's samples become the loss of the task.</summary>
public enum LossScale
{
    /// <summary>Their mean: 1/N_t · Σ (y − o)², or 1/N_t · Σ cross-entropy.</summary>
    Mean,

    /// <summary>½ · Σ (y − o)², as in MALSAR, or Σ cross-entropy.</summary>
    Sum,
}

/// <summary>Settings of <see cref="ProximalGradient"/>.</summary>
public sealed record ProximalOptions
{
    /// <summary>The optimality gap to reach, in units of the gradient of the losses; above 0. Float64 does not go far below 1e-12 times the gradient at W = 0.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>The most iterations; at least 1.</summary>
    public int Iterations { get; init; } = 20_000;

    /// <summary>True if each task has an intercept, which is not penalised.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>Mean or sum.</summary>
    public LossScale Scale { get; init; } = LossScale.Mean;

    /// <summary>Where to begin: a fit of the same problem with as many components, such as the last one on a path of strengths. Null: all zeros.</summary>
    public ProximalFit? Start { get; init; }
}
