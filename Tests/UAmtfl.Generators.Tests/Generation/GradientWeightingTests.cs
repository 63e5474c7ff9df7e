using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The training step of a weighting that looks at the tasks' gradients, for each site of the gradients and each kind that a
/// weighting can need.</summary>
public sealed class GradientWeightingTests
{
    private const string Trunk =
        "[Input(1, 8, 8), Conv2d(4, Kernel = 3), ReLU, MaxPool2d(2), Flatten, Linear(6), Tanh, Dropout(0.1)] public partial class Cnn;";

    [Fact]
    public void GradientsOfTheTrunk() => Run("[HardSharing, Mgda(Normalisation = MgdaNormalisation.L2)]")
        .AssertHas("Net.Objective", """
            private static readonly Weighting.TaskColumns columns = new((3, 1));   // tasks and columns of each

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Weighting = Keep(new Weighting.GradientBased.Mgda(3, normalisation: MgdaNormalisation.L2), counts.dtype, counts.device);
                // …
            }

            /// <summary>One forward pass, cut at the features, with ∂L_t/∂O of all tasks from one backward pass through the
            /// losses.</summary>
            private Weighting.ITaskGradients Gradients(Training.Batch batch, out Losses losses)
            {
                Tensor features = Network.Trunk.Features(batch.Prepared, out Tensor[] kept);   // Z  [N, 6]
                Tensor cut = features.detach().requires_grad_(true);   // Z, where the heads' graph begins
                Outputs outputs = Network.Heads(cut);   // O = ZWᵀ + b  [N, 3]
                losses = TaskLosses(outputs, new Targets(batch.Labels));   // [3]
                return new Weighting.LinearHeadGradients(features, cut, outputs.Values, Network.HeadWeight, columns, TaskTerms(losses))
                {
                    Trunk = new Weighting.BatchedBackward(Network.Trunk, kept),
                };
            }

            public override Tensor Accumulate(IReadOnlyList<Training.Batch> batches, out Tensor taskLosses)
            {
                Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);
                Tensor gramian = gradients.Gramian(GradientSite.Trunk);   // G = JJᵀ, J_t = ∂L_t/∂θ of the trunk  [3, 3]
                Tensor weights = Weighting.Balance(gramian, gradients.Terms);   // w  [3]
                gradients.Backward(weights, HeadGradients.Unweighted);   // Σ_t w_t g_t; heads by their own gradients
                taskLosses = losses.Values.detach();
                return gradients.Objective;
            }

            public override long SolverBytes => 32L * sizeof(double) * 3 * 3;   // what the weighting computes on: T × T numbers
            """)
        .AssertHas("Net.Network", """
            public Outputs Forward(Tensor prepared)
            {
                return Heads(Trunk.Features(prepared));
            }

            public Outputs Heads(Tensor features) => new(features, F.linear(features, HeadWeight, HeadBias));   // O = ZWᵀ + b  [N, 3]
            """);

    /// <summary>The terms of the tasks and the terms of no task are separate methods, because weights apply to the first alone.</summary>
    [Fact]
    public void GradientsOfTheRepresentation() => Run("[Amtfl, Mgda(Site = GradientSite.Representation)]").AssertHas("Net.Objective", """
        public Losses TaskLosses(Outputs outputs, Targets targets) =>
            new(Loss.Binary(outputs.Values, targets.Labels) + Loss.Present(floor, targets.Labels), targets.Present);

        /// <summary>The term of each task: (1 + α‖a_t‖₁) (BCE(o_t, y_t) + δ_t)  [3].</summary>
        public Tensor TaskTerms(Losses losses)
        {
            Tensor asymmetry = 1 + (hyper.Alpha * Network.Feedback.abs().sum(1));   // 1 + α‖a_t‖₁  [3]
            return asymmetry * losses.Values;
        }

        /// <summary>The terms that no weight applies to: γ/N ‖relu(OA + b_A) − Z‖².</summary>
        public Tensor SharedTerms(Outputs outputs)
        {
            Tensor rebuilt = F.relu(F.linear(outputs.Values, Network.Feedback.t(), Network.FeedbackBias));   // relu(OA + b_A)  [N, 6]
            Tensor reconstruction = (rebuilt - outputs.Features).square().sum(1).mean();   // batch mean  []
            return
                hyper.Gamma * reconstruction;   // γ/N ‖relu(OA + b_A) − Z‖²
        }

        public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
        {
            losses = TaskLosses(outputs, targets);   // (BCE(o_t, y_t) + δ_t)  [3]
            return TaskTerms(losses).sum() + SharedTerms(outputs);   // unweighted: weights depend on gradients
        }

        private Weighting.ITaskGradients Gradients(Training.Batch batch, out Losses losses)
        {
            Tensor features = Network.Trunk.Features(batch.Prepared);   // Z  [N, 6]
            Tensor cut = features.detach().requires_grad_(true);   // Z, where the heads' graph begins
            Outputs outputs = Network.Heads(cut);   // O = ZWᵀ + b  [N, 3]
            losses = TaskLosses(outputs, new Targets(batch.Labels));   // [3]
            return new Weighting.LinearHeadGradients(
                features, cut, outputs.Values, Network.HeadWeight, columns, TaskTerms(losses), SharedTerms(outputs));
        }

        public override Tensor Accumulate(IReadOnlyList<Training.Batch> batches, out Tensor taskLosses)
        {
            Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);
            Tensor gramian = gradients.Gramian(GradientSite.Representation);   // G = JJᵀ, J_t = ∂L_t/∂Z  [3, 3]
            Tensor weights = Weighting.Balance(gramian, gradients.Terms);   // w  [3]
            gradients.Backward(weights, HeadGradients.Unweighted);   // Σ_t w_t g_t; heads by their own gradients
            taskLosses = losses.Values.detach();
            return gradients.Objective;
        }
        """);

