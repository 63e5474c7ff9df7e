using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about the class of an experiment and about its tasks: what they report, and where.</summary>
public sealed class ExperimentRuleTests
{
    [Fact]
    public Task ACorrectDeclarationIsLeftAlone() => Verify.RuleAsync(Declaration.Of());

    [Fact]
    public Task UAM001AnExperimentThatIsNotPartial() => Verify.RuleAsync(
        Declaration.Of(head: """[Experiment("toy"), Dataset<Toy>] public static class {|#0:Study|}"""),
        ("UAM001", "'Study' must be partial, so that the generator can add to it: write 'partial class Study'"));

    [Fact]
    public Task UAM001EachTypeAroundIt() => Verify.RuleAsync(
        Declaration.Prelude + "public struct {|#0:Outer|} { " + Declaration.Body(variants: "[HardSharing] public class {|#1:Mtl|};") + "}",
        ("UAM001", "'Outer' must be partial, so that the generator can add to it: write 'partial struct Outer'"),
        ("UAM001", "'Mtl' must be partial, so that the generator can add to it: write 'partial class Mtl'"));

    [Fact]
    public Task UAM002AFileLocalExperiment() => Verify.RuleAsync(
        Declaration.Of(head: """[Experiment("toy"), Dataset<Toy>] file static partial class {|#0:Study|}"""),
        ("UAM002", "'Study' is file-local, to which the generator cannot add: remove 'file'"));

    [Fact]
    public Task UAM002AnExperimentInAGenericClass() => Verify.RuleAsync(
        Declaration.Prelude + "public partial class {|#0:Outer|}<T> { " + Declaration.Body() + "}",
        ("UAM002", "'Outer' is generic, to which the generator cannot add: remove the type parameters"));

    [Fact]
    public Task UAM002APrivateExperiment() => Verify.RuleAsync(
        Declaration.Prelude
            + "public partial class Outer { "
            + Declaration.Body(head: """[Experiment("toy"), Dataset<Toy>] private static partial class {|#0:Study|}""")
            + "}",
        (
            "UAM002",
            "'Study' is private to the type around it, to which the generator cannot add: "
                + "make it, and the types around it, internal or public"));

    [Theory]
    [InlineData("public partial record {|#0:Mtl|};", "a record", "write 'class'")]
    [InlineData("public abstract partial class {|#0:Mtl|};", "abstract", "remove the modifier")]
    [InlineData("public static partial class {|#0:Mtl|};", "static", "remove the modifier")]
    [InlineData(
        "public partial class {|#0:Mtl|} : System.Exception;",
        "derived from 'Exception'",
        "remove the base class, because the generator writes what a variant needs")]
    [InlineData(
        "public partial class Mtl{|#0:(int seed)|};",
        "a class with a primary constructor",
        "remove the parameters, because the generator makes the objects of a variant")]
    public Task UAM002AVariantThatIsNoOrdinaryClass(string variant, string what, string advice) => Verify.RuleAsync(
        Declaration.Of(variants: $"[HardSharing] {variant}"),
        ("UAM002", $"'Mtl' is {what}, to which the generator cannot add: {advice}"));

    [Fact]
    public Task UAM002ATrunkWithABaseClass() => Verify.RuleAsync(
        Declaration.Of(trunks: "[Input(4), Linear(8)] public partial class {|#0:Mlp|} : System.Exception;"),
        (
            "UAM002",
            "'Mlp' is derived from 'Exception', to which the generator cannot add: "
                + "remove the base class, because the generator writes what a trunk needs"));

    [Theory]
    [InlineData("")]
    [InlineData("public enum Mine { A, B }")]
    [InlineData("[Binary] public enum Digit;")]
    public Task UAM003NoTask(string tasks) => Verify.RuleAsync(
        Declaration.Of(head: """[Experiment("toy"), Dataset<Toy>] public static partial class {|#0:Study|}""", tasks: tasks),
        (
            "UAM003",
            "'Study' has no task: declare a nested enum with one member for each task and [Binary], "
                + "[Classification(k)] or [Regression] on it"));

    [Fact]
    public Task UAM004ATaskOfTwoEnums() => Verify.RuleAsync(
        Declaration.Of(tasks: "[Binary] public enum A { One } [Regression] public enum B { {|#0:One|} }"),
        ("UAM004", "Task 'One' is declared twice: in 'A' and in 'B'; rename one"));

    [Fact]
    public Task UAM004TwoTasksOfOneValue() => Verify.RuleAsync(
        Declaration.Of(tasks: "[Binary] public enum A { One = 1, {|#0:Two|} = 1 }"),
        ("UAM004", "Task 'Two' is declared twice: it has the value of 'One'; remove one"));

    [Fact]
    public Task UAM005NoVariant() => Verify.RuleAsync(
        Declaration.Of(
            head: """[Experiment("toy"), Dataset<Toy>] public static partial class {|#0:Study|}""",
            variants: "public class Mine; public partial class Helper { public int Number; }"),
        ("UAM005", "'Study' has no variant: declare nested classes such as '[HardSharing] public partial class Mtl;'"));

