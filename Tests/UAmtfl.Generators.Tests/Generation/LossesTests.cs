using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>Tasks that choose a loss have it in the code and in the formulas, with one call for all tasks that share it.</summary>
public sealed class LossesTests
{
    [Fact]
    public void OneLossOfAllTasksIsInTheFormula() => Run("[Regression(Loss = RegressionLoss.Absolute)] public enum Pupil { Ann, Bob }")
        .AssertHas("Mtl.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets) => new(Loss.Absolute(outputs.Values, targets.Labels));

            /// <summary>L = Σ_t MAE(o_t, y_t)</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                losses = TaskLosses(outputs, targets);   // MAE(o_t, y_t)  [2]
                return
                    losses.Values.sum();   // Σ_t MAE(o_t, y_t)
            }
            """);

    [Fact]
    public void NumbersThatAreNotWrittenHaveDefaults() => Run("[Regression(Loss = RegressionLoss.Huber)] public enum Pupil { Ann }")
        .AssertHas("Mtl.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets) => new(Loss.Huber(outputs.Values, targets.Labels, delta: 1));

            /// <summary>L = Σ_t Huber[δ = 1](o_t, y_t)</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                // …
            }
            """);

    /// <summary>Tasks with equal losses stand together. The losses are in the order in which they occur.</summary>
    [Fact]
    public void TasksWithEqualLossesShareACall() => Run("""
        [Regression]
        public enum Pupil
        {
            [Regression(Loss = RegressionLoss.Huber, Delta = 0.5)] Ann,
            Bob,
            [Regression(Loss = RegressionLoss.Huber, Delta = 0.5)] Cleo,
            [Regression(Loss = RegressionLoss.Huber, Delta = 2)] Dan,
            [Regression(Loss = RegressionLoss.Quantile, Level = 0.9)] Eve,
        }
        """)
        .AssertHas("Mtl.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.Huber(outputs.Values.narrow(1, 0, 2), targets.Labels.Tasks(0, 2), delta: 0.5),   // Ann, Cleo
                    Loss.Squared(outputs.Values.narrow(1, 2, 1), targets.Labels.Tasks(2, 1)),   // Bob
                    Loss.Huber(outputs.Values.narrow(1, 3, 1), targets.Labels.Tasks(3, 1), delta: 2),   // Dan
                    Loss.Quantile(outputs.Values.narrow(1, 4, 1), targets.Labels.Tasks(4, 1), level: 0.9),   // Eve
                ]));
            }
            """);

    /// <summary>The network of counts predicts rates, and the descriptor says which tasks are counts.</summary>
    [Fact]
    public void CountsArePredictedAsRates()
    {
        var run = Run(
            "public enum Task { [Regression] Age, [Regression(Loss = RegressionLoss.Poisson)] Visits, [Classification(3)] Stage }");
        run.AssertHas("Mtl.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.Squared(outputs.Values.narrow(1, 0, 1), targets.Labels.Tasks(0, 1)),   // Age
                    Loss.Poisson(outputs.Values.narrow(1, 1, 1), targets.Labels.Tasks(1, 1)),   // Visits
                    Loss.Softmax(outputs.Values.narrow(1, 2, 3).unflatten(1, 1, 3), targets.Labels.Tasks(2, 1)),   // Stage
                ]));
            }
            """);
        run.AssertHas("Mtl.Network", """
            public override Tensor Predict(Tensor prepared, out Tensor features)
            {
                Outputs outputs = Forward(prepared);
                features = outputs.Features;
                return torch.cat(
                    [outputs.Values.narrow(1, 0, 1), outputs.Values.narrow(1, 1, 1).exp(), outputs.Values.narrow(1, 2, 3)], 1);
            }
            """);
        Assert.Contains("global::UAmtfl.Trunks.OnnxHeads.Rates(", string.Concat(run.Sources));
        Assert.Contains("new(\"Visits\", global::UAmtfl.Tasks.TaskKind.Regression, 1) { IsRate = true },", string.Concat(run.Sources));
    }

    /// <summary>Tasks with one class of the user's own share an object and a call.</summary>
    [Fact]
    public void ALossOfOnesOwnIsCreatedOnce() => Run("""
        [Regression(LossBy = typeof(LogCosh))]
        public enum Pupil { Ann, [Regression] Bob, Cleo }
        """)
        .AssertHas("Mtl.Objective", """
            private readonly LogCosh ownLoss;   // the loss LogCosh of the tasks that name it

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                ownLoss = new();
                // …
            }

            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.By(outputs.Values.narrow(1, 0, 2), targets.Labels.Tasks(0, 2), loss: ownLoss),   // Ann, Cleo
                    Loss.Squared(outputs.Values.narrow(1, 2, 1), targets.Labels.Tasks(2, 1)),   // Bob
                ]));
            }
            """);

    [Fact]
    public void RowsOfOneTaskHaveTheLossesToo() => Run(
            "public enum Task { [Regression(Loss = RegressionLoss.Huber, Delta = 2)] Weight, [Binary] Sick }",
            head: """[Experiment("toy"), Dataset<Rows>] public static partial class Study""")
        .AssertHas("Mtl.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.OwnBinary(outputs.Values.narrow(1, 0, 1), targets.Labels, rowWeights),   // Sick
                    Loss.OwnHuber(outputs.Values.narrow(1, 1, 1), targets.Labels, rowWeights, delta: 2, first: 1),   // Weight
                ]));
            }
            """);

    /// <summary>The weights of label 1 are one vector, so that tasks with different weights share a call.</summary>
    [Fact]
    public void WeightsOfLabelOneAreAVector() => Run("""
        public enum Task
        {
            [Binary] Old, [Binary(PositiveWeight = 5)] Sick, [Binary(PositiveWeight = 0.5)] Fit, [Binary(LabelSmoothing = 0.1)] Tall,
        }
        """)
        .AssertHas("Mtl.Objective", """
            private readonly Tensor positiveWeights;   // w_t, what a row with label 1 counts  [4]

            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.Binary(outputs.Values.narrow(1, 0, 1), targets.Labels.Tasks(0, 1)),   // Old
                    Loss.Binary(
                        outputs.Values.narrow(1, 1, 2),
                        targets.Labels.Tasks(1, 2),
                        positive: positiveWeights.narrow(0, 1, 2)),   // Sick, Fit
                    Loss.Binary(outputs.Values.narrow(1, 3, 1), targets.Labels.Tasks(3, 1), smoothing: 0.1),   // Tall
                ]));
            }
            """);

    /// <summary>Weights that are balanced are computed from the training labels before the first epoch, in the vectors of those that are
    /// stated.</summary>
    [Fact]
    public void BalancedWeightsAreComputedWhenTrainingStarts() => Run("""
        public enum Task
        {
            [Binary(PositiveWeight = 5)] Sick, [Binary(Balanced = true)] Fit, [Classification(3, Balanced = true)] Species,
        }
        """)
        .AssertHas("Mtl.Objective", """
            private readonly Tensor positiveWeights;   // w_t, what a row with label 1 counts, computed for Balanced tasks  [3]

            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                // …
            }

            public override void TrainingStarted(Data.Labels labels)
            {
                Losses.BalancedWeights.Binary(positiveWeights, labels, first: 1, count: 1);
                Losses.BalancedWeights.Classes(classWeights, labels, first: 2, count: 1, column: 2, classes: 3);
            }
            """);

    [Fact]
    public void OptionsOfLabelsAreInTheFormula() => Run(
            "[Binary(PositiveWeight = 5, LabelSmoothing = 0.1)] public enum Digit { Zero, One }")
        .AssertHas("Mtl.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets) =>
                new(Loss.Binary(outputs.Values, targets.Labels, positive: positiveWeights, smoothing: 0.1));

            /// <summary>L = Σ_t BCE[w_t, ε = 0.1](o_t, y_t)</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                // …
            }
            """);

    [Fact]
    public void SmoothedClassesAreInTheFormula() => Run("[Classification(3, LabelSmoothing = 0.1)] public enum Plant { Species }")
        .AssertHas("Mtl.Objective", """
            /// <summary>L = Σ_t CE[ε = 0.1](o_t, y_t)</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                // …
            }
            """);

    /// <summary>The weights of all classes are one vector, in which outputs without classes have the weight 1.</summary>
    [Fact]
    public void WeightsOfClassesAreCutOutOfAVector() => Run("""
        public enum Task
        {
            [Binary] Sick,
            [Classification(3, ClassWeights = new[] { 1, 0.5, 4 }, LabelSmoothing = 0.1)] Species,
            [Classification(3, ClassWeights = new[] { 1.0, 2, 3 }, LabelSmoothing = 0.1)] Stage,
            [Classification(2, ClassWeights = new[] { 2.0, 2 })] Equal,
        }
        """)
        .AssertHas("Mtl.Objective", """
            private readonly Tensor classWeights;   // w_t, what a row of each class counts, 1 for outputs without classes  [9]

            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.Binary(outputs.Values.narrow(1, 0, 1), targets.Labels.Tasks(0, 1)),   // Sick
                    Loss.Softmax(outputs.Values.narrow(1, 1, 2).unflatten(1, 1, 2), targets.Labels.Tasks(1, 1)),   // Equal
                    Loss.Softmax(
                        outputs.Values.narrow(1, 3, 6).unflatten(1, 2, 3),
                        targets.Labels.Tasks(2, 2),
                        weights: classWeights.narrow(0, 3, 6).view(2, 3),
                        smoothing: 0.1),   // Species, Stage
                ]));
            }
            """);

    [Fact]
    public void ClassWeightsAreInTheFormula() => Run("[Classification(2, ClassWeights = new[] { 1.0, 3 })] public enum Plant { Species }")
        .AssertHas("Mtl.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets) =>
                new(Loss.Softmax(outputs.Values.unflatten(1, 1, 2), targets.Labels, weights: classWeights.view(1, 2)));

            /// <summary>L = Σ_t CE[w_t](o_t, y_t)</summary>
            public Tensor Value(Outputs outputs, Targets targets, out Losses losses)
            {
                // …
            }
            """);

    [Fact]
    public void WeightOneAndNoSmoothingAreTheCodeWithoutThem() => Assert.Equal(
        Run("public enum Task { [Binary] Sick, [Classification(3)] Species }").Sources,
        Run("public enum Task { [Binary(PositiveWeight = 1, LabelSmoothing = 0)] Sick, [Classification(3, LabelSmoothing = 0)] Species }")
            .Sources);

    /// <summary>A declaration that writes the loss which it would have anyway generates the same code, byte for byte.</summary>
    [Fact]
    public void TheDefaultLossIsTheCodeWithoutOne() => Assert.Equal(
        Run("[Regression] public enum Pupil { Ann, Bob }").Sources,
        Run("[Regression(Loss = RegressionLoss.Squared)] public enum Pupil { Ann, Bob }").Sources);

    private static GeneratorRun Run(string tasks, string head = Declaration.Head) =>
        GeneratorRun.Clean(Declaration.Of(head: head, tasks: tasks, variants: "[HardSharing] public partial class Mtl;"));
}
