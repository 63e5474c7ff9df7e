using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The members that each way to share adds to the network and to the objective.</summary>
public sealed class SharingTests
{
    private const string SeveralOutputs = "public enum Task { [Classification(3)] Species, [Binary] Sick, [Classification(3)] Genus }";

    [Fact]
    public void HardSharingIsTheSumOfTheLosses() => Run("[HardSharing]")
        .AssertHas("Net", """
            public static Objective Build(Hyper hyper, Tensor counts) => new(new Network(counts.dtype, counts.device), hyper, counts);
            """)
        .AssertHas("Net.Objective", """
            public override Network Network { get; }

            public override IReadOnlyList<Training.ParameterGroup> Groups { get; }

            public override Tensor Value(Tensor prepared, Data.Labels labels, out Tensor taskLosses)
            {
                Tensor value = Value(Network.Forward(prepared), new Targets(labels), out Losses losses);
                taskLosses = losses.Values.detach();
                return value;
            }

            /// <summary>The data term of each task: BCE(o_t, y_t)  [3].</summary>
            public Losses TaskLosses(Outputs outputs, Targets targets) => new(Loss.Binary(outputs.Values, targets.Labels));
            """)
        .AssertHas("Net.Network", """
            public override Tensor Prepare(Tensor inputs) => Study.Mlp.Prepare(inputs);

            public override Tensor Predict(Tensor prepared, out Tensor features)
            {
                (features, Tensor values) = Forward(prepared);
                return values;
            }

            public Study.Mlp Trunk { get; }   // [N, 4] → Z [N, 8]

            public Parameter HeadWeight { get; }   // W, all heads, one row an output  [3, 8]

            public Parameter HeadBias { get; }   // b  [3]

            public Outputs Forward(Tensor prepared)
            {
                Tensor features = Trunk.Features(prepared);   // Z  [N, 8]
                Tensor values = F.linear(features, HeadWeight, HeadBias);   // O = ZWᵀ + b  [N, 3]
                return new(features, values);
            }
            """);

    [Fact]
    public void AmtflRebuildsTheFeaturesFromTheOutputs() => Run("[Amtfl]")
        .AssertHas("Net.Objective", """
            private readonly Tensor floor;   // δ_t = Floor / √(N_t / mean N)  [3]

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                floor = Sharing.Transfer.Floor(hyper.Floor, counts);
                // …
                Groups =
                [
                    // …
                    new(Training.Owner.AllTasks, [Network.Feedback, Network.FeedbackBias]),
                    // …
                ];
            }

            /// <summary>The data term of each task: (BCE(o_t, y_t) + δ_t)  [3].</summary>
            public Losses TaskLosses(Outputs outputs, Targets targets) =>
                new(Loss.Binary(outputs.Values, targets.Labels) + Loss.Present(floor, targets.Labels));

            /// <summary>L = Σ_t (1 + α‖a_t‖₁) (BCE(o_t, y_t) + δ_t) + γ/N ‖relu(OA + b_A) − Z‖²</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // (BCE(o_t, y_t) + δ_t)  [3]
                Tensor asymmetry = 1 + (hyper.Alpha * Network.Feedback.abs().sum(1));   // 1 + α‖a_t‖₁  [3]
                Tensor rebuilt = F.relu(F.linear(outputs.Values, Network.Feedback.t(), Network.FeedbackBias));   // relu(OA + b_A)  [N, 8]
                Tensor reconstruction = (rebuilt - outputs.Features).square().sum(1).mean();   // batch mean  []
                return
                    (asymmetry * losses.Values).sum()   // Σ_t (1 + α‖a_t‖₁) (BCE(o_t, y_t) + δ_t)
                    + (hyper.Gamma * reconstruction);   // γ/N ‖relu(OA + b_A) − Z‖²
            }
            """)
        .AssertHas("Net.Network", """
            public override Tensor? LearntTransfer() => Feedback.matmul(HeadWeight.t()).abs();   // |AS|, S = Wᵀ  [3, 3]

            public Parameter Feedback { get; }   // A, from outputs back to features  [3, 8]

            public Parameter FeedbackBias { get; }   // b_A, the reconstruction's bias  [8]
            """)
        .AssertHas("Net.Hyper", """
            /// <summary>α, the price of outgoing transfer in units of the task's loss. At least 0.</summary>
            [Number(0)]
            public double Alpha { get; init; } = 0.1;

            /// <summary>γ, the weight of the reconstruction of the features. At least 0.</summary>
            [Number(0)]
            public double Gamma { get; init; } = 0.01;

            /// <summary>The numerator of δ_t = Floor / √(N_t / mean N). At least 0.</summary>
            [Number(0)]
            public double Floor { get; init; } = 0.001;
            """);

