namespace UAmtfl;

/// <summary>A task with labels 0 and 1, one logit, and the binary cross-entropy as loss. On the enum it is the kind of all
/// members, on a member the kind of that task.</summary>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Field)]
public sealed class BinaryAttribute : Attribute
{
    /// <summary>True if the tasks are the classes of one problem, of which each row has exactly one (on the enum only): a task's
    /// error is then measured by arg-max over all logits on the rows of its class, and the report shows the multi-class error.</summary>
    public bool OneVsAll { get; init; }
}

/// <summary>A task with one of <paramref name="classes"/> labels 0, 1, …, as many logits, and the softmax cross-entropy as loss.</summary>
/// <param name="classes">The number of classes, at least 2.</param>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Field)]
public sealed class ClassificationAttribute(int classes) : Attribute
{
    /// <summary>The number of classes.</summary>
    [Number(2)]
    public int Classes { get; } = classes;
}

/// <summary>A task with real labels, one output, and the squared error as loss.</summary>
[AttributeUsage(AttributeTargets.Enum | AttributeTargets.Field)]
public sealed class RegressionAttribute : Attribute;
