namespace UAmtfl.Weightings;

/// <summary>Marks a text property as the name of a task. The constructor of the weighting takes the index of that task, in the order of
/// the network's outputs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TaskNameAttribute : Attribute;

/// <summary>Limits a whole number by the number of tasks T: it may be at most (T − <see cref="Minus"/>) / <see cref="DividedBy"/>, rounded
/// down.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TaskMaximumAttribute : Attribute
{
    /// <summary>The number that is subtracted from the number of tasks, at least 0.</summary>
    public int Minus { get; init; }

    /// <summary>The divisor of the difference, at least 1.</summary>
    public int DividedBy { get; init; } = 1;
}

/// <summary>Limits a member of an enum to experiments with few tasks.</summary>
/// <param name="tasks">The largest number of tasks for which the member is allowed.</param>
/// <param name="reason">The reason, as the end of a sentence: <c>it tries every set of them</c>.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class TaskLimitAttribute(int tasks, string reason) : Attribute
{
    /// <summary>The largest number of tasks for which the member is allowed.</summary>
    public int Tasks { get; } = tasks;

    /// <summary>The reason for the limit, as the end of a sentence.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Gives the weighting another formula if a switch is true.</summary>
/// <param name="formula">The formula that replaces <see cref="WeightingByAttribute{T}.Formula"/>, with {0} for the loss of task t.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChangesFormulaAttribute(string formula) : Attribute
{
    /// <summary>The formula of the data term if the switch is true, with {0} for the loss of task t.</summary>
    public string Formula { get; } = formula;
}
