namespace UAmtfl.LinearModels;

/// <summary>The scale of a task's loss: the mean over its samples, or the sum.</summary>
public enum LossScale
{
    /// <summary>The loss is the mean over the samples, 1/N_t · Σ (y − o)², or 1/N_t · Σ cross-entropy.</summary>
    Mean,

    /// <summary>The loss is the sum over the samples, ½ · Σ (y − o)², as in MALSAR, or Σ cross-entropy.</summary>
    Sum,
}

/// <summary>The options of <see cref="ProximalGradient"/>.</summary>
public sealed record ProximalOptions
{
    /// <summary>The optimality gap at which the solver stops, in units of the gradient of the losses; above 0. Float64 does not allow much
    /// less than 1e-12 times the gradient at W = 0.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>The maximum number of iterations, at least 1.</summary>
    public int Iterations { get; init; } = 20_000;

    /// <summary>True if each task has an intercept, which is not penalised.</summary>
    public bool Intercept { get; init; } = true;

    /// <summary>The scale of the tasks' losses.</summary>
    public LossScale Scale { get; init; } = LossScale.Mean;

    /// <summary>The fit from which the solver starts, of the same problem with the same number of components, such as the previous one on
    /// a path of strengths; null to start from zeros.</summary>
    public ProximalFit? Start { get; init; }
}
