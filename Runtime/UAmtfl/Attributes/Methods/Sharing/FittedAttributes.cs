namespace UAmtfl.Methods;

// An exact solver fits these variants on the inputs, in float64; none is trained step by step.

/// <summary>Predicts the mean of each task's training labels, or its log-odds; any other model should have a smaller error.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MeanPredictorAttribute : Attribute;

/// <summary>Fits linear models by Σ_t ℓ_t plus the variant's penalties, with ℓ_t the mean squared or logistic loss and unpenalised
/// intercepts: ordinary least squares without penalties, MALSAR's models with them. The solver is accelerated proximal gradient, which
/// stops at a certificate of optimality.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LinearModelAttribute : Attribute
{
    /// <summary>The bound, above 0, that every entry of the smallest subgradient must meet before the solver stops.</summary>
    [Number(0, Above = true, Default = 1e-8)]
    public double Tolerance { get; init; } = 1e-8;
}

/// <summary>Fits a ridge regression, or a ridge-penalised logistic regression, to each task: 1/N_t ‖y_t − X_t w‖² + λ_t ‖w‖².</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RidgeAttribute : Attribute
{
    /// <summary>The strength λ of all tasks, at least 0; with 0, the default, five-fold cross-validation within the training set
    /// chooses λ_t for each task.</summary>
    [Number(0, Default = 0)]
    public double Strength { get; init; }
}

/// <summary>Fits an elastic net to each task: 1/2N_t ‖y_t − X_t w‖² + λ_t (r ‖w‖₁ + (1 − r)/2 ‖w‖²) (Zou and Hastie 2005; GDSC's authors,
/// Iorio et al. 2016).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ElasticNetAttribute : Attribute
{
    /// <summary>The strength λ of all tasks, at least 0; with 0, the default, five-fold cross-validation within the training set
    /// chooses λ_t for each task.</summary>
    [Number(0, Default = 0)]
    public double Strength { get; init; }

    /// <summary>The share r of the ℓ₁ norm in the penalty, in (0, 1].</summary>
    [Number(0, 1, Above = true, Default = 0.5)]
    public double Ratio { get; init; } = 0.5;
}

/// <summary>Fits each task as a sparse combination of shared basis vectors (GO-MTL; Kumar and Daumé 2012; Lee et al. 2018, eq. 3):
/// Σ_t (1/N_t ‖y_t − X_t L s_t‖² + μ‖s_t‖₁) + λ‖L‖², by exact alternation. As a network the same model is
/// <c>[HardSharing, L1(μ, On = Part.Heads)]</c> on <c>[Linear(k, Bias = false)]</c>.</summary>
/// <param name="bases">The number k of basis vectors, at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GoMtlAttribute(int bases) : Attribute
{
    /// <summary>The number k of basis vectors, at least 1.</summary>
    [Number(1)]
    public int Bases { get; } = bases;

    /// <summary>The strength μ of the ℓ₁ norm of the tasks' coefficients s_t, at least 0.</summary>
    [Number(0, Default = 0.01)]
    public double Mu { get; init; } = 0.01;

    /// <summary>The strength λ of the squared norm of the basis L, at least 0.</summary>
    [Number(0, Default = 0.01)]
    public double Lambda { get; init; } = 0.01;
}

/// <summary>Fits linear models by asymmetric multi-task learning (Lee, Yang and Hwang 2016; Lee et al. 2018, eq. 4):
/// Σ_t (1 + α‖b_t‖₁) ℓ_t + γ‖W − WB‖², diag(B) = 0, by exact alternation. As a network the same model is
/// <see cref="DeepAmtlAttribute"/> on a trunk without layers.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AmtlAttribute : Attribute
{
    /// <summary>The price α of a task's outgoing transfer in units of its loss, at least 0.</summary>
    [Number(0, Default = 0.1)]
    public double Alpha { get; init; } = 0.1;

    /// <summary>The weight γ of the reconstruction, at least 0.</summary>
    [Number(0, Default = 0.01)]
    public double Gamma { get; init; } = 0.01;

    /// <summary>True if B must be at least 0 (Lee et al. 2016); false if it may have any sign (Lee et al. 2018 on synthetic
    /// data).</summary>
    public bool NonNegative { get; init; } = true;
}
