using TorchSharp;
using UAmtfl.Evaluation;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The model, the basis and the coefficients that <see cref="GoMtl"/> learnt.</summary>
/// <param name="Model">The weights W = LS with their intercepts.</param>
/// <param name="Basis">The basis L [d, k], float64.</param>
/// <param name="Coefficients">The coefficients S [k, T], float64.</param>
/// <param name="Objective">The objective at the start and after each round; it never rises.</param>
/// <param name="Certificate">The distance of L from stationary, with the best S for it: the largest entry of the residual of the
/// equation of L, relative to its right side.</param>
public sealed record GoMtlFit(
    LinearModel Model, Tensor Basis, Tensor Coefficients, IReadOnlyList<double> Objective, Certificate Certificate);

/// <summary>Fits linear models by GO-MTL (Kumar and Daumé 2012, <i>Learning task grouping and overlap in multi-task learning</i>; Lee
/// et al. 2018, eq. 3), in which tasks are sparse combinations of shared basis vectors, w_t = L s_t:
/// min over L, S of Σ_t (1/N_t ‖y_t − X_t L s_t‖² + μ ‖s_t‖₁) + λ ‖L‖²_F, with unpenalised intercepts.</summary>
/// <remarks>The solver alternates: given L, each s_t is a lasso in k numbers; given S, the basis solves
/// Σ_t C_t L s_t s_tᵀ + λL = Σ_t q_t s_tᵀ (C_t = X_tᵀX_t/N_t, q_t = X_tᵀy_t/N_t), by Cholesky if it is small and else by conjugate
/// gradients. It starts from the leading singular vectors of the tasks' ridge fits. Its rounds are steps of L-BFGS in L, because
/// alternation alone takes thousands of rounds if μ or λ is small. The problem is not convex: the result is stationary, and may depend on
/// the start. If one of μ and λ is 0, there is no minimum and no fit converges, because the other penalty can be scaled away.</remarks>
public static class GoMtl
{
    /// <summary>The strength of the ridge fits that the start is made of, chosen for inputs of unit variance.</summary>
    private const double StartStrength = 0.1;

    /// <summary>The largest number of entries of L for which their linear system is factorised; larger systems use conjugate
    /// gradients.</summary>
    private const int Direct = 1024;

    /// <summary>Fits linear models, their basis and their coefficients.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="bases">The number k of basis vectors, at least 1.</param>
    /// <param name="mu">The strength μ of the ℓ₁ norm of the coefficients, at least 0.</param>
    /// <param name="lambda">The strength λ of the squared norm of the basis, at least 0.</param>
    /// <param name="seed">The seed of the random basis vectors with which the start exceeds the rank of the ridge fits.</param>
    /// <param name="rounds">The maximum number of rounds.</param>
    /// <param name="tolerance">The gap of the <see cref="Certificate"/> at which the solver stops, above 0.</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or a number is out of range.</exception>
    public static GoMtlFit Fit(
    LinearProblem problem, int bases, double mu, double lambda, long seed = 0, int rounds = 2000, double tolerance = 1e-6)
    {
        problem.Check("GO-MTL", TaskKind.Regression, "leave it out");
        ProblemChecks.CheckStrength("GO-MTL", "mu", mu, zero: true);
        ProblemChecks.CheckStrength("GO-MTL", "lambda", lambda, zero: true);
        if (bases < 1 || rounds < 1)
        {
            throw new UAmtflException($"GO-MTL: {bases} basis vectors and {rounds} rounds: give at least 1 of each.");
        }
        var data = TaskCovariances.Of(problem);
        var end = Alternation.Run(
            new Blocks(data, mu, lambda), Start(problem, bases, seed), new double[data.Tasks * bases], rounds, tolerance);
        var (basis, coefficients) = (end.First, end.Second);
        var weights = Weights(data, basis, coefficients);
        using var scope = NewDisposeScope();
        var model = Paths.Model(weights, data.Biases(weights));
        model.Weights.MoveToOuterDisposeScope();
        model.Biases.MoveToOuterDisposeScope();
        return new(
            model,
            basis.ToTensor(bases, data.Dimension).t().contiguous().MoveToOuterDisposeScope(),
            coefficients.ToTensor(data.Tasks, bases).t().contiguous().MoveToOuterDisposeScope(),
            end.Objective,
            end.Certificate);
    }

    /// <summary>Solves each task's lasso in s_t, given L [k, d], starting from the S [T, k] given.</summary>
    internal static void SolveCoefficients(TaskCovariances data, double[] basis, double[] coefficients, double mu)
    {
        var k = basis.Length / data.Dimension;
        var cross = Vectors.Product(data.Cross, data.Dimension, basis, k, transposeB: true);
        var descent = new CoordinateDescent(k);
        var penalty = new double[k];
        Array.Fill(penalty, mu / 2);
        var grams = data.Project(basis);
        for (var t = 0; t < data.Tasks; t++)
        {
            descent.Reset(grams[t]);
            var right = cross.AsSpan(t * k, k).ToArray();
            var s = coefficients.AsSpan(t * k, k).ToArray();
            descent.Solve(right, penalty, 0, s, 1e-12 * Vectors.LargestSize(right), sweeps: 1000);
            s.CopyTo(coefficients, t * k);
        }
    }

