using System.Globalization;
using UAmtfl.Evaluation;
using UAmtfl.LinearModels.Selection;
using UAmtfl.Messages;
using UAmtfl.Penalties;
using UAmtfl.Tasks;

namespace UAmtfl.LinearModels;

/// <summary>Fits variants with the exact solvers, chooses strengths that are not given by cross-validation, and describes each fit in a
/// line.</summary>
public static class Solve
{
    /// <summary>The maximum number of rounds of AMTL. 200 rounds come within a few per cent of the optimum; for many weakly related tasks
    /// even 2000 do not converge.</summary>
    private const int AmtlRounds = 200;

    private const int FoldCount = 5;

    /// <summary>The strengths λ that cross-validation tries for inputs of unit variance, from much too strong to nearly none.</summary>
    private static readonly IReadOnlyList<double> Strengths = StrengthSelection.Grid(100, 1e-4, 25);

    private static readonly IReadOnlyDictionary<string, double[]> Nothing = new Dictionary<string, double[]>();

    /// <summary>Fits the mean or the log-odds of each task.</summary>
    /// <param name="data">The training data of the tasks.</param>
    public static Fit Mean(FitData data) => new(MeanPredictor.Fit(data.Train), "mean of the training labels", Nothing);

    /// <summary>Fits a ridge regression or a ridge-penalised logistic regression to each task.</summary>
    /// <param name="data">The training data of tasks of one kind.</param>
    /// <param name="strength">The strength λ; 0 to choose it by cross-validation.</param>
    public static Fit Ridge(FitData data, double strength)
    {
        var binary = data.Train.Tasks[0].Kind == TaskKind.Binary;
        var selected = strength > 0 ? null
            : binary ? StrengthSelection.Logistic(data.Train, Strengths, FoldCount, data.Seed)
            : StrengthSelection.Ridge(data.Train, Strengths, FoldCount, data.Seed);
        var strengths = selected?.Lambdas ?? Repeated(strength, data);
        var model = binary ? LogisticRidge.Fit(data.Train, strengths) : LinearModels.Ridge.Fit(data.Train, strengths);
        return new(model, $"{(binary ? "Newton's method" : "eigenvalue decomposition")}{Chosen(strength)}", Named(strengths))
        {
            Notice = AtEnd(selected),
        };
    }

    /// <summary>Fits an elastic net to each task.</summary>
    /// <param name="data">The training data of regression tasks.</param>
    /// <param name="ratio">The share r of the ℓ₁ norm, in (0, 1].</param>
    /// <param name="strength">The strength λ; 0 to choose it by cross-validation.</param>
    public static Fit ElasticNet(FitData data, double ratio, double strength)
    {
        IReadOnlyList<double> ratios = [.. data.Train.Tasks.Select(_ => ratio)];
        var selected = strength > 0 ? null
            : StrengthSelection.ElasticNet(data.Train, [ratio], Strengths.Count, folds: FoldCount, seed: data.Seed);
        var strengths = selected?.Lambdas ?? Repeated(strength, data);
        return new(LinearModels.ElasticNet.Fit(data.Train, strengths, ratios), $"coordinate descent{Chosen(strength)}", Named(strengths))
        {
            Notice = AtEnd(selected),
        };
    }

    /// <summary>Fits linear models by GO-MTL.</summary>
    /// <param name="data">The training data of regression tasks.</param>
    /// <param name="bases">The number k of basis vectors.</param>
    /// <param name="mu">The strength μ of the ℓ₁ norm of the coefficients.</param>
    /// <param name="lambda">The strength λ of the squared norm of the basis.</param>
    public static Fit GoMtl(FitData data, int bases, double mu, double lambda)
    {
        var fit = LinearModels.GoMtl.Fit(data.Train, bases, mu, lambda, data.Seed);
        return new(fit.Model, "L-BFGS over exact inner solutions", Nothing, fit.Certificate);
    }

    /// <summary>Fits linear models by AMTL in at most 200 rounds. If it does not converge in these, the certificate and the report say
    /// so.</summary>
    /// <param name="data">The training data of regression tasks.</param>
    /// <param name="alpha">The price α of transfer.</param>
    /// <param name="gamma">The weight γ of the reconstruction.</param>
    /// <param name="nonNegative">True if the transfers B must be at least 0.</param>
    public static Fit Amtl(FitData data, double alpha, double gamma, bool nonNegative)
    {
        var fit = LinearModels.Amtl.Fit(data.Train, alpha, gamma, nonNegative, rounds: AmtlRounds);
        return new(fit.Model with { Transfer = fit.Transfer }, "L-BFGS over exact inner solutions", Nothing, fit.Certificate);
    }

    /// <summary>Fits ordinary least squares to each task.</summary>
    /// <param name="data">The training data of regression tasks.</param>
    public static Fit LeastSquares(FitData data) => new(LinearModels.LeastSquares.Fit(data.Train), "least squares", Nothing);

    /// <summary>Fits linear models with one or several penalties on the weights of all tasks.</summary>
    /// <param name="data">The training data of regression and binary tasks.</param>
    /// <param name="penalty">The penalty Ω.</param>
    /// <param name="tolerance">The optimality gap at which the solver stops.</param>
    /// <exception cref="UAmtflException">The solver did not reach the tolerance.</exception>
    public static Fit Penalised(FitData data, StructuredPenalty penalty, double tolerance)
    {
        var fit = ProximalGradient.Fit(data.Train, penalty, new() { Tolerance = tolerance });
        var certificate = new Certificate(fit.Gap, tolerance, fit.Iterations, "iterations");
        return certificate.Problem is { } problem
            ? throw new UAmtflException(
                $"the solver {problem}: standardise the inputs, strengthen the penalty, "
                + "or raise the tolerance ([LinearModel(Tolerance = …)])")
            : new(fit.Model, "accelerated proximal gradient", Nothing, certificate);
    }

    /// <summary>Says that cross-validation has chosen a strength at the weak end of those that it tried; null if it has not.</summary>
    private static string? AtEnd(SelectedStrengths? selected) => selected is not { Smallest: > 0 } ? null
        : $"cross-validation chose the smallest strength that it tried for {selected.Smallest} of "
            + $"{Words.Count(selected.Lambdas.Count, "task")}, so that a smaller one may be better: state Strength, or put it on a [Grid]";

    private static IReadOnlyList<double> Repeated(double strength, FitData data) => [.. data.Train.Tasks.Select(_ => strength)];

    private static string Chosen(double strength) =>
        strength > 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", strength by {FoldCount}-fold cross-validation for each task");

    private static Dictionary<string, double[]> Named(IReadOnlyList<double> strengths) => new() { ["strength"] = [.. strengths] };
}
