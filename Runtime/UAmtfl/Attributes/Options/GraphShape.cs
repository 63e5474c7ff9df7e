namespace UAmtfl;

/// <summary>The edges of a graph of tasks, each of which makes two tasks alike.</summary>
public enum GraphShape
{
    /// <summary>Each task is tied to the mean of all tasks, Σ_t ‖w_t − w̄‖².</summary>
    Mean,

    /// <summary>Each task is tied to the next in order of declaration, Σ_t ‖w_t − w_{t+1}‖², as for the stages of a disease or for
    /// years.</summary>
    Chain,
}
