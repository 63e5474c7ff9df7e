namespace UAmtfl;

/// <summary>The forms in which the loss of a classification task can depend on its uncertainty σ_t.</summary>
public enum Likelihood
{
    /// <summary>The loss is the tempered likelihood: the cross-entropy of o_t / σ_t² (Peres da Silva et al., eq. 1), or for a regression
    /// task the Gaussian ℓ_t / (2σ_t²) + log σ_t (eq. 2).</summary>
    Exact,

    /// <summary>The loss is the approximation of Kendall, Gal and Cipolla (2018), ℓ_t / σ_t² + log σ_t.</summary>
    Approximate,
}

/// <summary>The places that the uncertainty can have in the objective of an asymmetric method.</summary>
public enum Placement
{
    /// <summary>The likelihood takes the place of the loss, (1 + α‖a_t‖₁)(−log p_t), as in the paper. If a regression task has a squared
    /// error below 1/e, this rewards transfer (warning UAM012).</summary>
    Literal,

    /// <summary>The price of transfer applies only to the weighted loss, (1 + α‖a_t‖₁) c ℓ_t / σ_t² + log σ_t.</summary>
    WeightOnly,

    /// <summary>The price of transfer is the uncertainty instead of the loss, −log p_t + α‖a_t‖₁ σ_t². In the price σ_t² counts as a
    /// constant.</summary>
    Reliability,
}
