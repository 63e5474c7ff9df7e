using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>Tasks become columns of the outputs and of the labels, and each kind of task has its loss.</summary>
public sealed class TasksTests
{
    /// <summary>Binary tasks have one column each, in the order of their declaration.</summary>
    [Fact]
    public void BinaryTasksAreOneColumnEach() => Run("[Binary] public enum Digit { Zero, One, Two }")
        .AssertHas("Outputs", """
            public Tensor Zero => Values.select(1, 0);   // [N]

            public Tensor One => Values.select(1, 1);   // [N]

            public Tensor Two => Values.select(1, 2);   // [N]
            """)
        .AssertHas("Targets", """
            public Tensor Two => Labels.Values.select(1, 2);

            public Tensor? Present =>
                Labels.Present(3);   // 1 for a task with a label in the batch, else 0; null where none is missing  [3]
            """)
        .AssertHas("Losses", """
            public Tensor Two => Values[2];
            """)
        .AssertHas("", """
            public static Descriptors.ExperimentDescriptor Descriptor { get; } = new()
            {
                Name = "toy",
                Title = "Study",
                Seeds = 3,
                Tasks = new(
                    [
                        new("Zero", Tasks.TaskKind.Binary, 1),
                        new("One", Tasks.TaskKind.Binary, 1),
                        new("Two", Tasks.TaskKind.Binary, 1),
                    ],
                    LabelColumns: [0, 1, 2],
                    OneVsAll: false),
                Dataset = static () => new Toy(),
                Variants =
                [
                    Study.Mtl.Descriptor,
                ],
                GeneratedFiles =
                [
                    "Lab.Study.g.cs",
                    "Lab.Study+Mlp.g.cs",
                    "Lab.Study+Mtl.g.cs",
                ],
            };
            """);

    [Fact]
    public void OneClassAgainstAllOthersIsSaidToTheRuntime() => Run("[Binary(OneVsAll = true)] public enum Digit { Zero, One, Two }")
        .AssertHas("", """
            public static Descriptors.ExperimentDescriptor Descriptor { get; } = new()
            {
                // …
                Tasks = new(
                [
                    // …
                ],
                LabelColumns: [0, 1, 2],
                OneVsAll: true),
                // …
            };
            """);

    /// <summary>Tasks of the same kind and size have neighbouring columns. Each keeps its name, and the label columns say in which order
    /// the tasks were declared.</summary>
    [Fact]
    public void TasksOfEqualKindAndSizeStandTogether() => Run(
            "public enum Task { [Classification(3)] Species, [Binary] Sick, [Classification(3)] Genus }")
        .AssertHas("Outputs", """
            public Tensor Species => Values.narrow(1, 1, 3);   // [N, 3]

            public Tensor Sick => Values.select(1, 0);   // [N]

            public Tensor Genus => Values.narrow(1, 4, 3);   // [N, 3]
            """)
        .AssertHas("Targets", """
            public Tensor Species => Labels.Values.select(1, 1);

            public Tensor Sick => Labels.Values.select(1, 0);

            public Tensor Genus => Labels.Values.select(1, 2);

            public Tensor? Present =>
                Labels.Present(3);   // 1 for a task with a label in the batch, else 0; null where none is missing  [3]
            """)
        .AssertHas("Losses", """
            public Tensor Species => Values[1];

            public Tensor Sick => Values[0];

            public Tensor Genus => Values[2];
            """)
        .AssertHas("", """
            public static Descriptors.ExperimentDescriptor Descriptor { get; } = new()
            {
                // …
                Tasks = new(
                [
                    new("Sick", Tasks.TaskKind.Binary, 1),
                    new("Species", Tasks.TaskKind.Classification, 3),
                    new("Genus", Tasks.TaskKind.Classification, 3),
                ],
                LabelColumns: [1, 0, 2],
                OneVsAll: false),
                // …
            };
            """);

