namespace UAmtfl;

/// <summary>Declares a task with labels 0 and 1, one logit, and the binary cross-entropy as loss. On the enum it applies to all
/// members, on a member to that task.</summary>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Field)]
public sealed class BinaryAttribute : BinaryLossAttribute
{
    /// <summary>True if the tasks are the classes of one problem and each row belongs to exactly one (on the enum only). A task's error
    /// is then measured by arg-max over all logits on the rows of its class, and the report shows the multi-class error.</summary>
    public bool OneVsAll { get; init; }
}

/// <summary>Declares a task with <paramref name="classes"/> labels 0, 1, …, as many logits, and the softmax cross-entropy as
/// loss.</summary>
/// <param name="classes">The number of classes, at least 2.</param>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Field)]
public sealed class ClassificationAttribute(int classes) : Attribute
{
    /// <summary>The number of classes.</summary>
    [Number(2)]
    public int Classes { get; } = classes;

    /// <summary>ε, at least 0 and below 1: the label counts for 1 − ε of the loss, and all K classes for ε/K each (Szegedy et al.,
    /// «Rethinking the Inception architecture», 2016).</summary>
    [Number(0, 1, Below = true, Default = 0)]
    public double LabelSmoothing { get; init; }

    /// <summary>w, one weight above 0 for each class, in the order of the labels: the loss of a task is Σ_i w_{y_i} ℓ_i / Σ_i w_{y_i}
    /// over its labels, as in PyTorch's CrossEntropyLoss. Empty if all classes count the same. A rare class is often given the inverse of
    /// its share of the rows.</summary>
    public double[] ClassWeights { get; init; } = [];

    /// <summary>True if the weight of class k is N / (K n_k), with n_k of the task's N training labels in class k and K classes that have
    /// any, so that all classes have the same part in the loss. It takes the place of <see cref="ClassWeights"/>.</summary>
    public bool Balanced { get; init; }
}

/// <summary>Declares a task with real labels, one output, and the squared error or another <see cref="RegressionLoss"/> as
/// loss.</summary>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Field)]
public sealed class RegressionAttribute : RegressionLossAttribute;
