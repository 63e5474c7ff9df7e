using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.LinearModels;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>An exact solver minimises the objective that is printed: no small step from its solution lowers it. The objective is looked
/// up by its text.</summary>
public sealed class PrintedSolverTests
{
    private const string Errors = "1/N_t ‖y_t − X_t w_t − b_t‖²";

    private static readonly ExperimentDescriptor[] Experiments = [Solved.Descriptor, SolvedBinary.Descriptor];

    public static TheoryData<string, string> Variants => Built.Variants(Experiments);

    /// <summary>The printed objectives, and their values for the blocks of a solution: first b, then W or the parts of W.</summary>
    private static readonly Dictionary<string, Func<Problem, Tensor[], Tensor>> Objectives = new()
    {
        ["Σ_t ℓ_t(b_t)"] = (p, x) => p.Losses(zeros(3, 4, dtype: float64), x[0]).sum(),
        ["Σ_t MSE(X_t w_t + b_t, y_t)"] = (p, x) => p.Losses(x[1], x[0]).sum(),
        [$"Σ_t {{{Errors} + λ_t ‖w_t‖²}}"] = (p, x) => (p.Losses(x[1], x[0]) + (0.3 * x[1].square().sum(1))).sum(),
        ["Σ_t {1/N_t Σ_i BCE(x_i w_t + b_t, y_ti) + λ_t/2 ‖w_t‖²}"] = (p, x) =>
            (p.Losses(x[1], x[0]) + (0.3 / 2 * x[1].square().sum(1))).sum(),
        ["Σ_t {1/2N_t ‖y_t − X_t w_t − b_t‖² + λ_t (r ‖w_t‖₁ + (1 − r)/2 ‖w_t‖²)}"] = (p, x) =>
            ((p.Losses(x[1], x[0]) / 2) + (0.2 * ((0.6 * x[1].abs().sum(1)) + (0.4 / 2 * x[1].square().sum(1))))).sum(),
        [$"Σ_t {{1/N_t ‖y_t − X_t L s_t − b_t‖² + μ‖s_t‖₁}} + λ‖L‖²"] = (p, x) => p.Losses(
            x[2].t().matmul(x[1].t()), x[0]).sum() + (0.05 * x[2].abs().sum()) + (0.02 * x[1].square().sum()),
        [$"Σ_t (1 + α‖b_t‖₁) {Errors} + γ‖W − WB‖², diag(B) = 0, B ≥ 0"] = OfAmtl,
        [$"Σ_t (1 + α‖b_t‖₁) {Errors} + γ‖W − WB‖², diag(B) = 0"] = OfAmtl,
        ["Σ_t MSE(X_t w_t + b_t, y_t) + μ‖W‖₁ + λ/2 ‖W‖²"] = (p, x) => p.Losses(x[1], x[0]).sum() + (0.1 * x[1].abs().sum()) + (
            0.2 / 2 * x[1].square().sum()),
        ["Σ_t BCE(X_t w_t + b_t, y_t) + μ‖W‖₁ + λ/2 ‖W‖²"] = (p, x) => p.Losses(x[1], x[0]).sum() + (0.05 * x[1].abs().sum()) + (
            0.1 / 2 * x[1].square().sum()),
        ["Σ_t MSE(X_t w_t + b_t, y_t) + λ Σ_i ‖w_i‖₂"] = (p, x) => p.Losses(x[1], x[0]).sum() + (0.2 * x[1].norm(0).sum()),
        ["Σ_t MSE(X_t w_t + b_t, y_t) + λ Σ_t ‖w_t‖₂ + κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²)"] = (p, x) =>
        {
            var mean = x[1].mean([0L]);
            return p.Losses(x[1], x[0]).sum()
                + (0.2 * x[1].norm(1).sum())
                + (0.2 * (mean.square().sum() + (3.0 / 3 * (x[1] - mean).square().sum())));
        },
        ["Σ_t MSE(X_t w_t + b_t, y_t) + λ‖W‖_* + ρ‖WR‖²"] = (p, x) =>
            p.Losses(x[1], x[0]).sum()
            + (0.2 * linalg.svdvals(x[1]).sum())
            + (0.1 * ((x[1][0] - x[1][1]).square().sum() + (x[1][1] - x[1][2]).square().sum())),
        ["Σ_t MSE(X_t w_t + b_t, y_t) + λ Σ_i ‖p_i‖_∞ + μ‖Q‖₁ + λ/2 ‖W‖², where W = P + Q"] = (p, x) =>
            p.Losses(x[1] + x[2], x[0]).sum()
                + (0.2 * x[1].abs().amax([0L]).sum())
                + (0.15 * x[2].abs().sum())
                + (0.1 / 2 * (x[1] + x[2]).square().sum()),
        ["Σ_t MSE(X_t w_t + b_t, y_t) + λ‖P‖_* + μ‖Q‖₁, where W = P + Q"] = (p, x) => p.Losses(x[1] + x[2], x[0]).sum() + (
            0.2 * linalg.svdvals(x[1]).sum()) + (0.15 * x[2].abs().sum()),
        ["Σ_t MSE(X_t w_t + b_t, y_t) + λ‖P‖_* + μ Σ_t ‖q_t‖₂, where W = P + Q"] = (p, x) => p.Losses(x[1] + x[2], x[0]).sum() + (
            0.2 * linalg.svdvals(x[1]).sum()) + (0.2 * x[2].norm(1).sum()),
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void NoStepFromTheSolutionLowersThePrintedObjective(string experiment, string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var declared = Experiments.Single(e => e.Name == experiment);
        var descriptor = declared.Variants.Single(v => v.Name == name);
        Assert.True(Objectives.TryGetValue(descriptor.Objective, out var objective), $"There is no reference for {descriptor.Objective}.");
        var problem = new Problem(experiment == "solved-binary");
        using var variant = ((BoundSolver)descriptor.Bind(TestSettings.Empty)).Create();
        var fit = variant.Fit((problem.Inputs, problem.Labels), declared.Tasks, 1);
        Assert.True(fit.Certificate is null || fit.Certificate.Converged);
        foreach (var blocks in Solutions(problem, name, fit))
        {
            var least = objective!(problem, blocks).item<double>();
            random.manual_seed(9);
            for (var trial = 0; trial < 200; trial++)
            {
                var size = Math.Pow(10, -2 - (trial % 3));
                Tensor[] moved =
                [
                    .. blocks.Select((b, i) =>
                    {
                        var chosen = trial % 4 == i || trial % 4 == 3 ? 1 : 0;
                        return b + (randn_like(b) * size * chosen * (trial % 5 == 0 ? 1 : b.ne(0).to(float64)));
                    }),
                ];
                if (name is "Asymmetric" or "Signed")
                {
                    moved[2].diagonal().zero_();
                    if (name == "Asymmetric")
                    {
                        moved[2].clamp_min_(0);
                    }
                }

                var value = objective(problem, moved).item<double>();
                Assert.True(value >= least - (1e-9 * Math.Abs(least)), $"trial {trial}: {value} < {least}");
            }
        }
    }

    /// <summary>The blocks of the solution. If the model holds only the sum of the parts, the parts are solved for again and must have
    /// this sum.</summary>
    private static IEnumerable<Tensor[]> Solutions(Problem problem, string name, Fit fit)
    {
        var (w, b) = (fit.Model.Weights, fit.Model.Biases);
        switch (name)
        {
            case "Bases":
                var bases = GoMtl.Fit(problem.Linear, 2, 0.05, 0.02, seed: 1);
                Assert.True((bases.Model.Weights - w).abs().max().item<double>() < 1e-12);
                yield return [b, bases.Basis, bases.Coefficients];
                break;
            case "Asymmetric" or "Signed":
                var amtl = Amtl.Fit(problem.Linear, 0.2, 0.4, nonNegative: name == "Asymmetric");
                Assert.True((amtl.Model.Weights - w).abs().max().item<double>() < 1e-12);
                yield return [b, w, amtl.Transfer];
                break;
            case "TwoParts" or "SparseAndLow" or "Robust":
                UAmtfl.Penalties.StructuredPenalty penalty = name switch
                {
                    "TwoParts" => new UAmtfl.Penalties.StructuredPenalty(
                        new UAmtfl.Penalties.Dirty(0.2, 0.15).Components, [new UAmtfl.Penalties.RidgePenalty(0.05)]),
                    "SparseAndLow" => new UAmtfl.Penalties.SparseLowRank(0.2, 0.15),
                    _ => UAmtfl.Penalties.RobustTasks.LowRank(0.2, 0.2),
                };
                var parts = ProximalGradient.Fit(problem.Linear, penalty);
                Assert.True((parts.Model.Weights - w).abs().max().item<double>() < 1e-6);
                yield return [b, parts.Components[0], parts.Components[1]];
                break;
            default:
                yield return [b, w];
                break;
        }
    }

    private static Tensor OfAmtl(Problem problem, Tensor[] x) =>
        ((1 + (0.2 * x[2].abs().sum(1))) * problem.Losses(x[1], x[0])).sum() + (0.4 * (x[1].t() - x[1].t().matmul(x[2])).square().sum());

    /// <summary>Three tasks on the same rows, with some labels missing.</summary>
    private sealed class Problem
    {
        private readonly bool binary;

        public Problem(bool binary)
        {
            this.binary = binary;
            random.manual_seed(21);
            Inputs = randn(40, 4, dtype: float64) + 0.3;
            var truth = Inputs.matmul(
                tensor(new double[,] { { 1, 0, 0.5 }, { 0.8, 0.2, 0 }, { -1, 0, 0.4 } }.Cast<double>().ToArray(), [3, 3]).t() is var m
                    ? cat([m, zeros(1, 3, dtype: float64)], 0)
                    : Inputs)
                + (randn(40, 3, dtype: float64) * 0.5)
                + 1;
            var values = binary ? (truth + randn(40, 3, dtype: float64)).gt(1).to(float64) : truth;
            var observed = rand(40, 3).gt(0.2).to(float64);
            Labels = new(values * observed, observed);
        }

        public Tensor Inputs { get; }

        public Labels Labels { get; }

        public LinearProblem Linear =>
            LinearProblem.From(
                Inputs, Labels, [.. Enumerable.Repeat(binary ? UAmtfl.Tasks.TaskKind.Binary : UAmtfl.Tasks.TaskKind.Regression, 3)]);

        /// <summary>Computes the mean loss of each task.</summary>
        /// <param name="weights">The weights Wᵀ [3, 4].</param>
        /// <param name="biases">The biases b [3].</param>
        public Tensor Losses(Tensor weights, Tensor biases)
        {
            var outputs = Inputs.matmul(weights.t()) + biases;
            var each = binary ? (1 + (-outputs * ((2 * Labels.Values) - 1)).exp()).log() : (outputs - Labels.Values).square();
            return (each * Labels.Observed!).sum(dim: 0) / Labels.Observed!.sum(dim: 0);
        }
    }
}
