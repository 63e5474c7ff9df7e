using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The code and the formula of uncertainty weighting, for each place of the variances and each kind of task.</summary>
public sealed class UncertaintyTests
{
    private const string Mixed = "public enum Task { [Classification(3)] Species, [Regression] Weight, [Binary] Sick, [Regression] Age }";

    [Fact]
    public void OfRegressions() => Run("[HardSharing, Uncertainty]", "[Regression] public enum Pupil { Ann, Bob }")
        .AssertHas("Net.Objective", """
            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                Groups =
                [
                    // …
                    new(Training.Owner.OneTask, [Network.LogVariance], LearningRateScale: hyper.UncertaintyLearningRateScale),
                    // …
                ];
            }

            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                Tensor precision = (-Network.LogVariance).exp();   // 1 / σ_t²  [2]
                return new(0.5 * precision * Loss.Squared(outputs.Values, targets.Labels));
            }

            /// <summary>L = Σ_t (MSE(o_t, y_t) / 2σ_t² + log σ_t)</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // MSE(o_t, y_t) / 2σ_t²  [2]
                Tensor logs = Loss.Present(
                    0.5 * Network.LogVariance, targets.Labels);   // log σ_t, 0 for a task without a label in the batch  [2]
                return
                    (losses.Values + logs).sum();   // Σ_t (MSE(o_t, y_t) / 2σ_t² + log σ_t)
            }

            public override IEnumerable<(string Name, Tensor Values)> Traces() => [("sigma", (0.5 * Network.LogVariance).exp())];
            """)
        .AssertHas("Net.Network", """
            public override Tensor Predict(Tensor prepared, out Tensor features)
            {
                (features, Tensor values) = Forward(prepared);
                return values;
            }

            public override Tensor? LogVariances => LogVariance;

            public Parameter LogVariance { get; }   // s_t = log σ_t²  [2]
            """);

    /// <summary>σ_t is the scale of a Laplace density, whose deviation is √2 σ_t.</summary>
    [Fact]
    public void OfAbsoluteErrors() => Run(
            "[HardSharing, Uncertainty]", "[Regression(Loss = RegressionLoss.Absolute)] public enum Pupil { Ann, Bob }")
        .AssertHas("Net.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                Tensor precision = (-Network.LogVariance).exp();   // 1 / σ_t²  [2]
                return new(precision.sqrt() * Loss.Absolute(outputs.Values, targets.Labels));
            }

