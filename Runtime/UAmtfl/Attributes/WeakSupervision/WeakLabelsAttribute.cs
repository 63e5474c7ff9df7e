namespace UAmtfl;

/// <summary>Trains a variant on labels that a label model makes from the votes of the sources, in the place of the true ones. Validation
/// and test keep the true labels.</summary>
/// <remarks>The label model is fitted to the training rows before the training, without any true label. Losses take the probabilities of
/// the classes (noise-aware training, Ratner et al. 2019). A row has no label for a task if no source votes on it, nor
/// on a task that a hierarchy connects with it. Labels of regressions stay those of the data set.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WeakLabelsAttribute : Attribute
{
    /// <summary>The label model.</summary>
    public WeakLabelModel Model { get; init; }

    /// <summary>What the label model makes of <see cref="DependsAttribute"/>.</summary>
    public SourceDependencies Dependencies { get; init; }

    /// <summary>Where the shares of the feasible label vectors, P(Y), come from; it has no effect with <see cref="Prior"/>.</summary>
    public ClassBalance Balance { get; init; }

    /// <summary>The share of each feasible label vector, P(Y), in the order of the generated table; they sum to 1. Empty, the default, if
    /// <see cref="Balance"/> says where they come from.</summary>
    public double[] Prior { get; init; } = [];

    /// <summary>True, the default, if it counts as evidence that a source abstains, as it does where a source abstains more often on one
    /// class than on another. With false the probabilities are those given which sources abstain.</summary>
    public bool Abstentions { get; init; } = true;
}
