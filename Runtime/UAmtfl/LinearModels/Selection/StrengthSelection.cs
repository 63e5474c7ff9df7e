using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;

namespace UAmtfl.LinearModels.Selection;

/// <summary>Chooses the strengths of the single-task methods for each task by itself: by K-fold cross-validation within the training data, or on given
/// validation data. The chosen strengths are for a fit on all of the training data.</summary>
/// <remarks>Cross-validation draws its folds with <see cref="SplitMix64"/>, for binary tasks within each class. The score of a strength is the mean loss
/// over all held-out labels of the task; of equal scores the strongest wins, and so it does for a regression task with a single label, which has no
/// score. Nothing here sees test data.</remarks>
public static class StrengthSelection
{
    /// <summary>A geometric grid.</summary>
    /// <param name="largest">The first strength, above 0.</param>
    /// <param name="smallest">The last, above 0.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <returns>[count], falling.</returns>
    public static IReadOnlyList<double> Grid(double largest, double smallest, int count) =>
        [.. Enumerable.Range(0, count).Select(i => largest * Math.Pow(smallest / largest, i / (count - 1.0)))];

    /// <summary>The strengths of ridge regression by cross-validation.</summary>
    /// <param name="problem">Regression tasks.</param>
    /// <param name="lambdas">The grid, above 0.</param>
    /// <param name="folds">K, at least 2.</param>
    /// <param name="seed">Of the folds.</param>
    /// <exception cref="UAmtflException">A task has too few labels or is not a regression task, or a number is out of range.</exception>
    public static SelectedStrengths Ridge(LinearProblem problem, IReadOnlyList<double> lambdas, int folds = 5, long seed = 0)
    {
        LinearModels.Ridge.Check(problem);
        return Scores(problem, lambdas, TaskKind.Regression).CrossValidate(problem, RidgePaths.Of, folds, seed).Best(ratios: false);
    }

    /// <summary>The strengths of ridge regression on validation data.</summary>
    /// <param name="problem">Regression tasks: the training data.</param>
    /// <param name="validation">The same tasks' validation data.</param>
    /// <param name="lambdas">The grid, above 0.</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or a number is out of range.</exception>
    public static SelectedStrengths Ridge(LinearProblem problem, LinearProblem validation, IReadOnlyList<double> lambdas)
    {
        LinearModels.Ridge.Check(problem);
        LinearModels.Ridge.Check(validation);
        return Scores(problem, lambdas, TaskKind.Regression).Validate(problem, validation, RidgePaths.Of).Best(ratios: false);
    }

    /// <summary>The strengths of penalised logistic regression by cross-validation.</summary>
    /// <param name="problem">Binary tasks, each with at least two labels of each class.</param>
    /// <param name="lambdas">The grid, above 0.</param>
    /// <param name="folds">K, at least 2.</param>
    /// <param name="seed">Of the folds.</param>
    /// <exception cref="UAmtflException">A task has too few labels or is not binary, or a number is out of range.</exception>
    public static SelectedStrengths Logistic(LinearProblem problem, IReadOnlyList<double> lambdas, int folds = 5, long seed = 0)
    {
        LogisticRidge.Check(problem);
        return Scores(problem, lambdas, TaskKind.Binary).CrossValidate(problem, LogisticRidge.Solver, folds, seed).Best(ratios: false);
    }

    /// <summary>The strengths of penalised logistic regression on validation data.</summary>
    /// <param name="problem">Binary tasks: the training data, each with labels of both classes.</param>
    /// <param name="validation">The same tasks' validation data.</param>
    /// <param name="lambdas">The grid, above 0.</param>
    /// <exception cref="UAmtflException">A task has no labels or is not binary, or a number is out of range.</exception>
    public static SelectedStrengths Logistic(LinearProblem problem, LinearProblem validation, IReadOnlyList<double> lambdas)
    {
        LogisticRidge.Check(problem);
        validation.Check("Logistic regression on validation data", TaskKind.Binary, "give the tasks in the same order");
        return Scores(problem, lambdas, TaskKind.Binary).Validate(problem, validation, LogisticRidge.Solver).Best(ratios: false);
    }

    /// <summary>The strengths and ratios of the elastic net by cross-validation. Each task and ratio has its own grid, geometric from the smallest strength with w = 0
    /// (<see cref="LinearModels.ElasticNet.LambdaMax"/>) down.</summary>
    /// <param name="problem">Regression tasks.</param>
    /// <param name="ratios">The ratios to try, above 0, at most 1.</param>
    /// <param name="count">How many strengths, at least 2.</param>
    /// <param name="span">The last strength, as a part of the first: in (0, 1).</param>
    /// <param name="folds">K, at least 2.</param>
    /// <param name="seed">Of the folds.</param>
    /// <exception cref="UAmtflException">A task has too few labels or is not a regression task, or a number is out of range.</exception>
    public static SelectedStrengths ElasticNet(LinearProblem problem, IReadOnlyList<double> ratios, int count = 50, double span = 0.01, int folds = 5, long seed = 0) =>
        ElasticNetScores(problem, ratios, count, span).CrossValidate(problem, ElasticNetSolver, folds, seed).Best(ratios: true);

    /// <summary>The strengths and ratios of the elastic net on validation data, from the same grids.</summary>
    /// <param name="problem">Regression tasks: the training data.</param>
    /// <param name="validation">The same tasks' validation data.</param>
    /// <param name="ratios">The ratios to try, above 0, at most 1.</param>
    /// <param name="count">How many strengths, at least 2.</param>
    /// <param name="span">The last strength, as a part of the first: in (0, 1).</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or a number is out of range.</exception>
    public static SelectedStrengths ElasticNet(LinearProblem problem, LinearProblem validation, IReadOnlyList<double> ratios, int count = 50, double span = 0.01)
    {
        LinearModels.ElasticNet.Check(validation);
        return ElasticNetScores(problem, ratios, count, span).Validate(problem, validation, ElasticNetSolver).Best(ratios: true);
    }

    /// <summary>Looser than a fit that is kept: at the usual span this is a thousandth of the weakest strength.</summary>
    private static IPathSolver ElasticNetSolver(RowGroup group, int[] reference) => new ElasticNetPaths(group, reference, 1e-5);

    private static HeldOut Scores(LinearProblem problem, IReadOnlyList<double> lambdas, TaskKind kind)
    {
        if (lambdas.Count == 0) throw new UAmtflException("The grid of strengths is empty: give at least one.");
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
            throw new UAmtflException(FormattableString.Invariant($"The grid of the elastic net has {ratios.Count} ratios, {count} strengths and a span of {span}: give at least 1, at least 2, and a number between 0 and 1."));
        }

        var largest = ratios.Select(r => LinearModels.ElasticNet.LambdaMax(problem, r)).ToArray();
        return new([.. problem.Tasks.Select((_, t) => (IReadOnlyList<Strength>)
        [
            // Constant labels: every strength gives w = 0, and some number must be chosen.
            .. ratios.SelectMany((r, i) => Grid(largest[i][t] > 0 ? largest[i][t] : 1, (largest[i][t] > 0 ? largest[i][t] : 1) * span, count).Select(l => new Strength(l, r))),
        ])], TaskKind.Regression);
    }
}
