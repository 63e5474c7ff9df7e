namespace UAmtfl;

/// <summary>Kinds of task, of which several can be chosen.</summary>
[Flags]
public enum TaskKinds
{
    /// <summary>No kind is chosen.</summary>
    None = 0,

    /// <summary>The tasks with <see cref="BinaryAttribute"/>.</summary>
    Binary = 1,

    /// <summary>The tasks with <see cref="RegressionAttribute"/>.</summary>
    Regression = 2,

    /// <summary>The tasks with <see cref="ClassificationAttribute"/>.</summary>
    Classification = 4,
}
