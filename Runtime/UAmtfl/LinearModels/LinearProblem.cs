using TorchSharp;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The data of one task of a linear problem.</summary>
/// <param name="Inputs">X_t [N_t, d], float64. Tasks with the same rows hold the same tensor, so that a solver can share what depends on it alone.</param>
/// <param name="Labels">y_t [N_t], float64: real numbers, or 0 and 1 for a binary task.</param>
/// <param name="Kind">Regression (squared loss) or Binary (logistic loss).</param>
public sealed record LinearTask(Tensor Inputs, Tensor Labels, TaskKind Kind = TaskKind.Regression)
{
    /// <summary>N_t.</summary>
    public long Count => Labels.shape[0];
}

/// <summary>T linear tasks over the same d inputs: what the exact solvers take. In float64, whatever the data set's type.</summary>
/// <param name="Tasks">[T]</param>
public sealed record LinearProblem(IReadOnlyList<LinearTask> Tasks)
{
    /// <summary>d.</summary>
    public long Dimension => Tasks[0].Inputs.shape[1];

    /// <summary>T.</summary>
    public int Count => Tasks.Count;
}
