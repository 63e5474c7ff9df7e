using System.Reflection;
using UAmtfl.Descriptors;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Tests.Support;
using UAmtfl.WeakSupervision;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>The sources, the labelling functions and the feasible label vectors of a declaration are in its descriptor.</summary>
public sealed class WeakSupervisionTests
{
    private const string Head = """[Experiment("toy"), Dataset<Paragraphs>, Source("crowd")] public static partial class Study""";

    private const string Tree = """
        [Hierarchy] public enum Entity { Person, Organisation, Event }
        [Under(nameof(Entity.Person))] public enum Profession { Doctor, Lawyer }
        [Under(nameof(Entity.Person))] public enum Home { Town }
        [Under(nameof(Profession.Doctor))] public enum Field { Heart, Bones }
        """;

    [Fact]
    public void TheVectorsOfATreeAreDepthFirst() => Assert.Equal(
        ["0 0 0 0", "0 0 0 1", "0 1 0 2", "1 2 1 2", "2 2 1 2"],
        Vectors(Assert.Single(Load(Declaration.Of(Head, Tree)).Labels)));

    /// <summary>Classes of two tasks below one class are combined, and the task declared last changes fastest.</summary>
    [Fact]
    public void TasksBelowOneClassAreCombined() => Assert.Equal(
        ["0 0 0", "0 0 1", "0 1 0", "0 1 1", "1 2 2"],
        Vectors(Assert.Single(Load(Declaration.Of(Head, """
            [Hierarchy] public enum Root { A, B }
            [Under("A")] public enum Left { A0, A1 }
            [Under("A")] public enum Right { B0, B1 }
            """)).Labels)));

    [Fact]
    public void TasksThatNothingConnectsHaveASetEach()
    {
        var weak = Load(Declaration.Of(Head, """
            public enum Weather { [Binary] Rain, [Regression] Heat, [Classification(3)] Sky }
            [Hierarchy] public enum Entity { Person, Organisation }
            """));
        Assert.Equal([[0], [2], [3]], weak.Labels.Select(set => set.Tasks));
        Assert.Equal([[2], [3], [2]], weak.Labels.Select(set => set.Classes));
        Assert.Equal(["0", "1", "2"], Vectors(weak.Labels[1]));
        Assert.Equal([0, 2, 3], Assert.Single(weak.Sources).Tasks);
    }

    /// <summary>A condition connects all tasks, and null of a task below a class is its N/A.</summary>
    [Fact]
    public void AConditionFiltersTheCombinationsOfAllTasks() => Assert.Equal(
        ["0 0 0 0", "0 1 0 1", "1 0 2 2", "1 1 2 1"],
        Vectors(Assert.Single(Load(Declaration.Of(
            Head,
            """
            [Hierarchy] public enum Entity { Person, Organisation }
            [Binary] public enum Weather { Rain }
            [Under(nameof(Entity.Person))] public enum Profession { Doctor, Lawyer }
            [Classification(3)] public enum Sky { Colour }
            """,
            other: """
                private static bool Feasible(Labels y) => y.Profession != Profession.Lawyer
                    && (y.Rain == true ? y.Colour == 1 : y.Colour == (y.Profession is null ? 2 : 0));
                """)).Labels)));

    [Fact]
    public void AConditionOnTasksWithoutAHierarchy() => Assert.Equal(
        ["0 1", "1 0"],
        Vectors(Assert.Single(Load(Declaration.Of(
            Head, "[Binary] public enum Weather { Rain, Sun }", other: "public static bool Feasible(Study.Labels y) => y.Rain != y.Sun;"))
            .Labels)));

    [Fact]
    public void TheSourcesAreInTheDescriptor()
    {
        var weak = Load(Examples.WeakSupervision);
        Assert.Equal(["news: 0 1 2 4", "wiki: 0 1", "Holes: 0", "wet: 2", "Blue: 4"], weak.AllSources.Select(Text));
        Assert.Equal(["news", "wiki"], weak.Sources.Select(s => s.Name));
        Assert.Equal([("news", "wiki"), ("news", "Holes"), ("wiki", "Holes")], weak.Dependencies);

        static string Text(WeakSource source) => $"{source.Name}: {string.Join(' ', source.Tasks)}";
    }

