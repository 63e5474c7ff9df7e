using TorchSharp;
using UAmtfl.Evaluation;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The model and the transfer matrix that <see cref="Amtl"/> learnt.</summary>
/// <param name="Model">The weights W with their intercepts; the model's Transfer is |B|.</param>
/// <param name="Transfer">The transfer matrix B [T, T], float64, from the row's task to the column's, with a zero diagonal.</param>
/// <param name="Objective">The objective at the start and after each round; it never rises.</param>
/// <param name="Certificate">The distance of W from stationary, with the best B for it: the largest entry of the residual of the
/// equation of W, relative to its right side.</param>
public sealed record AmtlFit(LinearModel Model, Tensor Transfer, IReadOnlyList<double> Objective, Certificate Certificate);

/// <summary>Fits linear models by AMTL (Lee, Yang and Hwang 2016, <i>Asymmetric multi-task learning based on task relatedness and
/// loss</i>; Lee et al. 2018, eq. 4), in which each task's weights are close to a sparse combination of the others' and transfer from a
/// task has a price proportional to its loss: min over W, B of Σ_t (1 + α ‖b_t‖₁) (L_t + f_t) + γ ‖W − WB‖²_F, L_t = 1/N_t ‖y_t − X_t
/// w_t‖², with b_t row t of B, B_tt = 0, and unpenalised intercepts.</summary>
/// <remarks>The solver alternates: given W, column t of B is a lasso on the other tasks' weights, in which task s costs α(L_s + f_s)/(2γ);
/// given B, c_t C_t w_t + γ Σ_s M_ts w_s = c_t q_t with c_t = 1 + α ‖b_t‖₁ and M = (I − B)(I − B)ᵀ, by conjugate gradients. Its rounds are
/// steps of L-BFGS in W, because alternation alone is slow. The problem is not convex in W and B together: the result is stationary, and
/// may depend on the start; B starts at 0.</remarks>
public static class Amtl
{
    /// <summary>The strength of the ridge fits that W starts from, chosen for inputs of unit variance.</summary>
    private const double StartStrength = 0.1;

    /// <summary>Fits linear models and their transfer matrix.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="alpha">The price α of transfer, at least 0.</param>
    /// <param name="gamma">The weight γ of the reconstruction, at least 0. At 0 nothing ties the tasks and B = 0.</param>
    /// <param name="nonNegative">True if B must be at least 0.</param>
    /// <param name="floors">The numbers f [T] that are added to the losses, at least 0, such as δ/√N_t; null for 0.</param>
    /// <param name="start">The model from which W starts; null for ridge fits of strength 0.1.</param>
    /// <param name="rounds">The maximum number of rounds.</param>
    /// <param name="tolerance">The gap of the <see cref="Certificate"/> at which the solver stops, above 0.</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or a number is out of range.</exception>
    public static AmtlFit Fit(
    LinearProblem problem,
    double alpha,
    double gamma,
    bool nonNegative = true,
    IReadOnlyList<double>? floors = null,
    LinearModel? start = null,
    int rounds = 2000,
    double tolerance = 1e-6)
    {
        problem.Check("AMTL", TaskKind.Regression, "use the network form, [DeepAmtl] on a network without layers");
        ProblemChecks.CheckStrength("AMTL", "alpha", alpha, zero: true);
        ProblemChecks.CheckStrength("AMTL", "gamma", gamma, zero: true);
        ProblemChecks.CheckStrengths("AMTL", "the floor", floors ?? [.. problem.Tasks.Select(_ => 0.0)], problem.Count, zero: true);
        if (rounds < 1)
        {
            throw new UAmtflException($"AMTL: {rounds} rounds: give at least 1.");
        }

        using var scope = NewDisposeScope();
        var data = TaskCovariances.Of(problem);
        var end = Alternation.Run(
            new Blocks(data, alpha, gamma, nonNegative, floors),
            (start ?? Ridge.Fit(problem, StartStrength)).Weights.ToArray(),
            new double[data.Tasks * data.Tasks],
            rounds,
            tolerance);
        var transfer = end.Second.ToTensor(data.Tasks, data.Tasks).MoveToOuterDisposeScope();
        var model = Paths.Model(end.First, data.Biases(end.First), transfer.abs().MoveToOuterDisposeScope());
        model.Weights.MoveToOuterDisposeScope();
        model.Biases.MoveToOuterDisposeScope();
        return new(model, transfer, end.Objective, end.Certificate);
    }

