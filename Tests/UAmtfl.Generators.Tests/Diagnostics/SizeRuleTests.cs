using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>The rule about tensors that no machine holds.</summary>
public sealed class SizeRuleTests
{
    [Theory]
    [InlineData("[{|#0:Input(100000, 100000, 1)|}, Flatten]", "An input of 'Net'", "10000000000", "use smaller sizes")]
    [InlineData(
        "[{|#0:Input(2147483647, 2147483647, 2147483647, 2147483647)|}, Trunk<Perceptron>(4)]",
        "An input of 'Net'",
        "21267647892944572736998860269687930881",
        "use smaller sizes")]
    [InlineData("[Input(2), Linear({|#0:2147483647|})]", "The weights of [Linear]", "4294967294", "use fewer features")]
    [InlineData(
        "[Input(100000), Linear(1000), Linear(16), Linear({|#0:features: 200000000|})]",
        "The weights of [Linear]",
        "3200000000",
        "use fewer features")]
    [InlineData(
        "[Input(2, 50000, 20000), Conv2d({|#0:1100000|}, Kernel = 40, Stride = 50000), Flatten]",
        "The weights of [Conv2d]",
        "3520000000",
        "use fewer channels")]
    [InlineData(
        "[Input(1, 4000, 4000), Conv2d({|#0:200|}, Kernel = 1), Flatten]",
        "The output for one sample of [Conv2d]",
        "3200000000",
        "use fewer channels, or a larger stride")]
    [InlineData(
        "[Input(3, 8, 8), Conv2d(1, {|#0:Kernel = 1000000000|}, Padding = 500000000), Flatten]",
        "One patch of [Conv2d]",
        "3000000000000000000",
        "use a smaller kernel")]
    [InlineData(
        "[Input(1, 2000, 2000), Conv2d(4, {|#0:Kernel = 1000|}), Flatten]",
        "The patches of one sample of [Conv2d]",
        "1002001000000",
        "use a smaller kernel, or less padding")]
    public Task UAM038ATensorThatNoMachineHolds(string attributes, string tensor, string values, string advice) => Verify.RuleAsync(
        Declaration.Of(trunks: $"{attributes} public partial class Net;"),
        ("UAM038", $"{tensor} would have {values} values, and a tensor has at most 2147483647: {advice}"));

    [Theory]
    [InlineData("[Classification({|#0:2000000000|})] public enum Task { A, B, C }", "4000000000")]
    [InlineData("public enum Task { [Classification(2147483647)] A, [Classification({|#0:2|})] B }", "2147483649")]
    [InlineData("public enum Task { [Classification(2147483647)] A, [{|#0:Binary|}] B }", "2147483648")]
    public Task UAM038ClassesThatNoMachineHolds(string tasks, string values) => Verify.RuleAsync(
        Declaration.Of(tasks: tasks, variants: "[HardSharing] public partial class Mtl; [SingleTask] public partial class Stl;"),
        (
            "UAM038",
            $"One output of all tasks together would have {values} values, and a tensor has at most 2147483647: use fewer classes"));

    [Fact]
    public Task UAM038HeadsAndNetworksOfAllTasks() => Verify.RuleAsync(
        Declaration.Of(
            tasks: "public enum Task { [Classification(3000)] Species, [Classification(2)] Sex }",
            trunks: "[Input(1500), Linear(1000000)] public partial class Net;",
            variants: "[HardSharing] public partial class {|#0:Mtl|};"),
        (
            "UAM038",
            "The heads of 'Mtl' would have 3002000000 values, and a tensor has at most 2147483647: "
                + "give the network fewer features, or the tasks fewer classes"));

    [Theory]
    [InlineData("Nddr", "W of stretch 1", "90000000000")]
    [InlineData("Mtan", "masks of stretch 1", "30000000000")]
    [InlineData("CrossStitch(PerChannel = true)", "α of stretch 1", "9000000000", 300)]
    public Task UAM038WhatAnArchitectureAdds(string sharing, string what, string values, int tasks = 3) => Verify.RuleAsync(
        Declaration.Of(
            tasks: $"[Regression] public enum Task {{ {string.Join(", ", Enumerable.Range(0, tasks).Select(t => $"T{t}"))} }}",
            trunks: "[Input(4), Linear(100000)] public partial class Net;", variants: $"[{sharing}] public partial class {{|#0:Mtl|}};"),
        (
            "UAM038",
            $"The {what} of 'Mtl' would have {values} values, and a tensor has at most 2147483647: make the network smaller"));

    [Theory]
    [InlineData("Input(1000), Linear(1000000)", "Mmoe(3000)", "3000 experts", "3000000000000")]
    [InlineData("Input(4), Linear(1000), Heads, Linear(1000000)", "HardSharing", "3 tasks", "3000000000")]
    public Task UAM038CopiesOfALayer(string network, string sharing, string copies, string values) => Verify.RuleAsync(
        Declaration.Of(trunks: $"[{network}] public partial class Net;", variants: $"[{sharing}] public partial class {{|#0:Mtl|}};"),
        (
            "UAM038",
            $"The weights of [Linear], once for each of the {copies} of 'Mtl', would have {values} values, "
                + "and a tensor has at most 2147483647: make the network smaller"));

    [Fact]
    public Task UAM038ANetworkATask() => Verify.RuleAsync(
        Declaration.Of(
            trunks: "[Input(1000), Linear(1000000)] public partial class Net;",
            variants: "[SingleTask] public partial class {|#0:Stl|}; [HardSharing] public partial class Mtl;"),
        (
            "UAM038",
            "The weights of [Linear], once for each of the 3 tasks of 'Stl', would have 3000000000 values, "
                + "and a tensor has at most 2147483647: make the network smaller"));

    [Fact]
    public Task UAM038BasesOfASolver() => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Regression] public enum Task { A, B }",
            trunks: "[Input(4)] public partial class Raw;",
            variants: "[GoMtl({|#0:2000000000|})] public partial class Mtl;"),
        ("UAM038", "A matrix of [GoMtl] would have 8000000000 values, and a tensor has at most 2147483647: use fewer bases"));
}