    [Fact]
    public void GradientsOfTheLastLayer() => Run("[HardSharing, GradNorm(Alpha = 0.5)]").AssertHas("Net.Objective", """
        private Weighting.ITaskGradients Gradients(Training.Batch batch, out Losses losses)
        {
            Tensor features = Network.Trunk.Features(batch.Prepared, out Tensor[] kept);   // Z  [N, 6]
            Tensor cut = features.detach().requires_grad_(true);   // Z, where the heads' graph begins
            Outputs outputs = Network.Heads(cut);   // O = ZWᵀ + b  [N, 3]
            losses = TaskLosses(outputs, new Targets(batch.Labels));   // [3]
            return new Weighting.LinearHeadGradients(features, cut, outputs.Values, Network.HeadWeight, columns, TaskTerms(losses))
            {
                Trunk = new Weighting.BatchedBackward(Network.Trunk, kept),
            };
        }

        public override Tensor Accumulate(IReadOnlyList<Training.Batch> batches, out Tensor taskLosses)
        {
            Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);
            Tensor gramian = gradients.Gramian(GradientSite.LastLayer);   // G = JJᵀ, J_t = ∂L_t/∂θ of the trunk's last layer  [3, 3]
            Tensor weights = Weighting.Balance(gramian, gradients.Terms);   // w  [3]
            gradients.Backward(weights, HeadGradients.Weighted);   // Σ_t w_t g_t; heads times w_t
            taskLosses = losses.Values.detach();
            return gradients.Objective;
        }
        """);

