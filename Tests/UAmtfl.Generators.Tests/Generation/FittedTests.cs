using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>A variant that an exact solver fits is generated as one call of that solver.</summary>
public sealed class FittedTests
{
    [Theory]
    [InlineData("MeanPredictor", "Mean(data)", "Σ_t ℓ_t(b_t)")]
    [InlineData("LinearModel", "LeastSquares(data)", "Σ_t MSE(X_t w_t + b_t, y_t)")]
    [InlineData("Ridge", "Ridge(data, hyper.Strength)", "Σ_t {1/N_t ‖y_t − X_t w_t − b_t‖² + λ_t ‖w_t‖²}")]
    [InlineData(
        "ElasticNet(Ratio = 0.9)",
        "ElasticNet(data, hyper.Ratio, hyper.Strength)",
        "Σ_t {1/2N_t ‖y_t − X_t w_t − b_t‖² + λ_t (r ‖w_t‖₁ + (1 − r)/2 ‖w_t‖²)}")]
    [InlineData(
        "GoMtl(2, Mu = 0.1)",
        "GoMtl(data, hyper.Bases, hyper.Mu, hyper.Lambda)",
        "Σ_t {1/N_t ‖y_t − X_t L s_t − b_t‖² + μ‖s_t‖₁} + λ‖L‖²")]
    [InlineData(
        "Amtl(NonNegative = false)",
        "Amtl(data, hyper.Alpha, hyper.Gamma, nonNegative: false)",
        "Σ_t (1 + α‖b_t‖₁) 1/N_t ‖y_t − X_t w_t − b_t‖² + γ‖W − WB‖², diag(B) = 0")]
    public void ASolverIsOneCall(string attribute, string call, string formula) => Run(attribute).AssertHas("Net", $"""
        /// <summary>{formula}</summary>
        public override LinearModels.Fit Solve(LinearModels.FitData data) =>
            LinearModels.Solve.{call};
        """);

    /// <summary>Penalties of a linear model are passed as one object: first those with a proximal step, then those with a
    /// gradient.</summary>
    [Fact]
    public void PenaltiesOfALinearModelAreOneObject() => Run("LinearModel, Dirty(0.1, 0.2), MeanConstraint(0.3, 0.5)")
        .AssertHas("Net", """
            private readonly Hyper hyper;

            /// <summary>An exact solver fits it: there is no network to build.</summary>
            public Net(Hyper hyper) => this.hyper = hyper;

            /// <summary>Σ_t MSE(X_t w_t + b_t, y_t) + λ Σ_i ‖p_i‖_∞ + μ‖Q‖₁ + κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²), where W = P + Q</summary>
            public override LinearModels.Fit Solve(LinearModels.FitData data) =>
                LinearModels.Solve.Penalised(
                    data,
                    new Penalties.StructuredPenalty(
                        new Penalties.Dirty(hyper.DirtyShared, hyper.DirtyOwn).Components,
                        [new Penalties.MeanConstraint(hyper.MeanConstraint, hyper.MeanLambda)]),
                    hyper.Tolerance);
            """)
        .AssertHas("Net.Hyper", """
            /// <summary>The certificate of optimality at which the solver stops. Above 0.</summary>
            [Number(0, Above = true)]
            public double Tolerance { get; init; } = 1E-08;

            /// <summary>λ of Σ_i ‖p_i‖_∞. At least 0.</summary>
            [Number(0)]
            public double DirtyShared { get; init; } = 0.1;

            /// <summary>μ of ‖Q‖₁. At least 0.</summary>
            [Number(0)]
            public double DirtyOwn { get; init; } = 0.2;
            """);

    /// <summary>The descriptor holds the grid of each hyper-parameter. One that is tied to another takes the same position of its
    /// grid.</summary>
    [Fact]
    public void GridsAreInTheDescriptor()
    {
        Run("""Amtl, Grid("Alpha", 1, 0.1), Grid("Gamma", 1, 0.1, 0.01)""").AssertHas("Net", """
            public static Descriptors.VariantDescriptor Descriptor { get; } = new()
            {
                // …
                Grid =
                [
                    new(["Alpha"], [1, 0.1]),
                    new(["Gamma"], [1, 0.1, 0.01]),
                ],
                Fitted = true,
                // …
            };
            """);
        Run("""GoMtl(2), Grid("Mu", 1, 0.1, Tied = "Lambda")""").AssertHas("Net", """
            public static Descriptors.VariantDescriptor Descriptor { get; } = new()
            {
                // …
                Grid =
                [
                    new(["Mu", "Lambda"], [1, 0.1]),
                ],
                Fitted = true,
                // …
            };
            """);
    }

    private static GeneratorRun Run(string attributes) => GeneratorRun.Clean(Declaration.Of(
        head: """[Experiment("toy"), Dataset<Rows>] public static partial class Study""",
        tasks: "[Regression] public enum Pupil { Ann, Bob }",
        trunks: "[Input(4)] public partial class Raw;",
        variants: $"[{attributes}] public partial class Net;"));
}
