using TorchSharp;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>What <see cref="Amtl"/> learnt.</summary>
/// <param name="Model">W with its intercepts; its Transfer is |B|.</param>
/// <param name="Transfer">B [T, T], float64: from row to column, with a zero diagonal.</param>
/// <param name="Objective">The objective at the start and after each round; it never rises.</param>
public sealed record AmtlFit(LinearModel Model, Tensor Transfer, IReadOnlyList<double> Objective);

/// <summary>AMTL (Lee, Yang and Hwang 2016, <i>Asymmetric multi-task learning based on task relatedness and loss</i>; Lee et al. 2018, eq. 4): each task's weights are
/// close to a sparse combination of the others', and a task with a large loss pays more for what it gives:
/// min over W, B of Σ_t (1 + α ‖b_t‖₁) (L_t + f_t) + γ ‖W − WB‖²_F, L_t = 1/N_t ‖y_t − X_t w_t‖², b_t the row t of B, B_tt = 0, with unpenalised intercepts.</summary>
/// <remarks>Alternates: given W, column t of B is a lasso on the other tasks' weights, in which task s costs α(L_s + f_s)/(2γ); given B,
/// c_t C_t w_t + γ Σ_s M_ts w_s = c_t q_t with c_t = 1 + α ‖b_t‖₁ and M = (I − B)(I − B)ᵀ, by conjugate gradients. The
/// problem is not convex in both; B starts at 0.</remarks>
public static class Amtl
{
    /// <summary>The strength of the ridge fits that W starts from; for inputs of unit variance.</summary>
    private const double StartStrength = 0.1;

    /// <summary>Fits.</summary>
    /// <param name="problem">Regression tasks, each with at least one label.</param>
    /// <param name="alpha">α, at least 0.</param>
    /// <param name="gamma">γ, at least 0. At 0 nothing ties the tasks and B = 0.</param>
    /// <param name="nonNegative">B ≥ 0.</param>
    /// <param name="floors">f [T], at least 0, added to the losses, such as δ/√N_t; null for 0.</param>
    /// <param name="start">Where W starts; null for ridge fits of strength 0.1.</param>
    /// <param name="rounds">How many rounds at most.</param>
    /// <param name="tolerance">Stops when a round lowers the objective by less than this part of it.</param>
    /// <exception cref="UAmtflException">A task has no labels or is not a regression task, or a number is out of range.</exception>
    public static AmtlFit Fit(LinearProblem problem, double alpha, double gamma, bool nonNegative = true, IReadOnlyList<double>? floors = null, LinearModel? start = null, int rounds = 200, double tolerance = 1e-8)
    {
        problem.Check("AMTL", TaskKind.Regression, "use the network form, [DeepAmtl] on a network without layers");
        ProblemChecks.CheckStrength("AMTL", "alpha", alpha, zero: true);
        ProblemChecks.CheckStrength("AMTL", "gamma", gamma, zero: true);
        ProblemChecks.CheckStrengths("AMTL", "the floor", floors ?? [.. problem.Tasks.Select(_ => 0.0)], problem.Count, zero: true);
        if (rounds < 1) throw new UAmtflException($"AMTL: {rounds} rounds: give at least 1.");
        using var scope = NewDisposeScope();
        var data = TaskCovariances.Of(problem);
        var state = new State(data, alpha, gamma, floors, (start ?? Ridge.Fit(problem, StartStrength)).Weights.ToArray());
        var objective = new List<double> { state.Objective() };
        do
        {
            if (gamma > 0) SolveTransfer(state.Weights, state.Costs(), state.Transfer, gamma, nonNegative);
            SolveWeights(state);
            objective.Add(state.Objective());
        }
        while (objective.Count <= rounds && !GoMtl.Settled(objective, tolerance));

        var transfer = state.Transfer.ToTensor(data.Tasks, data.Tasks).MoveToOuterDisposeScope();
        var model = Paths.Model(state.Weights, data.Biases(state.Weights), transfer.abs().MoveToOuterDisposeScope());
        model.Weights.MoveToOuterDisposeScope();
        model.Biases.MoveToOuterDisposeScope();
        return new(model, transfer, objective);
    }

    /// <summary>Given W, the columns of B.</summary>
    /// <param name="weights">W [T, d].</param>
    /// <param name="costs">α(L_s + f_s) [T].</param>
    /// <param name="transfer">B [T, T], the start and the answer.</param>
    /// <param name="gamma">γ, above 0.</param>
    /// <param name="nonNegative">B ≥ 0.</param>
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

    /// <summary>Given B, all of W.</summary>
    private static void SolveWeights(State state)
    {
        var (data, count) = (state.Data, state.Data.Tasks);
        var factors = state.Factors();
        var difference = state.Transfer.Select((b, i) => (i / count == i % count ? 1 : 0) - b).ToArray();
        var coupling = Vectors.Product(difference, count, difference, count, transposeB: true).Select(m => state.Gamma * m).ToArray();
        var right = data.Cross.ToArray();
        for (var i = 0; i < right.Length; i++)
        {
            right[i] *= factors[i / data.Dimension];
        }

        double[] scales = [.. factors.Select(c => 1 / Math.Sqrt(c))];
        double[] scaled = [.. coupling.Select((m, i) => scales[i / count] * m * scales[i % count])];
        var preconditioner = new KroneckerPreconditioner(data.MeanSpectrum(), scaled, scales, (nu, mu) => nu + mu);
        ConjugateGradient.Solve(
            v =>
            {
                var (image, tied) = (data.Apply(v), Vectors.Product(coupling, count, v, data.Dimension));
                for (var i = 0; i < image.Length; i++)
                {
                    tied[i] += factors[i / data.Dimension] * image[i];
                }

                return tied;
            },
            preconditioner.Apply,
            right,
            state.Weights);
    }

    private sealed class State(TaskCovariances data, double alpha, double gamma, IReadOnlyList<double>? floors, double[] weights)
    {
        public TaskCovariances Data => data;

        public double Gamma => gamma;

        /// <summary>W [T, d].</summary>
        public double[] Weights => weights;

        /// <summary>B [T, T].</summary>
        public double[] Transfer { get; } = new double[data.Tasks * data.Tasks];

        /// <summary>1 + α ‖b_t‖₁ [T].</summary>
        public double[] Factors() => [.. Transfer.Chunk(data.Tasks).Select(row => 1 + (alpha * row.Sum(Math.Abs)))];

        /// <summary>α(L_t + f_t) [T].</summary>
        public double[] Costs() => [.. Floored().Select(l => alpha * l)];

        public double Objective()
        {
            var rest = weights.ToArray();
            Vectors.AddScaled(rest, -1, Vectors.Product(Transfer, data.Tasks, weights, data.Dimension, transposeA: true));
            return Floored().Zip(Factors(), (l, c) => l * c).Sum() + (gamma * Vectors.Dot(rest, rest));
        }

        private IEnumerable<double> Floored() => data.Losses(weights).Select((l, t) => l + (floors?[t] ?? 0));
    }
}
