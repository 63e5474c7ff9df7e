using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Robustness;

/// <summary>On half-written code, as in an editor, generator and analyzer do not throw, and the generated code has no errors of its
/// own.</summary>
public sealed class BrokenCodeTests
{
    [Theory]
    [InlineData("[Experiment, Dataset<Toy>] public static partial class Study")]
    [InlineData("[Experiment(null!), Dataset<Toy>] public static partial class Study")]
    [InlineData("[Experiment(1), Dataset<Toy>] public static partial class Study")]
    [InlineData("""[Experiment("toy", Seeds = "three"), Dataset<Toy>] public static partial class Study""")]
    [InlineData("""[Experiment("toy", Seed = 1), Dataset<Toy>] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset<Nope>] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset<int>] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset<IDataset>] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset<Toy[]>] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset<>] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset<Toy>, Nope, Nope.More(1), Nope<int>] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Experiment("again"), Dataset<Toy>] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset<Toy>, Adam(LearningRate = 1), Sgd, StepDecay(At = )] public static partial class Study""")]
    [InlineData("""[Experiment("toy"), Dataset<Toy>] public static partial class Study<T>""")]
    [InlineData("""[Experiment("toy"), Dataset<Toy>] public static partial class""")]
    public Task Heads(string head) => CheckAsync(Declaration.Of(head: head));

    [Theory]
    [InlineData("[Binary] public enum Digit { One = , Two }")]
    [InlineData("[Binary] public enum Digit { One, One }")]
    [InlineData("[Binary] public enum Digit { }")]
    [InlineData("[Binary] public enum Digit { Zero, , Two }")]
    [InlineData("[Binary] public enum Digit : string { One }")]
    [InlineData("[Binary] public enum Digit : ulong { One = ulong.MaxValue, Two = Nope }")]
    [InlineData("[Classification] public enum Digit { One }")]
    [InlineData("[Classification(Nope)] public enum Digit { One }")]
    [InlineData("""[Classification("3")] public enum Digit { One }""")]
    [InlineData("public enum Digit { [Nope] One, [Binary, Nope(1)] Two }")]
    [InlineData("public enum Digit { [Binary(OneVsAll = 1)] One }")]
    [InlineData("[Binary] public enum { One }")]
    [InlineData("[Binary] public enum Digit { One, ")]
    public Task Tasks(string tasks) => CheckAsync(Declaration.Of(tasks: tasks));

    [Theory]
    [InlineData("[Input, Linear(8)] public partial class Mlp;")]
    [InlineData("[Input(null), Linear(8)] public partial class Mlp;")]
    [InlineData("[Input(4, Nope), Linear] public partial class Mlp;")]
    [InlineData("""[Input("4"), Linear("8")] public partial class Mlp;""")]
    [InlineData("[Input(1, 8, 8), Conv2d(Kernel = 3), Flatten] public partial class Mlp;")]
    [InlineData("""[Input(1, 8, 8), Conv2d(4, Kernel = "3"), Flatten] public partial class Mlp;""")]
    [InlineData(
        "[Input(1, 8, 8), Conv2d(int.MaxValue, Padding = int.MaxValue, Stride = int.MinValue), Flatten] public partial class Mlp;")]
    [InlineData("[Input(int.MaxValue, int.MaxValue, int.MaxValue), Conv2d(int.MaxValue), Flatten] public partial class Mlp;")]
    [InlineData("[Input(4), Dropout(double.NaN)] public partial class Mlp;")]
    [InlineData("[Input(4), Dropout(double.NegativeInfinity)] public partial class Mlp;")]
    [InlineData("[Input(4), Trunk<Nope>(4)] public partial class Mlp;")]
    [InlineData("[Input(4), Trunk<string>(4)] public partial class Mlp;")]
    [InlineData("[Input(4), Trunk<Perceptron>] public partial class Mlp;")]
    [InlineData("[Input(4), Trunk<torch.nn.Module<torch.Tensor, torch.Tensor>>(4)] public partial class Mlp;")]
    [InlineData("[Input(4), Input(5), Linear(8)] public partial class Mlp;")]
    [InlineData("[Input(4), Linear(8)] public partial class Mlp : Nope;")]
    [InlineData("[Input(4), Linear(8)] public partial class Mlp<T>;")]
    [InlineData("[Input(4), Linear(8)] public partial class ;")]
    [InlineData("[Input(4), Linear(8)] public partial struct Mlp;")]
    public Task Trunks(string trunks) => CheckAsync(Declaration.Of(trunks: trunks));