    /// <summary>Solves for the columns of B, given W.</summary>
    /// <param name="weights">The weights W [T, d].</param>
    /// <param name="costs">The costs α(L_s + f_s) [T].</param>
    /// <param name="transfer">The start B [T, T], which the solution replaces.</param>
    /// <param name="gamma">The weight γ of the reconstruction, above 0.</param>
    /// <param name="nonNegative">True if B must be at least 0.</param>
    internal static void SolveTransfer(double[] weights, double[] costs, double[] transfer, double gamma, bool nonNegative)
    {
        var count = costs.Length;
        var gram = Vectors.Product(weights, weights.Length / count, weights, count, transposeB: true);
        var descent = new CoordinateDescent(count);
        var penalties = costs.Select(c => c / (2 * gamma)).ToArray();
        for (var t = 0; t < count; t++)
        {
            descent.Reset(gram);
            var target = gram.AsSpan(t * count, count).ToArray();
            var column = Enumerable.Range(0, count).Select(s => transfer[(s * count) + t]).ToArray();
            var own = penalties[t];
            penalties[t] = double.PositiveInfinity;
            descent.Solve(target, penalties, 0, column, 1e-12 * Vectors.LargestSize(target), nonNegative, sweeps: 1000);
            penalties[t] = own;
            for (var s = 0; s < count; s++)
            {
                transfer[(s * count) + t] = column[s];
            }
        }
    }

    /// <summary>The objective as a function of the two blocks W [T, d] and B [T, T].</summary>
    private sealed class Blocks(TaskCovariances data, double alpha, double gamma, bool nonNegative, IReadOnlyList<double>? floors)
        : TwoBlocks
    {
        public override double[] SolveSecond(double[] x, double[] start)
        {
            var transfer = start.ToArray();
            if (gamma > 0)
            {
                SolveTransfer(x, [.. Floored(x).Select(l => alpha * l)], transfer, gamma, nonNegative);
            }

            return transfer;
        }

        public override double Objective(double[] x, double[] y)
        {
            var rest = x.ToArray();
            Vectors.AddScaled(rest, -1, Vectors.Product(y, data.Tasks, x, data.Dimension, transposeA: true));
            return Floored(x).Zip(Factors(y), (l, c) => l * c).Sum() + (gamma * Vectors.Dot(rest, rest));
        }

        public override double[] Gradient(double[] x, double[] y)
        {
            var factors = Factors(y);
            var gradient = Image(x, factors, Coupling(y));
            Vectors.AddScaled(gradient, -1, Right(factors));
            return [.. gradient.Select(g => 2 * g)];
        }

        public override Func<double[], double[]> Preconditioner(double[] x, double[] y)
        {
            var (factors, coupling, count) = (Factors(y), Coupling(y), data.Tasks);
            double[] scales = [.. factors.Select(c => 1 / Math.Sqrt(c))];
            double[] scaled = [.. coupling.Select((m, i) => scales[i / count] * m * scales[i % count])];
            var preconditioner = new KroneckerPreconditioner(data.MeanSpectrum(), scaled, scales, (nu, mu) => nu + mu);
            return vector =>
            {
                var solution = new double[vector.Length];
                ConjugateGradient.Solve(v => Image(v, factors, coupling), preconditioner.Apply, [.. vector.Select(v => v / 2)], solution);
                return solution;
            };
        }

        public override double Gap(double[] x, double[] y, double[] gradient) => Vectors.LargestSize(gradient) is 0 ? 0
            : Vectors.LargestSize(gradient) / (2 * Math.Max(Vectors.LargestSize(Right(Factors(y))), double.Epsilon));

        /// <summary>Returns c_t = 1 + α ‖b_t‖₁ of each task, [T].</summary>
        private double[] Factors(double[] transfer) => [.. transfer.Chunk(data.Tasks).Select(row => 1 + (alpha * row.Sum(Math.Abs)))];

        /// <summary>Returns L_t + f_t of each task, [T].</summary>
        private IEnumerable<double> Floored(double[] weights) => data.Losses(weights).Select((l, t) => l + (floors?[t] ?? 0));

        /// <summary>Returns γM = γ(I − B)(I − B)ᵀ, [T, T].</summary>
        private double[] Coupling(double[] transfer)
        {
            var count = data.Tasks;
            var difference = transfer.Select((b, i) => (i / count == i % count ? 1 : 0) - b).ToArray();
            return [.. Vectors.Product(difference, count, difference, count, transposeB: true).Select(m => gamma * m)];
        }

        /// <summary>Returns the left side of the equation of W, c_t C_t w_t + γ Σ_s M_ts w_s, [T, d].</summary>
        private double[] Image(double[] weights, double[] factors, double[] coupling)
        {
            var (image, tied) = (data.Apply(weights), Vectors.Product(coupling, data.Tasks, weights, data.Dimension));
            for (var i = 0; i < image.Length; i++)
            {
                tied[i] += factors[i / data.Dimension] * image[i];
            }

            return tied;
        }

        /// <summary>Returns the right side of the equation of W, c_t q_t, [T, d].</summary>
        private double[] Right(double[] factors) => [.. data.Cross.Select((q, i) => q * factors[i / data.Dimension])];
    }
}
