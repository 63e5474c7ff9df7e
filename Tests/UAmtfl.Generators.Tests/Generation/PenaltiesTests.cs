using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>Each penalty is a term of the objective, part of the optimiser's weight decay, or a step after that of the
/// optimiser.</summary>
public sealed class PenaltiesTests
{
    [Fact]
    public void TheL1NormShrinksTheWeightsAfterEachStep() => Run("[HardSharing, L1(1e-4)]")
        .AssertHas("Net.Objective", """
            private readonly Tensor[] trunkWeights;   // the trunk's weights, without biases

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                trunkWeights = Trunks.Parameters.Weights(Network.Trunk);
                // …
            }

            /// <summary>L = Σ_t BCE(o_t, y_t) + μ(‖trunk‖₁ + ‖W‖₁)</summary>
            /// <remarks>μ(‖trunk‖₁ + ‖W‖₁) is not in the value: after each step the weights are shrunk towards 0,
            /// which is its proximal operator and gives exact zeros.</remarks>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // BCE(o_t, y_t)  [3]
                return
                    losses.Values.sum();   // Σ_t BCE(o_t, y_t)
            }

            public override void Project(double trunkRate, double headRate)
            {
                Penalty.Shrink(trunkWeights, trunkRate * hyper.Mu);
                Penalty.Shrink([Network.HeadWeight], headRate * hyper.Mu);
            }
            """);

    [Theory]
    [InlineData("Trunk", "trunkWeights", "trunkRate", "MuTrunk")]
    [InlineData("Heads", "[Network.HeadWeight]", "headRate", "MuHeads")]
    public void TheL1NormOfAPart(string part, string weights, string rate, string setting) =>
        Run($"[SingleTask, L1(1e-5, On = Part.{part})]")
        .AssertHas("Net.Objective", $$"""
            public override void Project(double trunkRate, double headRate)
            {
                Penalty.Shrink({{weights}}, {{rate}} * hyper.{{setting}});
            }
            """);

    [Fact]
    public void TheL1NormInTheObjective() => Run("[HardSharing, L1(1e-3, Subgradient = true)]").AssertHas("Net.Objective", """
        /// <summary>L = Σ_t BCE(o_t, y_t) + μ(‖trunk‖₁ + ‖W‖₁)</summary>
        public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
        {
            losses = TaskLosses(outputs, targets);   // BCE(o_t, y_t)  [3]
            return
                losses.Values.sum()   // Σ_t BCE(o_t, y_t)
                + Penalty.L1([.. trunkWeights, Network.HeadWeight], hyper.Mu);   // μ(‖trunk‖₁ + ‖W‖₁)
        }
        """);

