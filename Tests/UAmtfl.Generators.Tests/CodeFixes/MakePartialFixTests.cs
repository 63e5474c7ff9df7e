using UAmtfl.CodeFixes;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.CodeFixes;

/// <summary>The code fix of UAM001 makes the class partial and changes nothing else.</summary>
public sealed class MakePartialFixTests
{
    [Fact]
    public Task TheExperimentBecomesPartial() => Verify.FixAsync<MakePartialFix>(
        Declaration.Of(head: """
            /// <summary>Kept.</summary>
            [Experiment("toy"), Dataset<Toy>]
            public static /* kept */ class {|UAM001:Study|}
            """),
        Declaration.Of(head: """
            /// <summary>Kept.</summary>
            [Experiment("toy"), Dataset<Toy>]
            public static /* kept */ partial class Study
            """));

    [Fact]
    public Task AClassWithoutModifiersBecomesPartial() => Verify.FixAsync<MakePartialFix>(
        Declaration.Of(variants: "[HardSharing]\n    class {|UAM001:Mtl|};"),
        Declaration.Of(variants: "[HardSharing]\n    partial class Mtl;"));

    [Fact]
    public Task EachTypeAroundItBecomesPartialAtOnce() => Verify.FixAsync<MakePartialFix>(
        Declaration.Prelude + "public readonly struct {|UAM001:Outer|} { " + Declaration.Body(
            head: """[Experiment("toy"), Dataset<Toy>] public static class {|UAM001:Study|}""",
            variants: "[HardSharing] public class {|UAM001:Mtl|}; [Amtfl] public class {|UAM001:Feedback|};") + "}",
        Declaration.Prelude + "public readonly partial struct Outer { " + Declaration.Body(
            head: """[Experiment("toy"), Dataset<Toy>] public static partial class Study""",
            variants: "[HardSharing] public partial class Mtl; [Amtfl] public partial class Feedback;") + "}");
}
