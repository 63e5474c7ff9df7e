namespace UAmtfl.Training;

/// <summary>The tasks that a parameter belongs to. It decides which gradients reach the parameter, and what is copied, frozen or kept
/// when a part of a network is.</summary>
public enum Owner
{
    /// <summary>The parameter belongs to all tasks, as the trunk of a hard-sharing network and the transfer between tasks do.</summary>
    AllTasks,

    /// <summary>The parameter, or each row of it, belongs to one task, as heads, trunks side by side and uncertainties do.</summary>
    OneTask,

    /// <summary>The parameter belongs to no task and takes no part in a prediction, as those of a weighting do.</summary>
    NoTask,
}