            /// <summary>L = Σ_t (MAE(o_t, y_t) / σ_t + log σ_t)</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                // …
            }
            """)
        .AssertHas("Net.Network", """
            public override Tensor? LogVariances =>
                LogVariance
                    + torch.tensor(
                        new double[] { 0.6931471805599453, 0.6931471805599453 },
                        dtype: LogVariance.dtype,
                        device: LogVariance.device);
            """);

    [Fact]
    public void OneVarianceOfAllTasks() => Run("[HardSharing, Uncertainty(Shared = true)]", Mixed)
        .AssertHas("Net.Objective", """
            private readonly Tensor halves;   // ½ for the tasks whose likelihood has a log σ_t, which is s_t / 2

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                halves = torch.tensor(new[] { 0.0, 0.5, 0.5, 0.0 }, dtype: counts.dtype, device: counts.device);
                // …
            }

            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                Tensor precision = (-Network.LogVariance).exp();   // 1 / σ_t²  [1]
                return new(torch.cat(
                [
                    Loss.Binary(outputs.Values.narrow(1, 0, 1) * precision, targets.Labels.Tasks(0, 1)),   // Sick
                    0.5 * precision * Loss.Squared(outputs.Values.narrow(1, 1, 2), targets.Labels.Tasks(1, 2)),   // Weight, Age
                    Loss.Softmax(
                        outputs.Values.narrow(1, 3, 3).unflatten(1, 1, 3) * precision.unsqueeze(1),
                        targets.Labels.Tasks(3, 1)),   // Species
                ]));
            }

            /// <summary>L = Σ_t (ℓ_t + r_t log σ), where r_t = 1 for a regression and 0 for other tasks</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // ℓ_t  [4]
                Tensor logs = Loss.Present(
                    halves * Network.LogVariance, targets.Labels);   // log σ_t, 0 for a task without a label in the batch  [4]
                return
                    (losses.Values + logs).sum();   // Σ_t (ℓ_t + r_t log σ), r_t = 1 for a regression and 0 for other tasks
            }
            """)
        .AssertHas("Net.Network", """
            public override Tensor Predict(Tensor prepared, out Tensor features)
            {
                Outputs outputs = Forward(prepared);
                features = outputs.Features;
                Tensor precision = (-LogVariance).exp();   // 1 / σ_t²  [1]
                return torch.cat(
                    [
                        outputs.Values.narrow(1, 0, 1) * precision,
                        outputs.Values.narrow(1, 1, 2),
                        (outputs.Values.narrow(1, 3, 3).unflatten(1, 1, 3) * precision.unsqueeze(1)).flatten(1)
                    ],
                    1);
            }

            public Parameter LogVariance { get; }   // s = log σ², one for all tasks  [1]
            """);

    [Fact]
    public void OnTheWeightAloneOfMixedKinds() => Run("[Amtfl, Uncertainty]", Mixed)
        .AssertHas("Net.Objective", """
            /// <summary>The data term of each task: c_t (ℓ_t + δ_t) / σ_t²  [4].</summary>
            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                Tensor floors = Loss.Present(floor, targets.Labels);   // δ_t, 0 for a task without a label in the batch  [4]
                Tensor precision = (-Network.LogVariance).exp();   // 1 / σ_t²  [4]
                return new(torch.cat(
                [
                    precision.narrow(0, 0, 1)
                    * (Loss.Binary(outputs.Values.narrow(1, 0, 1), targets.Labels.Tasks(0, 1)) + floors.narrow(0, 0, 1)),   // Sick
                    0.5 * precision.narrow(0, 1, 2)
                    * (Loss.Squared(outputs.Values.narrow(1, 1, 2), targets.Labels.Tasks(1, 2)) + floors.narrow(0, 1, 2)),   // Weight, Age
                    precision.narrow(0, 3, 1)
                    * (Loss.Softmax(outputs.Values.narrow(1, 3, 3).unflatten(1, 1, 3), targets.Labels.Tasks(3, 1))
                        + floors.narrow(0, 3, 1)),   // Species
                ]));
            }

            /// <summary>L = Σ_t {(1 + α‖a_t‖₁) c_t (ℓ_t + δ_t) / σ_t² + log σ_t} + γ/N ‖relu(OA + b_A) − Z‖²,
            /// where c_t = ½ for a regression and 1 for other tasks</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // c_t (ℓ_t + δ_t) / σ_t²  [4]
                Tensor asymmetry = 1 + (hyper.Alpha * columnsOfTask.mv(Network.Feedback.abs().sum(1)));   // 1 + α‖a_t‖₁  [4]
                Tensor logs = Loss.Present(
                    0.5 * Network.LogVariance, targets.Labels);   // log σ_t, 0 for a task without a label in the batch  [4]
                Tensor rebuilt = F.relu(F.linear(outputs.Values, Network.Feedback.t(), Network.FeedbackBias));   // relu(OA + b_A)  [N, 8]
                Tensor reconstruction = (rebuilt - outputs.Features).square().sum(1).mean();   // batch mean  []
                return
                    ((asymmetry * losses.Values) + logs).sum()
                // Σ_t {(1 + α‖a_t‖₁) c_t (ℓ_t + δ_t) / σ_t² + log σ_t}, c_t = ½ for a regression and 1 for other tasks
                    + (hyper.Gamma * reconstruction);   // γ/N ‖relu(OA + b_A) − Z‖²
            }
            """)
        .AssertHas("Net.Network", """
            public override Tensor Predict(Tensor prepared, out Tensor features)
            {
                (features, Tensor values) = Forward(prepared);
                return values;
            }
            """);

    [Fact]
    public void AsAReliabilityThatThePriceOfTransferDependsOn() => Run(
            "[DeepAmtl, Uncertainty(Placement = Placement.Reliability)]")
        .AssertHas("Net.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                Tensor precision = (-Network.LogVariance).exp();   // 1 / σ_t²  [3]
                return new(precision * (Loss.Binary(outputs.Values, targets.Labels) + Loss.Present(floor, targets.Labels)));
            }

            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // (BCE(o_t, y_t) + δ_t) / σ_t²  [3]
                Tensor logs = Loss.Present(
                    0.5 * Network.LogVariance, targets.Labels);   // log σ_t, 0 for a task without a label in the batch  [3]
                Tensor price = Loss.Present(
                    hyper.Alpha * Network.Transfer.abs().sum(1) * Network.LogVariance.exp().detach(),
                    targets.Labels);   // α‖b_t‖₁ σ_t², σ_t² held constant, of tasks with a label  [3]
                // …
                return
                    (losses.Values + logs + price).sum()   // Σ_t {(BCE(o_t, y_t) + δ_t) / σ_t² + log σ_t + α‖b_t‖₁ σ_t²}
                    + (hyper.Gamma * reconstruction);   // γ ‖W − WB‖²
            }
            """);

    private static GeneratorRun Run(string methods, string tasks = Declaration.Tasks) =>
        GeneratorRun.Clean(Declaration.Of(tasks: tasks, variants: $"{methods} public partial class Net;"));
}
