namespace UAmtfl;

/// <summary>Says that the text is the name of a task. The weighting's constructor takes the task's number in its place, in the order of
/// the network's outputs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TaskNameAttribute : Attribute;

/// <summary>Limits a whole number by the number of tasks T: it is at most (T − <see cref="Minus"/>) / <see cref="DividedBy"/>, rounded
/// down.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TaskMaximumAttribute : Attribute
{
    /// <summary>How many tasks do not count, at least 0.</summary>
    public int Minus { get; init; }

    /// <summary>What the rest is divided by, at least 1.</summary>
    public int DividedBy { get; init; } = 1;
}

/// <summary>Limits a member of an enum to experiments with few tasks.</summary>
/// <param name="tasks">The largest number of tasks that it is for.</param>
/// <param name="reason">Why, as the end of a sentence: <c>it tries every set of them</c>.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class TaskLimitAttribute(int tasks, string reason) : Attribute
{
    /// <summary>The largest number of tasks.</summary>
    public int Tasks { get; } = tasks;

    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Gives the weighting another formula where the switch is true.</summary>
/// <param name="formula">In the place of <see cref="WeightingByAttribute{T}.Formula"/>, with {0} for the loss of task t.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChangesFormulaAttribute(string formula) : Attribute
{
    /// <summary>The data term of the objective.</summary>
    public string Formula { get; } = formula;
}