    [Fact]
    public void AmtflWithoutBiasAndWithoutReLU() => Run("[Amtfl(Linear = true, Bias = false)]").AssertHas("Net.Objective", """
        public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
        {
            // …
            Tensor rebuilt = F.linear(outputs.Values, Network.Feedback.t());   // OA  [N, 8]
            // …
                + (hyper.Gamma * reconstruction);   // γ/N ‖OA − Z‖²
        }
        """);

    /// <summary>For a task with several outputs, prices and transfers are summed over the columns of the task.</summary>
    [Fact]
    public void AmtflOfTasksOfSeveralOutputsSumsOverTheColumnsOfATask() => Run("[Amtfl]", SeveralOutputs)
        .AssertHas("Net.Objective", """
            private readonly Tensor columnsOfTask;   // 1 where a column of the outputs is the task's  [3, 7]

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                columnsOfTask = Sharing.Transfer.ColumnsOfTask([1, 3, 3], counts);
                // …
            }

            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                // …
                Tensor asymmetry = 1 + (hyper.Alpha * columnsOfTask.mv(Network.Feedback.abs().sum(1)));   // 1 + α‖a_t‖₁  [3]
                // …
            }
            """)
        .AssertHas("Net.Network", """
            public override Tensor? LearntTransfer() =>
                Sharing.Transfer.ByTask(
                    Feedback.matmul(HeadWeight.t()).abs(),
                    [1, 3, 3]);   // |AS|, S = Wᵀ, summed over the columns of a task  [3, 3]
            """);

    [Fact]
    public void APriceThatGrowsIsSetEachEpoch() => Run("[Amtfl(Ramp = 0.5)]")
        .AssertHas("Net.Objective", """
            private double ramp;   // how much of α and γ the epoch has, from 0 to 1

            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                // …
                Tensor asymmetry = 1 + (ramp * hyper.Alpha * Network.Feedback.abs().sum(1));   // 1 + α‖a_t‖₁  [3]
                // …
                    + (ramp * hyper.Gamma * reconstruction);   // γ/N ‖relu(OA + b_A) − Z‖²
            }

            public override void EpochStarted(int epoch, int epochs) => ramp = Sharing.Transfer.Ramp(epoch, epochs, hyper.Ramp);
            """)
        .AssertHas("Net.Hyper", """
            /// <summary>The part of the epochs over which α and γ grow linearly from 0. At least 0 and at most 1.</summary>
            [Number(0, 1)]
            public double Ramp { get; init; } = 0.5;
            """);

