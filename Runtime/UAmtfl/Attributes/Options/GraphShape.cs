namespace UAmtfl;

/// <summary>The edges of a graph of tasks, each of which makes two tasks alike.</summary>
public enum GraphShape
{
    /// <summary>Each task is tied to the mean of all tasks.</summary>
    Mean,

    /// <summary>Each task is tied to the next in order of declaration, as for the stages of a disease or for years.</summary>
    Chain,
}
