using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;

namespace UAmtfl.LinearModels;

/// <summary>Fits a logistic regression with a ridge penalty to each binary task: min over w, b of
/// 1/N Σ_n (−y log p − (1 − y) log(1 − p)) + λ/2 ‖w‖², p = 1 / (1 + exp(−x·w − b)). The intercept b is not penalised.</summary>
/// <remarks>For λ above 0 the minimum exists for any data with both classes, separable or not.</remarks>
public static class LogisticRidge
{
    private const string Method = "Logistic regression";

    /// <summary>Fits all tasks at one strength, until the norm of the gradient is below 1e-9 (times the size of the inputs if it exceeds
    /// 1).</summary>
    /// <param name="problem">Binary tasks, each with labels of both classes.</param>
    /// <param name="lambda">The strength λ, above 0.</param>
    /// <exception cref="UAmtflException">A task has no labels or one class only or is not binary, λ is out of range, or Newton's method
    /// does not converge.</exception>
    public static LinearModel Fit(LinearProblem problem, double lambda) => Fit(problem, [.. problem.Tasks.Select(_ => lambda)]);

    /// <summary>Fits each task at its own strength.</summary>
    /// <param name="problem">Binary tasks, each with labels of both classes.</param>
    /// <param name="lambdas">The strength λ of each task, [T], above 0.</param>
    /// <exception cref="UAmtflException">A task has no labels or one class only or is not binary, a λ is out of range, or Newton's
    /// method does not converge.</exception>
    public static LinearModel Fit(LinearProblem problem, IReadOnlyList<double> lambdas)
    {
        Check(problem);
        ProblemChecks.CheckStrengths(Method, "lambda", lambdas, problem.Count, zero: false);
        return Paths.Fit(problem, Solver, [.. lambdas.Select(l => new[] { new Strength(l) })])[0];
    }

    internal static IPathSolver Solver(RowGroup group, int[] reference) => new LogisticPaths(group);

    internal static void Check(LinearProblem problem)
    {
        problem.Check(Method, TaskKind.Binary, "use LeastSquares, Ridge or ElasticNet");
        for (var t = 0; t < problem.Count; t++)
        {
            var labels = problem.Tasks[t].Labels.ToArray();
            if (labels.FirstOrDefault(y => y is not (0 or 1)) is not 0 and var odd)
            {
                throw new UAmtflException(FormattableString.Invariant(
                    $"{Method}: {problem.Called(t)} has a label {odd}: give 0 or 1."));
            }

            if (labels.Distinct().Count() < 2)
            {
                throw new UAmtflException(
                    $"{Method}: all labels of {problem.Called(t)} are {labels[0]:0}: leave the task out, or use MeanPredictor.");
            }
        }
    }
}