    /// <summary>Each kind of task has its own loss on its own columns, and a comment names the tasks.</summary>
    [Fact]
    public void EachKindHasItsLoss() => Run(
            "public enum Task { [Classification(3)] Species, [Regression] Weight, [Binary] Sick, [Regression] Age, [Binary] Old }")
        .AssertHas("Mtl.Objective", """
            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.Binary(outputs.Values.narrow(1, 0, 2), targets.Labels.Tasks(0, 2)),   // Sick, Old
                    Loss.Squared(outputs.Values.narrow(1, 2, 2), targets.Labels.Tasks(2, 2)),   // Weight, Age
                    Loss.Softmax(outputs.Values.narrow(1, 4, 3).unflatten(1, 1, 3), targets.Labels.Tasks(4, 1)),   // Species
                ]));
            }
            """);

    /// <summary>If each row has the label of one task, rows are weighted so that tasks count equally however many rows they
    /// have.</summary>
    [Fact]
    public void RowsOfOneTaskWeighAsMuchAsTheirTask() => Run(
            "public enum Task { [Regression] Weight, [Binary] Sick, [Regression] Age }",
            head: """[Experiment("toy"), Dataset<Rows>] public static partial class Study""")
        .AssertHas("Mtl.Objective", """
            private readonly Tensor rowWeights;   // N / N_t, what a row counts in its task's loss  [3]

            public Objective(Network network, Hyper hyper, Tensor counts)
            {
                // …
                rowWeights = Loss.RowWeights(counts);
                // …
            }

            public Losses TaskLosses(Outputs outputs, Targets targets)
            {
                return new(torch.cat(
                [
                    Loss.OwnBinary(outputs.Values.narrow(1, 0, 1), targets.Labels, rowWeights),   // Sick
                    Loss.OwnSquared(outputs.Values.narrow(1, 1, 2), targets.Labels, rowWeights, first: 1),   // Weight, Age
                ]));
            }
            """)
        .AssertHas("Targets", """
            public Tensor? Present =>
                Labels.Present(3);   // 1 for a task with a label in the batch, else 0; null where none is missing  [3]
            """)
        .AssertHas("", """
            public static Descriptors.ExperimentDescriptor Descriptor { get; } = new()
            {
                // …
                Dataset = static () => new Rows(),
                // …
            };
            """);

    [Fact]
    public void MetricsOfTheExperimentAreThoseOfItsTasks() => Run(
            "[Regression] public enum Pupil { Ann, Bob }",
            head: """[Experiment("toy"), Dataset<Toy>, Metric(TaskMetric.Rmse)] public static partial class Study""")
        .AssertHas("", """
            public static Descriptors.ExperimentDescriptor Descriptor { get; } = new()
            {
                // …
                Tasks = new(
                [
                    // …
                ],
                LabelColumns: [0, 1],
                OneVsAll: false) { Metrics = [TaskMetric.Rmse] },
                // …
            };
            """);

    /// <summary>Tasks and variants that are named like keywords of C# have an @ in code and none in texts.</summary>
    [Fact]
    public void KeywordsAreNamesOfTasksAndVariants() => GeneratorRun.Clean(Declaration.Of(
            tasks: "[Binary] public enum Word { @class, @new, value }",
            variants: "[HardSharing] public partial class @event;"))
        .AssertHas("Outputs", """
            public Tensor @class => Values.select(1, 0);   // [N]

            public Tensor @new => Values.select(1, 1);   // [N]

            public Tensor value => Values.select(1, 2);   // [N]
            """)
        .AssertHas("", """
            public static Descriptors.ExperimentDescriptor Descriptor { get; } = new()
            {
                // …
                Tasks = new(
                [
                    new("class", Tasks.TaskKind.Binary, 1),
                    new("new", Tasks.TaskKind.Binary, 1),
                    new("value", Tasks.TaskKind.Binary, 1),
                ],
                LabelColumns: [0, 1, 2],
                OneVsAll: false),
                // …
                Variants =
                [
                    Study.@event.Descriptor,
                ],
                GeneratedFiles =
                [
                    // …
                    "Lab.Study+event.g.cs",
                ],
            };
            """)
        .AssertHas("event", """
            public static Descriptors.VariantDescriptor Descriptor { get; } = new()
            {
                Name = "event",
                // …
            };
            """);

    private static GeneratorRun Run(string tasks, string head = Declaration.Head) =>
        GeneratorRun.Clean(Declaration.Of(head: head, tasks: tasks, variants: "[HardSharing] public partial class Mtl;"));
}
