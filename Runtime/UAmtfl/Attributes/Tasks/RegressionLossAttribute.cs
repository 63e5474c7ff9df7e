namespace UAmtfl;

/// <summary>The losses of a regression with the residual r = o − y. The labels are those that the network is trained with, after a
/// transform that scales them.</summary>
public enum RegressionLoss
{
    /// <summary>The loss is the squared error r², whose minimiser is the mean of the labels.</summary>
    Squared,

    /// <summary>The loss is the absolute error |r|, whose minimiser is the median of the labels. Its derivative at r = 0 counts as
    /// 0.</summary>
    Absolute,

    /// <summary>The loss is that of Huber (Annals of Mathematical Statistics 35, 1964): ½ r² if |r| ≤ δ, else δ (|r| − ½ δ). Large
    /// residuals thus have gradients of at most δ.</summary>
    Huber,

    /// <summary>The loss is max(τ (y − o), (τ − 1) (y − o)), whose minimiser is the τ-quantile of the labels (Koenker and Bassett,
    /// Econometrica 46, 1978).</summary>
    Quantile,

    /// <summary>The output is the logarithm of the rate of a count, and the loss exp(o) − y − y (o − log y), half the deviance of a
    /// Poisson regression (McCullagh and Nelder, Generalized Linear Models, 1989). It differs from the negative log-likelihood
    /// exp(o) − y o by a number that depends only on the label, so that it is never negative. Labels are at least 0, and predictions
    /// are exp(o).</summary>
    Poisson,
}

/// <summary>Chooses the loss of regression tasks. The metrics by which tasks are evaluated do not depend on it.</summary>
public abstract class RegressionLossAttribute : Attribute
{
    /// <summary>The loss that the tasks are trained with.</summary>
    public RegressionLoss Loss { get; init; }

    /// <summary>A class of your own that computes the loss, in place of <see cref="Loss"/>: it derives from
    /// <see cref="Losses.TaskLoss"/> and has a public constructor without parameters. Null for none.</summary>
    public Type? LossBy { get; init; }

    /// <summary>δ of <see cref="RegressionLoss.Huber"/>, above 0, in units of the labels. Other losses have none.</summary>
    [Number(0, Above = true, Default = 1)]
    public double Delta { get; init; } = 1;

    /// <summary>τ of <see cref="RegressionLoss.Quantile"/>, above 0 and below 1. Other losses have none.</summary>
    [Number(0, 1, Above = true, Below = true, Default = 0.5)]
    public double Level { get; init; } = 0.5;
}
