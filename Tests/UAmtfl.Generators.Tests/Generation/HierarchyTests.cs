using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>An enum of a hierarchy is one classification, whose classes are its members.</summary>
public sealed class HierarchyTests
{
    private const string Tasks = """
        [Hierarchy] public enum Entity { Person, Organisation }
        [Binary] public enum Weather { Rain }
        [Under(nameof(Entity.Person))] public enum Profession { Doctor, Lawyer }
        """;

    /// <summary>One that stands below a class has a further class, for rows that have none of its members.</summary>
    [Fact]
    public void AnEnumOfAHierarchyIsOneTask() => GeneratorRun.Clean(Declaration.Of(tasks: Tasks))
        .AssertHas("Outputs", """
            public Tensor Entity => Values.narrow(1, 1, 2);   // [N, 2]
            public Tensor Rain => Values.select(1, 0);   // [N]
            public Tensor Profession => Values.narrow(1, 3, 3);   // [N, 3]
            """)
        .AssertHas("Targets", """
            public Tensor Entity => Labels.Values.select(1, 1);
            public Tensor Rain => Labels.Values.select(1, 0);
            public Tensor Profession => Labels.Values.select(1, 2);
            """)
        .AssertHas("Losses", """
            public Tensor Entity => Values[1];
            public Tensor Rain => Values[0];
            public Tensor Profession => Values[2];
            """)
        .AssertHas("Prediction", """
            public Models.ClassificationPrediction Entity => Values.Classification(0);
            public Models.BinaryPrediction Rain => Values.Binary(1);
            public Models.ClassificationPrediction Profession => Values.Classification(2);
            """)
        .AssertHas("", """
            public static Descriptors.ExperimentDescriptor Descriptor { get; } = new()
            {
                // …
                Tasks = new(
                    [
                        new("Rain", Tasks.TaskKind.Binary, 1),
                        new("Entity", Tasks.TaskKind.Classification, 2),
                        new("Profession", Tasks.TaskKind.Classification, 3),
                    ],
                    LabelColumns: [1, 0, 2],
                    OneVsAll: false),
                // …
            };
            """);

    /// <summary>What names tasks takes the names of the enums.</summary>
    [Fact]
    public void TheEnumNamesTheTask()
    {
        var run = GeneratorRun.Clean(Declaration.Of(
            head: """[Experiment("toy"), Dataset<Toy>, Metric(TaskMetric.Accuracy)] public static partial class Study""",
            tasks: Tasks,
            trunks: "[Input(4), Linear(8), Heads(nameof(Study.Profession)), Linear(3), Heads, Linear(3)] public partial class Mlp;",
            variants: """
                [HardSharing, TrainOn(nameof(Profession), nameof(Weather.Rain))] public partial class Two;
                [HardSharing, FocusedLearning(nameof(Entity)), EarlyStopping(3, Monitor = nameof(Entity))] public partial class Focused;
                """));
        Assert.Contains("TrainedOn = [\"Rain\", \"Profession\"],", run["Lab.Study+Two.g.cs"]);
        Assert.Contains("Monitor = \"Entity\",", run["Lab.Study+Focused.g.cs"]);
    }

    [Fact]
    public void ItsColumnInATableHasItsName() => Assert.Contains(
        "new(\"Profession\", global::UAmtfl.Tasks.TaskKind.Classification, 3),",
        GeneratorRun.Clean(Declaration.Of(
            head: """[Experiment("toy"), Table("t.csv")] public static partial class Study""", tasks: Tasks))["Lab.Study.g.cs"]);
}