    /// <summary>Functions of all kinds of labels vote as they return: the number of a class, 1 or 0, or −1 where they return
    /// null.</summary>
    [Fact]
    public void LabellingFunctionsVote()
    {
        var (descriptor, assembly) = Loaded(Declaration.Of(
            """[Experiment("toy"), Dataset<Paragraphs>] public static partial class Study""",
            """
            [Hierarchy] public enum Entity : byte { Person, Organisation }
            [Under(nameof(Entity.Person))] public enum Profession { Doctor, Lawyer }
            public enum Weather { [Binary] Rain, [Classification(3)] Sky }
            """,
            other: """
                [LabellingFunction] private static Profession? Job(Paragraph p) => p.Holes ? Profession.Lawyer : null;
                [LabellingFunction(Task = "Rain")] private static bool? Wet(Paragraph p) => p.Holes ? false : null;
                [LabellingFunction(Task = "Rain")] private static bool? Dry(object p) => p is Paragraph { Holes: true } ? true : null;
                [LabellingFunction(Task = "Sky")] private static int? row(Paragraph p) => p.Holes ? 2 : null;
                [LabellingFunction] private static Labels? All(Paragraph p) =>
                    p.Holes ? new() { Entity = Entity.Organisation, Rain = true } : null;
                """));
        var paragraph = assembly.GetType("Lab.Paragraph")!;
        var (with, without) = (Activator.CreateInstance(paragraph)!, Activator.CreateInstance(paragraph)!);
        paragraph.GetProperty("Holes")!.SetValue(with, true);
        var functions = descriptor.Weak!.Functions;
        Assert.Equal(["Job: 1", "Wet: 0", "Dry: 1", "row: 2", "All: 1 -1 1 -1"], functions.Select(f => Votes(f, with)));
        Assert.Equal(["Job: -1", "Wet: -1", "Dry: -1", "row: -1", "All: -1 -1 -1 -1"], functions.Select(f => Votes(f, without)));

        static string Votes(LabellingFunction function, object record)
        {
            var labels = new int?[function.Tasks.Count];
            function.Vote(record, labels);
            return $"{function.Name}: {string.Join(' ', labels.Select(label => label ?? -1))}";
        }
    }

    [Fact]
    public void AHierarchyAloneHasLabelsAndNoWeakSupervision()
    {
        var text = GeneratorRun.Clean(Declaration.Of(tasks: Tree))["Lab.Study.g.cs"];
        Assert.Contains("public readonly record struct Labels(Entity? Entity, Profession? Profession, Home? Home, Field? Field);", text);
        Assert.DoesNotContain("Weak =", text);
        Assert.DoesNotContain("record struct Labels", GeneratorRun.Clean(Declaration.Of())["Lab.Study.g.cs"]);
    }

    /// <summary>The type of the labels is as accessible as its members, and an enum may be named like what generated files
    /// abbreviate.</summary>
    [Fact]
    public async Task EnumsOfAnyAccessibilityAndNameCompileWithoutWarning()
    {
        var run = GeneratorRun.Clean(Declaration.Of(
            Head.Replace("public", "internal", StringComparison.Ordinal),
            """
            [Hierarchy] private enum Tensor { @class, @new }
            [Under("new")] internal enum @event { @null }
            [Binary] public enum Word { y, @int }
            """,
            other: """
                private static bool Feasible(Labels y) => y.Tensor is not null;
                [LabellingFunction] private static @event? @for(Paragraph p) => p.Holes ? @event.@null : null;
                """));
        Assert.Contains("private readonly record struct Labels(", run["Lab.Study.g.cs"]);
        Assert.Empty(await run.AnalyzeAsync());
    }