    [Fact]
    public void TheL2NormIsWeightDecay() => Run("[HardSharing, L2(1e-4)]")
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                this.hyper = hyper;
                Network = network;
                Groups =
                [
                    new(Training.Owner.AllTasks, [.. Network.Trunk.parameters()], Decay: hyper.Lambda),
                    new(Training.Owner.OneTask, [Network.HeadWeight, Network.HeadBias], Decay: hyper.Lambda),
                ];
            }

            /// <summary>L = Σ_t BCE(o_t, y_t) + λ/2 (‖trunk‖² + ‖W‖² + ‖b‖²)</summary>
            /// <remarks>λ/2 (‖trunk‖² + ‖W‖² + ‖b‖²) is not in the value:
            /// the optimiser adds its gradient, which is weight decay.</remarks>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // BCE(o_t, y_t)  [3]
                return
                    losses.Values.sum();   // Σ_t BCE(o_t, y_t)
            }
            """)
        .AssertHas("Net.Hyper", """
            /// <summary>λ of λ/2 ‖·‖², applied as weight decay. At least 0.</summary>
            [Number(0)]
            public double Lambda { get; init; } = 0.0001;
            """);

    [Theory]
    [InlineData("Trunk", ", Decay: hyper.LambdaTrunk", "")]
    [InlineData("Heads", "", ", Decay: hyper.LambdaHeads")]
    public void TheL2NormOfAPart(string part, string trunk, string heads) => Run($"[HardSharing, L2(1e-4, On = Part.{part})]")
        .AssertHas("Net.Objective", $$"""
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Groups =
                [
                    // …
                    new(Training.Owner.AllTasks, [.. Network.Trunk.parameters()]{{trunk}}),
                    new(Training.Owner.OneTask, [Network.HeadWeight, Network.HeadBias]{{heads}}),
                    // …
                ];
            }
            """);

    [Fact]
    public void TheNormOfTheFeatures() => Run("[HardSharing, FeatureNorm(0.01)]").AssertHas("Net.Objective", """
        /// <summary>L = Σ_t BCE(o_t, y_t) + γ/N ‖Z‖²</summary>
        public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
        {
            losses = TaskLosses(outputs, targets);   // BCE(o_t, y_t)  [3]
            return
                losses.Values.sum()   // Σ_t BCE(o_t, y_t)
                + (hyper.FeatureNorm * outputs.Features.square().sum(1).mean());   // γ/N ‖Z‖²
        }
        """);

    /// <summary>The proximal step of a penalty on the heads of all tasks comes after that of the L1 norm.</summary>
    [Fact]
    public void AStepOfAllHeads() => Run("[HardSharing, L1(1e-3, On = Part.Heads), GroupLasso(0.1)]").AssertHas("Net.Objective", """
        private readonly Penalties.ProximalPenalty groupLasso;   // λ Σ_i ‖w_i‖₂

        public Objective(Network network, Hyper hyper, Tensor counts)
        {
            // …
            groupLasso = new Penalties.GroupLasso(hyper.GroupLasso, GroupNorm.Two, GroupBy.Feature);
            // …
        }

        /// <summary>L = Σ_t BCE(o_t, y_t) + μ‖W‖₁ + λ Σ_i ‖w_i‖₂</summary>
        /// <remarks>μ‖W‖₁ is not in the value: after each step the weights are shrunk towards 0,
        /// which is its proximal operator and gives exact zeros.</remarks>
        /// <remarks>λ Σ_i ‖w_i‖₂ is not in the value: after each step of the optimiser the heads take its proximal step.</remarks>
        public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
        {
            losses = TaskLosses(outputs, targets);   // BCE(o_t, y_t)  [3]
            return
                losses.Values.sum();   // Σ_t BCE(o_t, y_t)
        }

        public override void Project(double trunkRate, double headRate)
        {
            Penalty.Shrink([Network.HeadWeight], headRate * hyper.MuHeads);
            Penalty.Step(Network.HeadWeight, groupLasso, headRate);
        }
        """);

    [Fact]
    public void SmoothTermsOfAllHeadsAreInTheObjective() => Run("[HardSharing, TraceNorm(0.1), MeanConstraint(0.3, 0.5), TaskGraph(0.2)]")
        .AssertHas("Net.Objective", """
            private readonly Penalties.ProximalPenalty traceNorm;   // λ‖W‖_*

            private readonly Tensor taskGraph;   // ρ‖WR‖²

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                traceNorm = new Penalties.TraceNorm(hyper.TraceNorm);
                taskGraph = Penalties.TaskGraph.Mean(3).to(counts.dtype, counts.device);
                // …
            }

            /// <summary>L = Σ_t BCE(o_t, y_t) + λ‖W‖_* + κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²) + ρ‖WR‖²</summary>
            /// <remarks>λ‖W‖_* is not in the value: after each step of the optimiser the heads take its proximal step.</remarks>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // BCE(o_t, y_t)  [3]
                return
                    losses.Values.sum()   // Σ_t BCE(o_t, y_t)
                    + Penalty.MeanConstraint(
                        Network.HeadWeight, hyper.MeanConstraint, hyper.MeanLambda)   // κ (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²)
                    + Penalty.Graph(Network.HeadWeight, hyper.TaskGraph, taskGraph);   // ρ‖WR‖²
            }

            public override void Project(double trunkRate, double headRate)
            {
                Penalty.Step(Network.HeadWeight, traceNorm, headRate);
            }
            """);

    /// <summary>Heads W = P + Q have two parameters, and each has a penalty with a proximal step of its own.</summary>
    [Theory]
    [InlineData("SparseLowRank(0.1, 0.2)", "sparseLowRank", "new Penalties.SparseLowRank(hyper.LowRank, hyper.Sparse)", "λ‖P‖_* + μ‖Q‖₁")]
    [InlineData(
        "RobustTasks(0.1, 0.2)", "robustTasks", "Penalties.RobustTasks.LowRank(hyper.LowRank, hyper.Outliers)", "λ‖P‖_* + μ Σ_t ‖q_t‖₂")]
    public void HeadsOfTwoParts(string penalty, string field, string made, string formula) => Run($"[HardSharing, {penalty}]")
        .AssertHas("Net.Objective", $$"""
            private readonly Penalties.StructuredPenalty {{field}};   // {{formula}}, W = P + Q

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                {{field}} = {{made}};
                // …
                Groups =
                [
                    // …
                    new(Training.Owner.OneTask, [Network.HeadShared, Network.HeadOwn, Network.HeadBias]),
                    // …
                ];
            }

            public override void Project(double trunkRate, double headRate)
            {
                Penalty.Step(Network.HeadShared, {{field}}.Components[0], headRate);
                Penalty.Step(Network.HeadOwn, {{field}}.Components[1], headRate);
            }
            """)
        .AssertHas("Net.Network", """
            public Network(torch.ScalarType dtype, torch.Device device) : base("Net")
            {
                // …
                HeadShared = Trunks.Parameters.Normal([3, 8], 0.01, dtype, device);
                register_parameter("HeadShared", HeadShared);
                HeadOwn = Trunks.Parameters.Zeros([3, 8], dtype, device);
                register_parameter("HeadOwn", HeadOwn);
                // …
            }

            public Parameter HeadShared { get; }   // P, the part of the heads W = P + Q that tasks share  [3, 8]

            public Parameter HeadOwn { get; }   // Q, the part that tasks have for themselves  [3, 8]

            public Tensor HeadWeight => Numerics.Lasting.Sum(HeadShared, HeadOwn);   // W, all heads, one row an output  [3, 8]
            """);

    [Fact]
    public void SampleWeighting() => Run("[HardSharing, SampleWeighting]").AssertHas("Net.Objective", """
        private readonly Tensor shares;   // N_t / mean N  [3]

        public Objective(Network network, Hyper hyper, Tensor counts)
        {
            // …
            shares = counts / counts.mean();
            // …
        }

        /// <summary>L = Σ_t (N_t / mean N) BCE(o_t, y_t)</summary>
        public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
        {
            losses = TaskLosses(outputs, targets);   // BCE(o_t, y_t)  [3]
            return
                (shares * losses.Values).sum();   // Σ_t (N_t / mean N) BCE(o_t, y_t)
        }
        """);

    private static GeneratorRun Run(string methods) =>
        GeneratorRun.Clean(Declaration.Of(variants: $"{methods} public partial class Net;"));
}
