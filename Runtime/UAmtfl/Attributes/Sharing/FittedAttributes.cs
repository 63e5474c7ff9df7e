namespace UAmtfl;

// Variants that an exact solver fits, on the inputs themselves and in float64; nothing is trained step by step.

/// <summary>Predicts the mean of each task's training labels, or its log-odds: what any model should beat.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MeanPredictorAttribute : Attribute;

/// <summary>Linear models, Σ_t ℓ_t plus the variant's penalties, ℓ_t the mean squared or logistic loss, with unpenalised intercepts: ordinary
/// least squares without penalties, MALSAR's models with them. Solved by accelerated proximal gradient up to a certificate of optimality.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LinearModelAttribute : Attribute
{
    /// <summary>The certificate: the largest entry of the least subgradient at which the solver stops, above 0.</summary>
    [Number(0, Above = true, Default = 1e-8)]
    public double Tolerance { get; init; } = 1e-8;
}

/// <summary>One ridge regression a task, or one ridge-penalised logistic regression: 1/N_t ‖y_t − X_t w‖² + λ_t ‖w‖².</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RidgeAttribute : Attribute
{
    /// <summary>λ of all tasks; 0, the default, chooses λ_t for each by five-fold cross-validation within the training set.</summary>
    [Number(0, Default = 0)]
    public double Strength { get; init; }
}

/// <summary>One elastic net a task: 1/2N_t ‖y_t − X_t w‖² + λ_t (r ‖w‖₁ + (1 − r)/2 ‖w‖²) (Zou and Hastie 2005; GDSC's authors, Iorio et al. 2016).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ElasticNetAttribute : Attribute
{
    /// <summary>λ of all tasks; 0, the default, chooses λ_t for each by five-fold cross-validation within the training set.</summary>
    [Number(0, Default = 0)]
    public double Strength { get; init; }

    /// <summary>r, the share of the ℓ₁ norm, in (0, 1].</summary>
    [Number(0, 1, Above = true, Default = 0.5)]
    public double Ratio { get; init; } = 0.5;
}

/// <summary>Tasks as sparse combinations of shared basis vectors (Kumar and Daumé 2012; Lee et al. 2018, eq. 3): Σ_t (1/N_t ‖y_t − X_t L s_t‖² + μ‖s_t‖₁) + λ‖L‖²,
/// by exact alternation. The same as a network: <c>[HardSharing, L1(μ, On = Part.Heads)]</c> on <c>[Linear(k, Bias = false)]</c>.</summary>
/// <param name="bases">k, how many basis vectors, at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GoMtlAttribute(int bases) : Attribute
{
    /// <summary>k.</summary>
    [Number(1)]
    public int Bases { get; } = bases;

    /// <summary>μ, at least 0.</summary>
    [Number(0, Default = 0.01)]
    public double Mu { get; init; } = 0.01;

    /// <summary>λ, at least 0.</summary>
    [Number(0, Default = 0.01)]
    public double Lambda { get; init; } = 0.01;
}

/// <summary>Asymmetric multi-task learning (Lee, Yang and Hwang 2016; Lee et al. 2018, eq. 4): Σ_t (1 + α‖b_t‖₁) ℓ_t + γ‖W − WB‖², diag(B) = 0, by exact
/// alternation. The same as a network: <see cref="DeepAmtlAttribute"/> on a network without layers.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AmtlAttribute : Attribute
{
    /// <summary>α, the price of a task's outgoing transfer in units of its loss, at least 0.</summary>
    [Number(0, Default = 0.1)]
    public double Alpha { get; init; } = 0.1;

    /// <summary>γ, the weight of the reconstruction, at least 0.</summary>
    [Number(0, Default = 0.01)]
    public double Gamma { get; init; } = 0.01;

    /// <summary>True if B ≥ 0 (Lee et al. 2016); without, as Lee et al. 2018 on synthetic data.</summary>
    public bool NonNegative { get; init; } = true;
}