    [Fact]
    public void DeepAmtlRebuildsTheHeadsFromTheHeads() => Run("[DeepAmtl]")
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Groups =
                [
                    // …
                    new(Training.Owner.AllTasks, [Network.Transfer]),
                    // …
                ];
            }

            /// <summary>L = Σ_t (1 + α‖b_t‖₁) (BCE(o_t, y_t) + δ_t) + γ ‖W − WB‖²</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // (BCE(o_t, y_t) + δ_t)  [3]
                Tensor asymmetry = 1 + (hyper.Alpha * Network.Transfer.abs().sum(1));   // 1 + α‖b_t‖₁  [3]
                Tensor reconstruction =
                    (Network.HeadWeight - Network.Transfer.t().matmul(Network.HeadWeight))
                        .square().sum();   // rows are heads: Wᵀ − BᵀWᵀ  []
                return
                    (asymmetry * losses.Values).sum()   // Σ_t (1 + α‖b_t‖₁) (BCE(o_t, y_t) + δ_t)
                    + (hyper.Gamma * reconstruction);   // γ ‖W − WB‖²
            }

            public override void Project(double trunkRate, double headRate)
            {
                Sharing.Transfer.Project(Network.Transfer, nonNegative: true);
            }
            """)
        .AssertHas("Net.Network", """
            public override Tensor? LearntTransfer() => Transfer.abs();   // |B|  [3, 3]

            public Parameter Transfer { get; }   // B, from heads to heads  [3, 3]
            """);

    [Fact]
    public void DeepAmtlOfAnySignKeepsTheSignsAndTheDiagonal() => Run("[DeepAmtl(NonNegative = false)]").AssertHas("Net.Objective", """
        public override void Project(double trunkRate, double headRate)
        {
            Sharing.Transfer.Project(Network.Transfer, nonNegative: false);
        }
        """);

    [Fact]
    public void SingleTaskNetworksAreOneBatchedProgram() => Run("[SingleTask]")
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Groups =
                [
                    // …
                    new(Training.Owner.OneTask, [.. Network.Trunks.parameters()]),
                    // …
                ];
            }
            """)
        .AssertHas("Net.Network", """
            public Study.Mlp.Stack Trunks { get; }   // one a task, batched: [N, 4] → Z [3, N, 8]

            public Outputs Forward(Tensor prepared)
            {
                Tensor features = Trunks.Features(prepared);   // [3, N, 8]
                Tensor values = Numerics.Lasting.Sum(
                    features.bmm(HeadWeight.unsqueeze(2)).squeeze(2).t(), HeadBias);   // o_t = z_t w_tᵀ + b_t  [N, 3]
                return new(features, values);
            }
            """);

    /// <summary>Single-task networks compute the heads of each size in one batched product.</summary>
    [Fact]
    public void SingleTaskNetworksOfSeveralOutputs() => Run("[SingleTask]", SeveralOutputs).AssertHas("Net.Network", """
        public Outputs Forward(Tensor prepared)
        {
            Tensor features = Trunks.Features(prepared);   // [3, N, 8]
            Tensor values = Numerics.Lasting.Sum(
                torch.cat(
                    [
                        features.narrow(0, 0, 1).bmm(HeadWeight.narrow(0, 0, 1).unsqueeze(2)).squeeze(2).t(),
                        features.narrow(0, 1, 2)
                            .bmm(HeadWeight.narrow(0, 1, 6).unflatten(0, 2, 3).transpose(1, 2))
                            .permute(1, 0, 2).flatten(1)
                    ],
                    1),
                HeadBias);   // o_t = z_t w_tᵀ + b_t  [N, 7]
            return new(features, values);
        }
        """);

    /// <summary>If each row has the label of one task, a task without a label in the batch does not pay its δ_t.</summary>
    [Fact]
    public void AmtflOfRowsOfOneTask() => GeneratorRun.Clean(Declaration.Of(
            head: """[Experiment("toy"), Dataset<Rows>] public static partial class Study""",
            tasks: "public enum Task { [Regression] Weight, [Binary] Sick, [Regression] Age }",
            variants: "[Amtfl] public partial class Net;"))
        .AssertHas("Net.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                Tensor floors = Loss.OwnPresent(
                    floor, targets.Labels, rowWeights);   // δ_t, 0 for a task without a label in the batch  [3]
                return new(torch.cat(
                [
                    Loss.OwnBinary(outputs.Values.narrow(1, 0, 1), targets.Labels, rowWeights) + floors.narrow(0, 0, 1),   // Sick
                    Loss.OwnSquared(outputs.Values.narrow(1, 1, 2), targets.Labels, rowWeights, first: 1)
                        + floors.narrow(0, 1, 2),   // Weight, Age
                ]));
            }
            """);

    private static GeneratorRun Run(string sharing, string tasks = Declaration.Tasks) =>
        GeneratorRun.Clean(Declaration.Of(tasks: tasks, variants: $"{sharing} public partial class Net;"));
}
