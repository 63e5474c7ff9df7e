using System.Globalization;
using UAmtfl.Evaluation;
using UAmtfl.LinearModels;
using UAmtfl.LinearModels.Selection;
using UAmtfl.Penalties;
using UAmtfl.Tasks;
using UAmtfl.Training;

namespace UAmtfl.LinearModels;

/// <summary>The exact solvers as variants call them: with the choice of strengths, and a line on what was solved.</summary>
public static class Solve
{
    /// <summary>With many tasks that are weakly tied a round takes milliseconds and two thousand do not suffice; 200 reach within some per cent.</summary>
    private const int AmtlRounds = 200;

    private const int FoldCount = 5;

    /// <summary>λ from far too strong to hardly any, for inputs of unit variance.</summary>
    private static readonly IReadOnlyList<double> Strengths = StrengthSelection.Grid(100, 1e-4, 25);

    private static readonly IReadOnlyDictionary<string, double[]> Nothing = new Dictionary<string, double[]>();

    /// <summary>Each task's mean or log-odds.</summary>
    /// <param name="data">The problem.</param>
    public static Fit Mean(FitData data) => new(MeanPredictor.Fit(data.Train), "mean of the training labels", Nothing);

    /// <summary>Ridge or ridge-penalised logistic regression.</summary>
    /// <param name="data">Tasks of one kind.</param>
    /// <param name="strength">λ; 0 for a choice by cross-validation.</param>
    public static Fit Ridge(FitData data, double strength)
    {
        var binary = data.Train.Tasks[0].Kind == TaskKind.Binary;
        var strengths = strength > 0 ? Repeated(strength, data)
            : (binary ? StrengthSelection.Logistic(data.Train, Strengths, FoldCount, data.Seed) : StrengthSelection.Ridge(data.Train, Strengths, FoldCount, data.Seed)).Lambdas;
        var model = binary ? LogisticRidge.Fit(data.Train, strengths) : LinearModels.Ridge.Fit(data.Train, strengths);
        return new(model, $"{(binary ? "Newton's method" : "eigenvalue decomposition")}{Chosen(strength)}", Named(strengths));
    }

    /// <summary>Elastic nets.</summary>
    /// <param name="data">Regression tasks.</param>
    /// <param name="ratio">r, in (0, 1].</param>
    /// <param name="strength">λ; 0 for a choice by cross-validation.</param>
    public static Fit ElasticNet(FitData data, double ratio, double strength)
    {
        IReadOnlyList<double> ratios = [.. data.Train.Tasks.Select(_ => ratio)];
        var strengths = strength > 0 ? Repeated(strength, data) : StrengthSelection.ElasticNet(data.Train, [ratio], Strengths.Count, folds: FoldCount, seed: data.Seed).Lambdas;
        return new(LinearModels.ElasticNet.Fit(data.Train, strengths, ratios), $"coordinate descent{Chosen(strength)}", Named(strengths));
    }

    /// <summary>GO-MTL.</summary>
    /// <param name="data">Regression tasks.</param>
    /// <param name="bases">k.</param>
    /// <param name="mu">μ.</param>
    /// <param name="lambda">λ.</param>
    public static Fit GoMtl(FitData data, int bases, double mu, double lambda)
    {
        var fit = LinearModels.GoMtl.Fit(data.Train, bases, mu, lambda, data.Seed);
        return new(fit.Model, "L-BFGS over exact inner solutions", Nothing, fit.Certificate);
    }

    /// <summary>AMTL, in at most 200 rounds. The certificate, and with it the report, says where that was too few to converge.</summary>
    /// <param name="data">Regression tasks.</param>
    /// <param name="alpha">α.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="nonNegative">B ≥ 0.</param>
    public static Fit Amtl(FitData data, double alpha, double gamma, bool nonNegative)
    {
        var fit = LinearModels.Amtl.Fit(data.Train, alpha, gamma, nonNegative, rounds: AmtlRounds);
        return new(fit.Model with { Transfer = fit.Transfer }, "L-BFGS over exact inner solutions", Nothing, fit.Certificate);
    }

    /// <summary>Ordinary least squares.</summary>
    /// <param name="data">Regression tasks.</param>
    public static Fit LeastSquares(FitData data) => new(LinearModels.LeastSquares.Fit(data.Train), "least squares", Nothing);

    /// <summary>Penalised linear models.</summary>
    /// <param name="data">Regression and binary tasks.</param>
    /// <param name="penalty">Ω.</param>
    /// <param name="tolerance">The certificate.</param>
    /// <exception cref="UAmtflException">The solver did not reach the certificate.</exception>
    public static Fit Penalised(FitData data, StructuredPenalty penalty, double tolerance)
    {
        var fit = ProximalGradient.Fit(data.Train, penalty, new() { Tolerance = tolerance });
        var certificate = new Certificate(fit.Gap, tolerance, fit.Iterations, "iterations");
        return certificate.Problem is { } problem
            ? throw new UAmtflException($"the solver {problem}: standardise the inputs, strengthen the penalty, or raise the tolerance ([LinearModel(Tolerance = …)])")
            : new(fit.Model, "accelerated proximal gradient", Nothing, certificate);
    }

    private static IReadOnlyList<double> Repeated(double strength, FitData data) => [.. data.Train.Tasks.Select(_ => strength)];

    private static string Chosen(double strength) => strength > 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", strength by {FoldCount}-fold cross-validation for each task");

    private static Dictionary<string, double[]> Named(IReadOnlyList<double> strengths) => new() { ["strength"] = [.. strengths] };
}