    /// <summary>Returns a function that solves Σ_t C_t L s_t s_tᵀ + λL = R for any R [k, d].</summary>
    internal static Func<double[], double[]> SystemSolver(TaskCovariances data, double[] coefficients, int k, double lambda)
    {
        var size = k * data.Dimension;
        if (data is DenseCovariances dense && lambda > 0 && size <= Direct)
        {
            using var scope = NewDisposeScope();
            var factor = linalg.cholesky(System(dense, coefficients, k, lambda).ToTensor(size, size)).ToArray();
            return right =>
            {
                using var inner = NewDisposeScope();
                return right.ToTensor(size, 1).cholesky_solve(factor.ToTensor(size, size)).ToArray();
            };
        }

        var coupling = Vectors.Product(coefficients, data.Tasks, coefficients, k, transposeA: true);
        var preconditioner = new KroneckerPreconditioner(
            data.MeanSpectrum(), coupling, [.. Enumerable.Repeat(1.0, k)], (nu, mu) => (nu * mu) + lambda);
        return right =>
        {
            var solution = new double[size];
            ConjugateGradient.Solve(v => Image(data, v, coefficients, lambda), preconditioner.Apply, right, solution);
            return solution;
        };
    }

    /// <summary>Returns the left side of the equation of L, Σ_t C_t L s_t s_tᵀ + λL, [k, d].</summary>
    private static double[] Image(TaskCovariances data, double[] basis, double[] coefficients, double lambda)
    {
        var image = Vectors.Product(
            coefficients, data.Tasks, data.Apply(Weights(data, basis, coefficients)), data.Dimension, transposeA: true);
        Vectors.AddScaled(image, lambda, basis);
        return image;
    }

    /// <summary>Returns W [T, d], the product of L [k, d] and S [T, k].</summary>
    internal static double[] Weights(TaskCovariances data, double[] basis, double[] coefficients) =>
        Vectors.Product(coefficients, basis.Length / data.Dimension, basis, data.Dimension);

    /// <summary>Returns the matrix of the equation of L, Σ_t s_t s_tᵀ ⊗ C_t + λI.</summary>
    private static double[] System(DenseCovariances data, double[] coefficients, int k, double lambda)
    {
        var (d, size) = (data.Dimension, k * data.Dimension);
        var system = new double[size * size];
        for (var t = 0; t < data.Tasks; t++)
        {
            for (var pair = 0; pair < k * k; pair++)
            {
                var (i, j) = (pair / k, pair % k);
                var factor = coefficients[(t * k) + i] * coefficients[(t * k) + j];
                for (var p = 0; factor != 0 && p < d; p++)
                {
                    Vectors.AddScaled(system.AsSpan((((i * d) + p) * size) + (j * d), d), factor, data.Gram(t).AsSpan(p * d, d));
                }
            }
        }

        for (var i = 0; i < size; i++)
        {
            system[(i * size) + i] += lambda;
        }

        return system;
    }

    /// <summary>Returns the basis L [d, k] to start from: √σ_i v_i of the ridge fits' W = UΣVᵀ, then random vectors of the size of the
    /// last of them.</summary>
    private static double[] Start(LinearProblem problem, int bases, long seed)
    {
        using var scope = NewDisposeScope();
        var dimension = (int)problem.Dimension;
        var (_, values, vectors) = linalg.svd(Ridge.Fit(problem, StartStrength).Weights, fullMatrices: false);
        var (sizes, rows) = (values.ToArray(), vectors.ToArray());
        var rank = sizes.Count(s => s > 1e-8 * sizes[0]);
        var random = new SplitMix64(seed);
        var basis = new double[bases * dimension];
        for (var i = 0; i < bases; i++)
        {
            var size = rank == 0 ? 1 : Math.Sqrt(sizes[Math.Min(i, rank - 1)]);
            for (var j = 0; j < dimension; j++)
            {
                basis[(i * dimension) + j] = i < rank ? size * rows[(i * dimension) + j] : size * Uniform(random) / Math.Sqrt(dimension);
            }
        }

        return basis;
    }

    /// <summary>Draws a uniform number in [−√3, √3), which has unit variance.</summary>
    private static double Uniform(SplitMix64 random) => Math.Sqrt(3) * (((random.Next() >> 11) * (2.0 / (1L << 53))) - 1);

    /// <summary>The objective as a function of the two blocks L [k, d] and S [T, k].</summary>
    private sealed class Blocks(TaskCovariances data, double mu, double lambda) : TwoBlocks
    {
        public override double[] SolveSecond(double[] x, double[] start)
        {
            var coefficients = start.ToArray();
            SolveCoefficients(data, x, coefficients, mu);
            return coefficients;
        }

        public override double Objective(double[] x, double[] y) =>
            data.Losses(Weights(data, x, y)).Sum() + (mu * y.Sum(Math.Abs)) + (lambda * Vectors.Dot(x, x));

        public override double[] Gradient(double[] x, double[] y)
        {
            var gradient = Image(data, x, y, lambda);
            Vectors.AddScaled(gradient, -1, Right(y));
            return [.. gradient.Select(g => 2 * g)];
        }

        public override Func<double[], double[]> Preconditioner(double[] x, double[] y)
        {
            var solve = SystemSolver(data, y, x.Length / data.Dimension, lambda);
            return vector => solve([.. vector.Select(v => v / 2)]);
        }

        public override double Gap(double[] x, double[] y, double[] gradient) => Vectors.LargestSize(gradient) is 0 ? 0
            : Vectors.LargestSize(gradient) / (2 * Math.Max(Vectors.LargestSize(Right(y)), lambda * Vectors.LargestSize(x)));

        /// <summary>Returns the right side of the equation of L, Σ_t q_t s_tᵀ, [k, d].</summary>
        private double[] Right(double[] y) => Vectors.Product(y, data.Tasks, data.Cross, data.Dimension, transposeA: true);
    }
}