    /// <summary>A variant says how it makes its labels, in its descriptor and in what it is composed of.</summary>
    [Theory]
    [InlineData("", "WeakLabels", "new()")]
    [InlineData("(Model = WeakLabelModel.MeTaL, Abstentions = true, Prior = [])", "WeakLabels", "new()")]
    [InlineData("(Model = WeakLabelModel.MajorityVote)", "WeakLabels(MajorityVote)", "new() { Model = WeakLabelModel.MajorityVote }")]
    [InlineData(
        "(Dependencies = SourceDependencies.Ignored, Balance = ClassBalance.Uniform, Abstentions = false)",
        "WeakLabels(Dependencies = Ignored, Balance = Uniform, Abstentions = False)",
        "new() { Dependencies = SourceDependencies.Ignored, Balance = ClassBalance.Uniform, Abstentions = false }")]
    [InlineData("(Prior = [0.25, 0.25, 0.5])", "WeakLabels(Prior)", "new() { Prior = [0.25, 0.25, 0.5] }")]
    public void AVariantSaysHowItMakesItsLabels(string options, string composition, string plan) => GeneratorRun.Clean(Declaration.Of(
            Head, "[Hierarchy] public enum Entity { Person, Organisation, Event }",
            variants: $"[HardSharing, WeakLabels{options}, L2(1)] public partial class Weak;"))
        .AssertHas("Weak", $$"""
            public static Descriptors.VariantDescriptor Descriptor { get; } = new()
            {
                Name = "Weak",
                Composition = "HardSharing + L2 + {{composition}}",
                // …
                Weak = {{plan}},
                // …
            };
            """);

    [Fact]
    public void TheDefaultsAreThoseOfTheRuntime()
    {
        var (model, plan, attribute) = (new WeakLabelsModel(), new WeakLabelPlan(), new WeakLabelsAttribute());
        Assert.Equal(
            (model.Model, model.Dependencies, model.Balance, model.Prior.Count, model.Abstentions),
            ($"{plan.Model}", $"{plan.Dependencies}", $"{plan.Balance}", plan.Prior.Count, plan.Abstentions));
        Assert.Equal(
            (plan.Model, plan.Dependencies, plan.Balance, plan.Prior.Count, plan.Abstentions),
            (attribute.Model, attribute.Dependencies, attribute.Balance, attribute.Prior.Length, attribute.Abstentions));
    }

    [Fact]
    public void TheGeneratorCountsAsTheRuntimeDoes() => Assert.Equal(FeasibleLabels.Most, LabelSet.Most);

    /// <summary>The hash of an experiment changes with its sources, their dependencies and its feasible label vectors.</summary>
    [Theory]
    [InlineData("Source(\"news\")", "Source(\"paper\")", "\"news\", \"wiki\", nameof", "\"paper\", \"wiki\", nameof")]
    [InlineData("Tasks = [nameof(Entity), nameof(Profession)]", "Tasks = [nameof(Entity)]")]
    [InlineData("\"news\", \"wiki\", nameof(Holes)", "\"news\", \"wiki\"")]
    [InlineData("nameof(Entity.Person)", "nameof(Entity.Organisation)")]
    [InlineData("Name = \"wet\"", "Name = \"rain\"")]
    public void TheFingerprintChangesWithTheSources(string old, string other, string old2 = "toy", string other2 = "toy")
    {
        var source = Examples.WeakSupervision;
        var edited = source.Replace(old, other, StringComparison.Ordinal).Replace(old2, other2, StringComparison.Ordinal);
        Assert.NotEqual(source, edited);
        Assert.NotEqual(Loaded(source).Descriptor.Fingerprint, Loaded(edited).Descriptor.Fingerprint);
    }

    private static IEnumerable<string> Vectors(FeasibleLabels set) => set.Vectors.Select(v => string.Join(' ', v));

    private static WeakDeclaration Load(string source) => Loaded(source).Descriptor.Weak!;

    /// <summary>Compiles a declaration without a warning and returns its descriptor.</summary>
    private static (ExperimentDescriptor Descriptor, Assembly Assembly) Loaded(string source)
    {
        var assembly = GeneratorRun.Clean(source).Load();
        return ((ExperimentDescriptor)assembly.GetType("Lab.Study")!.GetProperty("Descriptor")!.GetValue(null)!, assembly);
    }
}