    [Theory]
    [InlineData("Baseline")]
    [InlineData("Proposed")]
    public Task UAM006TwoOfARole(string role) => Verify.RuleAsync(
        Declaration.Of(variants: $"[{role}, HardSharing] public partial class A; [HardSharing, {{|#0:{role}|}}] public partial class B;"),
        ("UAM006", $"'B' is marked [{role}], but so is 'A': keep one"));

    [Fact]
    public Task UAM014NoTrunk() => Verify.RuleAsync(
        Declaration.Of(head: """[Experiment("toy"), Dataset<Toy>] public static partial class {|#0:Study|}""", trunks: ""),
        ("UAM014", "'Study' has no network: declare a nested class with [Input(…)] and its layers"));

    [Fact]
    public Task UAM016NoDataset() => Verify.RuleAsync(
        Declaration.Of(head: """[Experiment("toy")] public static partial class {|#0:Study|}"""),
        (
            "UAM016",
            "'Study' has no data set: add [Table(\"file.csv\")], [ImageFolder(\"folder\")], or [Dataset<T>] with a class that implements "
                + "UAmtfl.Data.IDataset"));

    [Theory]
    [InlineData("Toy")]
    [InlineData("1-toy")]
    [InlineData("toy_2")]
    [InlineData("toy-")]
    [InlineData("toy:two")]
    [InlineData("")]
    public Task UAM017ANameThatIsNotForTheCommandLine(string name) => Verify.RuleAsync(
        Declaration.Of(head: $$"""[Experiment({|#0:"{{name}}"|}), Dataset<Toy>] public static partial class Study"""),
        ("UAM017", $"'{name}' is not a name for the command line: use lower-case letters, digits and hyphens, starting with a letter"));

    [Theory]
    [InlineData("Values")]
    [InlineData("Outputs")]
    [InlineData("GetType")]
    public Task UAM018AReservedTask(string name) => Verify.RuleAsync(
        Declaration.Of(tasks: $"[Binary] public enum Digit {{ One, {{|#0:{name}|}} }}"),
        ("UAM018", $"'{name}' is a name that generated code uses: choose another name for this task"));

    [Theory]
    [InlineData("public class {|#0:Outputs|};", "Outputs", "nested type")]
    [InlineData("public static int {|#0:Descriptor|} => 1;", "Descriptor", "member")]
    public Task UAM018AReservedMember(string other, string name, string kind) => Verify.RuleAsync(
        Declaration.Of(other: other),
        ("UAM018", $"'{name}' is a name that generated code uses: choose another name for this {kind}"));

    [Theory]
    [InlineData("[HardSharing] public partial class {|#0:Network|};", "Network", "variant")]
    [InlineData("[HardSharing] public partial class Mtl { public int {|#0:Predict|}; }", "Predict", "member of a variant")]
    [InlineData(
        "[HardSharing] public partial class Mtl; [HardSharing] public partial class {|#0:MTL|};",
        "MTL",
        "class; its file would be that of 'Mtl' where the case of letters does not count")]
    public Task UAM018AReservedVariant(string variants, string name, string kind) => Verify.RuleAsync(
        Declaration.Of(variants: variants),
        ("UAM018", $"'{name}' is a name that generated code uses: choose another name for this {kind}"));

    [Fact]
    public Task UAM018ATrunkNamedAsItsLayer() => Verify.RuleAsync(
        Declaration.Of(trunks: "[Input(4), Linear(8)] public partial class {|#0:Linear1|};"),
        ("UAM018", "'Linear1' is a name that generated code uses: choose another name for this trunk"));

    [Fact]
    public Task UAM019ATaskWithoutKind() => Verify.RuleAsync(
        Declaration.Of(tasks: "public enum Task { [Binary] One, {|#0:Two|} }"),
        ("UAM019", "Task 'Two' has no kind: add [Binary], [Classification(k)] or [Regression] to it or to its enum"));

    [Fact]
    public Task UAM020ATaskOfTwoKinds() => Verify.RuleAsync(
        Declaration.Of(tasks: "public enum Task { [Binary, {|#0:Regression|}] One }"),
        ("UAM020", "'One' has the kinds [Binary] and [Regression]: keep one"));

    [Fact]
    public Task UAM020OneVsAllOnATask() => Verify.RuleAsync(
        Declaration.Of(tasks: "public enum Task { [Binary({|#0:OneVsAll = true|})] One }"),
        ("UAM020", "'One' has OneVsAll, which is a property of all tasks: put it on the enum"));

    [Fact]
    public Task UAM020OneVsAllWithAnotherKind() => Verify.RuleAsync(
        Declaration.Of(tasks: "[Binary({|#0:OneVsAll = true|})] public enum Task { One, [Regression] Two }"),
        ("UAM020", "'Two' is not binary, so the tasks are not one-vs-all: remove OneVsAll"));

    [Fact]
    public Task UAM024TwoExperimentsOfOneName() => Verify.RuleAsync(
        Declaration.Of() + Declaration.Body(head: """[Experiment({|#0:"toy"|}), Dataset<Toy>] public static partial class Twin"""),
        ("UAM024", "The experiment 'toy' is declared by 'Lab.Study' as well: give one another name"));
}
