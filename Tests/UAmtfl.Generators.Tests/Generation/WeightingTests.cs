using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The generated code that calls a weighting which needs only the losses.</summary>
public sealed class WeightingTests
{
    private const string Mixed = "public enum Task { [Regression] Weight, [Binary] Sick, [Regression] Age }";

    [Fact]
    public void AWeightingCombinesTheLosses() => Run("[HardSharing, Dwa(Temperature = 3)]")
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                this.hyper = hyper;
                Network = network;
                Weighting = Keep(new Weighting.LossBased.Dwa(3, temperature: hyper.DwaTemperature), counts.dtype, counts.device);
                // …
            }

            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.Binary(outputs.Values.narrow(1, 0, 1), targets.Labels.Tasks(0, 1)),   // Sick
                    Loss.Squared(outputs.Values.narrow(1, 1, 2), targets.Labels.Tasks(1, 2)),   // Weight, Age
                ]), targets.Present);
            }

            /// <summary>L = Σ_t w_t ℓ_t, where w = T softmax(r / temperature), r_t = the ratio of its last two epochs' means</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // ℓ_t  [3]
                return
                    Weighting.Combine(
                        losses.Values,
                        losses.Present);   // Σ_t w_t ℓ_t, w = T softmax(r / temperature), r_t = the ratio of its last two epochs' means
            }

            public override void EpochEnded(Tensor meanLosses) => Weighting.EpochEnded(meanLosses);

            public override Weighting.LossBased.Dwa Weighting { get; }
            """)
        .AssertHas("Net.Hyper", """
            /// <summary>The temperature: large makes the weights equal. Above 0.</summary>
            [Number(0, Above = true)]
            public double DwaTemperature { get; init; } = 3;
            """)
        .AssertHas("Net", """
            public static Descriptors.VariantDescriptor Descriptor { get; } = new()
            {
                // …
                Weighting = "weights sum to T; heads: weighted",
                // …
            };
            """);

    /// <summary>For a weighting like Famo, which needs the losses after the step as well, a second forward pass is generated.</summary>
    [Fact]
    public void AWeightingThatSeesTheLossesTwice() => Run("[Amtfl, Famo, L1(1e-3, Subgradient = true)]").AssertHas("Net.Objective", """
        /// <summary>The term of each task: (1 + α‖a_t‖₁) (ℓ_t + δ_t)  [3].</summary>
        public Tensor TaskTerms(Losses losses)
        {
            Tensor asymmetry = 1 + (hyper.Alpha * Network.Feedback.abs().sum(1));   // 1 + α‖a_t‖₁  [3]
            return asymmetry * losses.Values;
        }

        /// <summary>The terms that no weight applies to: γ/N ‖relu(OA + b_A) − Z‖² + μ(‖trunk‖₁ + ‖W‖₁).</summary>
        public Tensor SharedTerms(Outputs outputs)
        {
            Tensor rebuilt = F.relu(F.linear(outputs.Values, Network.Feedback.t(), Network.FeedbackBias));   // relu(OA + b_A)  [N, 8]
            Tensor reconstruction = (rebuilt - outputs.Features).square().sum(1).mean();   // batch mean  []
            return
                (hyper.Gamma * reconstruction)   // γ/N ‖relu(OA + b_A) − Z‖²
                + Penalty.L1([.. trunkWeights, Network.HeadWeight], hyper.Mu);   // μ(‖trunk‖₁ + ‖W‖₁)
        }

        /// <summary>L = c Σ_t z_t log (1 + α‖a_t‖₁) (ℓ_t + δ_t) + γ/N ‖relu(OA + b_A) − Z‖² + μ(‖trunk‖₁ + ‖W‖₁),
        /// where z = softmax(w), c = 1 / Σ_t (z_t / ℓ_t)</summary>
        public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
        {
            losses = TaskLosses(outputs, targets);   // (ℓ_t + δ_t)  [3]
            Tensor rebuilt = F.relu(F.linear(outputs.Values, Network.Feedback.t(), Network.FeedbackBias));   // relu(OA + b_A)  [N, 8]
            Tensor reconstruction = (rebuilt - outputs.Features).square().sum(1).mean();   // batch mean  []
            return
                Weighting.Combine(
                    TaskTerms(losses),
                    losses.Present)   // c Σ_t z_t log (1 + α‖a_t‖₁) (ℓ_t + δ_t), z = softmax(w), c = 1 / Σ_t (z_t / ℓ_t)
                + (hyper.Gamma * reconstruction)   // γ/N ‖relu(OA + b_A) − Z‖²
                + Penalty.L1([.. trunkWeights, Network.HeadWeight], hyper.Mu);   // μ(‖trunk‖₁ + ‖W‖₁)
        }

        public override void StepEnded(Training.Batch batch) =>
            Weighting.StepEnded(
                TaskTerms(TaskLosses(Network.Forward(batch.Prepared), new Targets(batch.Labels))));   // a second forward pass
        """);

    /// <summary>Constant weights are stated in the order in which tasks are declared, and passed in the order of their columns.</summary>
    [Fact]
    public void WeightsThatAreGiven() => Run("[HardSharing, Constant(1, 2, 3)]")
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Weighting = Keep(new Weighting.LossBased.Constant(3, weights: [2, 1, 3]), counts.dtype, counts.device);
                // …
            }
            """)
        .AssertHas("Net", """
            public static Descriptors.VariantDescriptor Descriptor { get; } = new()
            {
                // …
                Weighting = "weights Sick 2, Weight 1, Age 3; weights as given; heads: weighted",
                // …
            };
            """);

    [Fact]
    public void AWeightingWithParametersHasALearningRate() => Run("[SingleTask, RevisedUncertainty]")
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Groups =
                [
                    // …
                    new(
                        Training.Owner.NoTask,
                        [.. Weighting.parameters()],
                        LearningRateScale: hyper.RevisedUncertaintyLearningRateScale),
                    // …
                ];
            }

            /// <summary>L = Σ_t (ℓ_t / 2σ_t² + log(1 + σ_t²))</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // ℓ_t  [3]
                return
                    Weighting.Combine(losses.Values, losses.Present);   // Σ_t (ℓ_t / 2σ_t² + log(1 + σ_t²))
            }
            """);

    [Fact]
    public void AWeightingOfOnesOwn() => GeneratorRun.Clean(Declaration.Of(
            variants: "[DeepAmtl, Weighting<Learnt>(LearningRateScale = 2)] public partial class Net;"))
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Weighting = Keep(new Learnt(3), counts.dtype, counts.device);
                // …
                Groups =
                [
                    // …
                    new(Training.Owner.NoTask, [.. Weighting.parameters()], LearningRateScale: hyper.WeightingLearningRateScale),
                    // …
                ];
            }

            public Losses TaskLosses(Outputs outputs, Targets targets) =>
                new(Loss.Binary(outputs.Values, targets.Labels) + Loss.Present(floor, targets.Labels), targets.Present);

            /// <summary>L = Learnt((1 + α‖b_t‖₁) (BCE(o_t, y_t) + δ_t), t = 1 … T) + γ ‖W − WB‖²</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // (BCE(o_t, y_t) + δ_t)  [3]
                Tensor asymmetry = 1 + (hyper.Alpha * Network.Transfer.abs().sum(1));   // 1 + α‖b_t‖₁  [3]
                Tensor reconstruction =
                    (Network.HeadWeight - Network.Transfer.t().matmul(Network.HeadWeight))
                        .square().sum();   // rows are heads: Wᵀ − BᵀWᵀ  []
                return
                    Weighting.Combine(asymmetry * losses.Values, losses.Present)
                    // Learnt((1 + α‖b_t‖₁) (BCE(o_t, y_t) + δ_t), t = 1 … T)
                    + (hyper.Gamma * reconstruction);   // γ ‖W − WB‖²
            }

            public override void EpochEnded(Tensor meanLosses) => Weighting.EpochEnded(meanLosses);

            public override Learnt Weighting { get; }
            """)
        .AssertHas("Net.Hyper", """
            /// <summary>The learning rate of the weighting's parameters in units of the network's. Above 0.</summary>
            [Number(0, Above = true)]
            public double WeightingLearningRateScale { get; init; } = 2;
            """);

    private static GeneratorRun Run(string methods) =>
        GeneratorRun.Clean(Declaration.Of(tasks: Mixed, variants: $"{methods} public partial class Net;"));
}