    [Fact]
    public void GradientsOfTheHeads() => Run("[HardSharing, FocusedLearning(\"Two\", Site = GradientSite.TaskHead), CrMogm]")
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Weighting = Keep(
                    new Weighting.GradientBased.CrMogm(
                        new Weighting.GradientBased.FocusedLearning(
                            3, focus: 2, select: FocusSelect.Soft, threshold: hyper.FocusedLearningThreshold),
                        momentum: hyper.CrMogmMomentum),
                    counts.dtype, counts.device);
                // …
            }

            private Weighting.ITaskGradients Gradients(Training.Batch batch, out Losses losses)
            {
                Tensor features = Network.Trunk.Features(batch.Prepared);   // Z  [N, 6]
                Tensor cut = features.detach().requires_grad_(true);   // Z, where the heads' graph begins
                Outputs outputs = Network.Heads(cut);   // O = ZWᵀ + b  [N, 3]
                losses = TaskLosses(outputs, new Targets(batch.Labels));   // [3]
                return new Weighting.LinearHeadGradients(features, cut, outputs.Values, Network.HeadWeight, columns, TaskTerms(losses));
            }

            public override Tensor Accumulate(IReadOnlyList<Training.Batch> batches, out Tensor taskLosses)
            {
                Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);
                Tensor gramian = gradients.Gramian(GradientSite.TaskHead);   // G = JJᵀ, J_t = ∂L_t/∂W_t  [3, 3]
                Tensor weights = Weighting.Balance(gramian, gradients.Terms);   // w  [3]
                gradients.Backward(weights, HeadGradients.Weighted);   // Σ_t w_t g_t; heads times w_t
                taskLosses = losses.Values.detach();
                return gradients.Objective;
            }
            """);

    [Fact]
    public void AWeightingThatTransformsTheLossesToo() => Run("[HardSharing, Imtl]").AssertHas("Net.Objective", """
        /// <summary>The term of each task: BCE(o_t, y_t)  [3].</summary>
        public Tensor TaskTerms(Losses losses) => Weighting.Transform(losses.Values, losses.Present);

        public Objective(Network network, Hyper hyper, Tensor counts)
        {
            // …
            Groups =
            [
                // …
                new(Training.Owner.NoTask, [.. Weighting.parameters()], LearningRateScale: hyper.ImtlLearningRateScale),
                // …
            ];
        }
        """);

    /// <summary>A weighting that averages whole gradients gets the whole Jacobian, and allocates as many numbers as the trunk has
    /// parameters.</summary>
    [Fact]
    public void WholeRowsOfTheJacobian() => Run("[HardSharing, DbMtl]")
        .AssertHas("Net.Objective", """
            public Tensor TaskTerms(Losses losses) => Weighting.Transform(losses.Values, losses.Present);

            public override Tensor Accumulate(IReadOnlyList<Training.Batch> batches, out Tensor taskLosses)
            {
                Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);
                Tensor jacobian = gradients.Jacobian(GradientSite.Trunk);   // J, J_t = ∂L_t/∂θ of the trunk  [3, P]
                Tensor direction = Weighting.Step(jacobian, gradients.Terms);   // d  [P]
                gradients.Backward(direction, GradientSite.Trunk);   // the trunk by d; heads by their own gradients
                taskLosses = losses.Values.detach();
                return gradients.Objective;
            }

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Weighting.Allocate(Trunks.Parameters.Count(network.Trunk), counts.dtype, counts.device);
                // …
            }
            """);

    [Fact]
    public void ThreeBatches() => Run("[HardSharing, MoDo]").AssertHas("Net.Objective", """
        public Objective(Network network, Hyper hyper, Tensor counts)
        {
            this.hyper = hyper;
            Network = network;
            Weighting = Keep(new Weighting.GradientBased.MoDo(3, gamma: hyper.MoDoGamma, rho: hyper.MoDoRho), counts.dtype, counts.device);
            Groups =
            [
                new(Training.Owner.AllTasks, [.. Network.Trunk.parameters()]),
                new(Training.Owner.OneTask, [Network.HeadWeight, Network.HeadBias]),
            ];
        }

        public override Tensor Accumulate(IReadOnlyList<Training.Batch> batches, out Tensor taskLosses)
        {
            Tensor first = Gradients(batches[1], out Losses _).Jacobian(GradientSite.Trunk);   // J₁  [3, P]
            Tensor second = Gradients(batches[2], out Losses _).Jacobian(GradientSite.Trunk);   // J₂  [3, P]
            Weighting.ITaskGradients gradients = Gradients(batches[0], out Losses losses);
            Tensor weights = Weighting.Balance(first, second, gradients.Terms);   // w from J₁J₂ᵀ  [3]
            gradients.Backward(weights, HeadGradients.Unweighted);   // Σ_t w_t g_t
            taskLosses = losses.Values.detach();
            return gradients.Objective;
        }
        """);

    [Fact]
    public void TwoLevels() => Run("[HardSharing, Moml]").AssertHas("Net.Objective", """
        public override int Batches => 2;

        private Weighting.ITaskGradients Gradients(Training.Batch batch, out Losses losses)
        {
            // …
            return new Weighting.LinearHeadGradients(features, cut, outputs.Values, Network.HeadWeight, columns, TaskTerms(losses))
            {
                Trunk = new Weighting.BatchedBackward(Network.Trunk, kept),
                Heads = new([Network.HeadWeight], Network.HeadBias),
            };
        }

        public override Tensor Accumulate(IReadOnlyList<Training.Batch> batches, out Tensor taskLosses)
        {
            Losses losses = default;
            Weighting.BilevelStep step = new(
                () => Gradients(batches[0], out losses), () => Gradients(batches[1], out Losses _));   // lower and upper level
            Weighting.ITaskGradients gradients = step.Backward(Weighting, HeadGradients.Weighted);   // Σ_t λ_t g_t
            taskLosses = losses.Values.detach();
            return gradients.Objective;
        }
        """);

    /// <summary>A trunk without a batched backward pass goes backwards once for each task, and a task with several outputs has several
    /// columns.</summary>
    [Fact]
    public void GradientsOneByOne() => GeneratorRun.Clean(Declaration.Of(
            tasks: "public enum Task { [Classification(3)] Species, [Binary] Sick, [Classification(3)] Genus }",
            trunks: "[Input(4), Linear(8), BatchNorm, ReLU] public partial class Normed;",
            variants: "[HardSharing, PcGrad] public partial class Net;"))
        .AssertHas("Net.Objective", """
            private static readonly Weighting.TaskColumns columns = new((1, 1), (2, 3));   // tasks and columns of each

            private Weighting.ITaskGradients Gradients(Training.Batch batch, out Losses losses)
            {
                Tensor features = Network.Trunk.Features(batch.Prepared);   // Z  [N, 8]
                Tensor cut = features.detach().requires_grad_(true);   // Z, where the heads' graph begins
                Outputs outputs = Network.Heads(cut);   // O = ZWᵀ + b  [N, 7]
                losses = TaskLosses(outputs, new Targets(batch.Labels));   // [3]
                return new Weighting.LinearHeadGradients(features, cut, outputs.Values, Network.HeadWeight, columns, TaskTerms(losses))
                {
                    Trunk = new Weighting.OneByOneBackward(Network.Trunk),
                };
            }
            """);

    private static GeneratorRun Run(string methods) =>
        GeneratorRun.Clean(Declaration.Of(trunks: Trunk, variants: $"{methods} public partial class Net;"));
}
