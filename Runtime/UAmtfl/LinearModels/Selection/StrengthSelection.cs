using System.Globalization;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;

namespace UAmtfl.LinearModels.Selection;

/// <summary>Chooses the strength of a single-task method for each task by K-fold cross-validation within the training data. The chosen
/// strengths are for a fit to all of the training data.</summary>
/// <remarks>Cross-validation draws its folds with <see cref="SplitMix64"/>, for binary tasks within each class. The score of a strength
/// is the mean loss over all held-out labels of the task. Of equal scores the strongest wins; so it does for a regression task with a
/// single label, which has no score. Test data are never used.</remarks>
public static class StrengthSelection
{
    /// <summary>Makes a geometric grid of strengths.</summary>
    /// <param name="largest">The first strength, above 0.</param>
    /// <param name="smallest">The last strength, above 0.</param>
    /// <param name="count">The number of strengths, at least 2.</param>
    /// <returns>The strengths in falling order, [count].</returns>
    public static IReadOnlyList<double> Grid(double largest, double smallest, int count) =>
        [.. Enumerable.Range(0, count).Select(i => largest * Math.Pow(smallest / largest, i / (count - 1.0)))];

    /// <summary>Chooses the strengths of ridge regressions by cross-validation.</summary>
    /// <param name="problem">Regression tasks.</param>
    /// <param name="lambdas">The grid of strengths, above 0.</param>
    /// <param name="folds">The number of folds K, at least 2.</param>
    /// <param name="seed">The seed of the folds.</param>
    /// <exception cref="UAmtflException">A task has too few labels or is not a regression task, or a number is out of range.</exception>
    public static SelectedStrengths Ridge(LinearProblem problem, IReadOnlyList<double> lambdas, int folds = 5, long seed = 0)
    {
        LinearModels.Ridge.Check(problem);
        return Scores(problem, lambdas, TaskKind.Regression).CrossValidate(problem, RidgePaths.Of, folds, seed).Best(ratios: false);
    }

    /// <summary>Chooses the strengths of penalised logistic regressions by cross-validation.</summary>
    /// <param name="problem">Binary tasks, each with at least two labels of each class.</param>
    /// <param name="lambdas">The grid of strengths, above 0.</param>
    /// <param name="folds">The number of folds K, at least 2.</param>
    /// <param name="seed">The seed of the folds.</param>
    /// <exception cref="UAmtflException">A task has too few labels or is not binary, or a number is out of range.</exception>
    public static SelectedStrengths Logistic(LinearProblem problem, IReadOnlyList<double> lambdas, int folds = 5, long seed = 0)
    {
        LogisticRidge.Check(problem);
        return Scores(problem, lambdas, TaskKind.Binary).CrossValidate(problem, LogisticRidge.Solver, folds, seed).Best(ratios: false);
    }

    /// <summary>Chooses the strengths and ratios of elastic nets by cross-validation. Each task and ratio has its own geometric grid,
    /// which starts at the smallest strength with w = 0 (<see cref="LinearModels.ElasticNet.LambdaMax"/>).</summary>
    /// <param name="problem">Regression tasks.</param>
    /// <param name="ratios">The ratios to try, above 0, at most 1.</param>
    /// <param name="count">The number of strengths, at least 2.</param>
    /// <param name="span">The last strength divided by the first, in (0, 1).</param>
    /// <param name="folds">The number of folds K, at least 2.</param>
    /// <param name="seed">The seed of the folds.</param>
    /// <exception cref="UAmtflException">A task has too few labels or is not a regression task, or a number is out of range.</exception>
    public static SelectedStrengths ElasticNet(
        LinearProblem problem, IReadOnlyList<double> ratios, int count = 50, double span = 0.01, int folds = 5, long seed = 0) =>
        ElasticNetScores(problem, ratios, count, span).CrossValidate(problem, ElasticNetSolver, folds, seed).Best(ratios: true);

    /// <summary>Creates a solver with a looser precision than that of a final fit: at the usual span, a thousandth of the weakest
    /// strength.</summary>
    private static IPathSolver ElasticNetSolver(RowGroup group, int[] reference) => new ElasticNetPaths(group, reference, 1e-5);

    private static HeldOut Scores(LinearProblem problem, IReadOnlyList<double> lambdas, TaskKind kind)
    {
        if (lambdas.Count == 0)
        {
            throw new UAmtflException("The grid of strengths is empty: give at least one.");
        }

        ProblemChecks.CheckStrengths("The grid", "lambda", lambdas, lambdas.Count, zero: false);
        Strength[] falling = [.. lambdas.OrderDescending().Select(l => new Strength(l))];
        return new([.. problem.Tasks.Select(_ => falling)], kind);
    }

    private static HeldOut ElasticNetScores(LinearProblem problem, IReadOnlyList<double> ratios, int count, double span)
    {
        LinearModels.ElasticNet.Check(problem);
        LinearModels.ElasticNet.CheckRatios(ratios, ratios.Count);
        if (ratios.Count == 0 || count < 2 || !(span is > 0 and < 1))
        {
            throw new UAmtflException(string.Create(
                CultureInfo.InvariantCulture,
                $"The grid of the elastic net has {ratios.Count} ratios, {count} strengths and a span of {span}: "
                + $"give at least 1, at least 2, and a number between 0 and 1."));
        }

        var largest = ratios.Select(r => LinearModels.ElasticNet.LambdaMax(problem, r)).ToArray();
        return new([.. problem.Tasks.Select((_, t) => (IReadOnlyList<Strength>)
        [
            // Labels that are constant give w = 0 at every strength, and some number must be chosen.
            .. ratios.SelectMany((r, i) =>
                Grid(largest[i][t] > 0 ? largest[i][t] : 1, (largest[i][t] > 0 ? largest[i][t] : 1) * span, count)
                    .Select(l => new Strength(l, r))),
        ])], TaskKind.Regression);
    }
}
