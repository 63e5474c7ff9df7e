using UAmtfl.LinearModels.Numerics;
using UAmtfl.Tasks;

namespace UAmtfl.LinearModels;

/// <summary>Fits a ridge regression to each task: min over w, b of 1/(2N) ‖y − Xw − b‖² + λ/2 ‖w‖², so that on centred data
/// w = (XᵀX/N + λI)⁻¹ Xᵀy/N. The intercept b is not penalised.</summary>
/// <remarks>One eigendecomposition serves all strengths, and all tasks that have most of the same rows.</remarks>
public static class Ridge
{
    private const string Method = "Ridge regression";

    /// <summary>Fits all tasks at one strength.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="lambda">The strength λ, above 0 (use <see cref="LeastSquares"/> for 0).</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or λ is out of range.</exception>
    public static LinearModel Fit(LinearProblem problem, double lambda) => Path(problem, [lambda])[0];

    /// <summary>Fits each task at its own strength.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="lambdas">The strength λ of each task, [T], above 0.</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or a λ is out of range.</exception>
    public static LinearModel Fit(LinearProblem problem, IReadOnlyList<double> lambdas)
    {
        Check(problem);
        ProblemChecks.CheckStrengths(Method, "lambda", lambdas, problem.Count, zero: false);
        return Paths.Fit(problem, RidgePaths.Of, [.. lambdas.Select(l => new[] { new Strength(l) })])[0];
    }

    /// <summary>Fits all tasks at each of several strengths.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="lambdas">The strengths, [L], above 0, in any order.</param>
    /// <returns>The models [L], in the order of the strengths.</returns>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or a λ is out of range.</exception>
    public static IReadOnlyList<LinearModel> Path(LinearProblem problem, IReadOnlyList<double> lambdas)
    {
        Check(problem);
        foreach (var lambda in lambdas)
        {
            ProblemChecks.CheckStrength(Method, "lambda", lambda, zero: false);
        }

        Strength[] strengths = [.. lambdas.Select(l => new Strength(l))];
        return lambdas.Count == 0 ? [] : Paths.Fit(problem, RidgePaths.Of, [.. problem.Tasks.Select(_ => strengths)]);
    }

    internal static void Check(LinearProblem problem) => problem.Check(Method, TaskKind.Regression, "use LogisticRidge");
}