    [Theory]
    [InlineData("[HardSharing(1)] public partial class Mtl;")]
    [InlineData("[HardSharing, HardSharing] public partial class Mtl;")]
    [InlineData("""[Amtfl(Alpha = "much")] public partial class Mtl;""")]
    [InlineData("[Amtfl(Alpha = Nope)] public partial class Mtl;")]
    [InlineData("[Amtfl(Alpha = double.NaN, Gamma = double.PositiveInfinity, Floor = -1)] public partial class Mtl;")]
    [InlineData("[Amtfl, Uncertainty(Placement = Nope.Literal)] public partial class Mtl;")]
    [InlineData("[Amtfl, Uncertainty(Placement = 1)] public partial class Mtl;")]
    [InlineData("[HardSharing, Weighting<Nope>] public partial class Mtl;")]
    [InlineData("[HardSharing, Weighting<int>] public partial class Mtl;")]
    [InlineData("[HardSharing, Weighting<LossWeighting>] public partial class Mtl;")]
    [InlineData("[HardSharing, L1] public partial class Mtl;")]
    [InlineData("[HardSharing, FeatureNorm(1), FeatureNorm(2)] public partial class Mtl;")]
    [InlineData("[HardSharing, Network] public partial class Mtl;")]
    [InlineData("[HardSharing, Network(null!)] public partial class Mtl;")]
    [InlineData("[HardSharing, Network(nameof(Nope))] public partial class Mtl;")]
    [InlineData("[HardSharing] public partial class Mtl; [HardSharing] public partial class Mtl;")]
    [InlineData("[HardSharing] public partial class Mtl<T>;")]
    [InlineData("[HardSharing] public partial class ;")]
    [InlineData("""[HardSharing, Experiment("inner"), Dataset<Toy>] public partial class Mtl;""")]
    [InlineData("[HardSharing")]
    public Task Variants(string variants) => CheckAsync(Declaration.Of(variants: variants));

    [Theory]
    [InlineData("Source", "[Under] public enum Kind { A }")]
    [InlineData("Source(null!), Source(1), Depends, Depends(null!), Depends(1, \"a\")", "[Under(null!)] public enum Kind { A }")]
    [InlineData("Source(\"a\", Tasks = null!)", "[Hierarchy, Hierarchy] public enum Kind { A, A }")]
    [InlineData("Source(\"a\", Tasks = [1, null!])", "[Hierarchy] public enum { A, B } [Under(\"A\")] public enum")]
    [InlineData("Source(\"a\")", "[Hierarchy] public enum Kind : string { A, B = Nope } [Under(nameof(Kind.Nope))] public enum C { D }")]
    [InlineData("Source(\"a\")", "[Hierarchy] public enum Kind { A, B } [Under(\"A\")] public enum Kind { C }")]
    [InlineData("Source(\"a\")", "[Under(\"C\")] public enum A { B } [Under(\"B\")] public enum C { C }")]
    [InlineData("Source(\"a\")", "[Classification(2000000000)] public enum Many { A }")]
    [InlineData("Source(\"a\")", "static bool Feasible(Labels) => true; [Binary] public enum Weather { Rain }")]
    [InlineData("Source(\"a\")", "static bool Feasible(Labels y) { [Binary] public enum Weather { Rain }")]
    [InlineData(
        "Source(\"a\")", "[LabellingFunction] static bool? () => null; [LabellingFunction(Task = )] static int? A(Paragraph) => 1;")]
    [InlineData("Source(\"a\")", "[LabellingFunction(Name = null)] static Labels? A(Labels? y) => Nope; [LabellingFunction] static A(")]
    public Task WeakSupervision(string attributes, string tasks) => CheckAsync(Declaration.Of(
        $"[Experiment(\"toy\"), Dataset<Paragraphs>, {attributes}] public static partial class Study", tasks,
        variants: "[HardSharing, WeakLabels(Prior = null!)] public partial class Weak;"));

    /// <summary>Methods that look at the tasks do not throw if there are no tasks.</summary>
    [Theory]
    [InlineData("[Experiment(\"toy\"), Dataset<Toy>] public static partial class Study", "[Regression] public enum Task { }")]
    [InlineData("[Experiment(\"toy\"), Dataset<Toy>] public static partial class Study", "")]
    [InlineData(
        "[Experiment(\"toy\"), Dataset<Toy>, RegressionFamily(\"Drug\", \"missing.tasks.txt\")] public static partial class Study", "")]
    [InlineData(
        "[Experiment(\"toy\"), Dataset<Toy>] public static partial class Study", "[Classification(2000000000)] public enum Task { A, B }")]
    public Task WithoutTasks(string head, string tasks) => CheckAsync(Declaration.Of(
        head: head,
        tasks: tasks,
        variants: """
            [HardSharing, FocusedLearning("A")] public partial class Focus;
            [Amtfl, Constant(1, 2)] public partial class Given;
            [HardSharing, Krum] public partial class Robust;
            [GoMtl(3), Grid("Mu", 1, 2)] public partial class Bases;
            [SingleTask, Uncertainty] public partial class Own;
            """));

    [Fact]
    public Task WithoutTheRuntimesDataSet() => CheckAsync("[UAmtfl.Experiment(\"toy\")] class Study;");

    [Fact]
    public async Task NothingIsGeneratedForADeclarationWithAnError()
    {
        var run = GeneratorRun.Of(Declaration.Of(variants: "[SingleTask, Amtfl] public partial class Mtl;"));
        Assert.Equal(["UAmtfl.GeneratedExperiments.g.cs"], run.Hints);
        Assert.Equal(["UAM008"], (await run.AnalyzeAsync()).Select(d => d.Id));
    }

    private static async Task CheckAsync(string source)
    {
        var run = GeneratorRun.Of(source);
        GeneratorRun.AssertNone(run.ProblemsOfGenerator);
        var ids = Rules.All.Select(r => r.Id).ToHashSet();
        Assert.All(await run.AnalyzeAsync(), d => Assert.True(ids.Contains(d.Id), d.ToString()));
        Assert.NotEmpty(run.Problems.Select(p => p.Id).Concat((await run.AnalyzeAsync()).Select(d => d.Id)));
    }
}
