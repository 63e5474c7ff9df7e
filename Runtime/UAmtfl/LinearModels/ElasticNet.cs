using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;

namespace UAmtfl.LinearModels;

/// <summary>Fits an elastic net to each task (Zou and Hastie 2005, <i>Regularization and variable selection via the elastic net</i>):
/// min over w, b of 1/(2N) ‖y − Xw − b‖² + λ (r ‖w‖₁ + (1 − r)/2 ‖w‖²). The intercept b is not penalised.</summary>
/// <remarks>Inputs are not standardised: standardise them first if the penalty should have the same effect on each. An input whose
/// variance is below 1e-14 of the largest counts as constant and has weight 0.</remarks>
public static class ElasticNet
{
    private const string Method = "The elastic net";

    /// <summary>Fits all tasks at one strength, until the optimality conditions are violated by less than 1e-10 of max |Xᵀy/N|.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="lambda">The strength λ, above 0.</param>
    /// <param name="ratio">The share r of the ℓ₁ norm, above 0 (use <see cref="Ridge"/> for 0) and at most 1, which is the lasso.</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, a number is out of range, or the descent
    /// does not converge.</exception>
    public static LinearModel Fit(LinearProblem problem, double lambda, double ratio) =>
        Fit(problem, [.. problem.Tasks.Select(_ => lambda)], [.. problem.Tasks.Select(_ => ratio)]);

    /// <summary>Fits each task at its own strength.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="lambdas">The strength λ of each task, [T], above 0.</param>
    /// <param name="ratios">The share r of the ℓ₁ norm of each task, [T], above 0, at most 1.</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, a number is out of range, or the descent
    /// does not converge.</exception>
    public static LinearModel Fit(LinearProblem problem, IReadOnlyList<double> lambdas, IReadOnlyList<double> ratios)
    {
        Check(problem);
        ProblemChecks.CheckStrengths(Method, "lambda", lambdas, problem.Count, zero: false);
        CheckRatios(ratios, problem.Count);
        return Paths.Fit(problem, Solver(1e-10), [.. lambdas.Select((l, t) => new[] { new Strength(l, ratios[t]) })])[0];
    }

    /// <summary>Returns the smallest strength at which the weights of each task are 0: max |Xᵀy/N| / r on centred data.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="ratio">The share r of the ℓ₁ norm, above 0, at most 1.</param>
    /// <returns>The strength of each task, [T]; 0 for a task with constant labels.</returns>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or r is out of range.</exception>
    public static IReadOnlyList<double> LambdaMax(LinearProblem problem, double ratio)
    {
        Check(problem);
        CheckRatios([ratio], 1);
        var largest = new double[problem.Count];
        foreach (var group in RowGroup.Of(problem))
        {
            var source = new MomentSource(group, []);
            foreach (var task in group.Tasks)
            {
                largest[task.Task] = Vectors.LargestSize(source.Of(task, null).Cross) / ratio;
            }
        }

        return largest;
    }

    internal static PathSolverFactory Solver(double precision) => (group, reference) => new ElasticNetPaths(group, reference, precision);

    internal static void Check(LinearProblem problem) => problem.Check(Method, TaskKind.Regression, "use LogisticRidge");

    internal static void CheckRatios(IReadOnlyList<double> ratios, int count)
    {
        ProblemChecks.CheckStrengths(Method, "ratio", ratios, count, zero: false);
        if (ratios.Any(r => r > 1))
        {
            throw new UAmtflException(FormattableString.Invariant(
                $"{Method}: ratio = {ratios.Max()} is out of range: give a number above 0 and at most 1."));
        }
    }
}
