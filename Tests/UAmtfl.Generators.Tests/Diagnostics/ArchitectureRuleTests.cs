using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>The rule about architectures, marks and heads that do not fit their network or their data.</summary>
public sealed class ArchitectureRuleTests
{
    [Theory]
    [InlineData(
        "Input(4), Linear(3), {|#0:Heads|}, ReLU", "HardSharing", "[Heads]",
        "no layer with parameters follows it, so that heads are linear without it; leave it out, or add layers after it")]
    [InlineData(
        "Input(4), Linear(3), Heads, Linear(2), {|#0:Split|}, Linear(2)", "HardSharing", "[Split]",
        "it stands after [Heads], where each task has all layers for itself; leave it out")]
    [InlineData(
        "Input(4), Linear(3), Heads, Linear(2)", "{|#0:Amtfl|}", "[Amtfl]",
        "it rebuilds what the linear outputs of all tasks take, and [Heads] gives each task layers of its own; leave [Heads] out")]
    public Task UAM043HeadsThatDoNotFit(string attributes, string sharing, string name, string why) => Verify.RuleAsync(
        Declaration.Of(trunks: $"[{attributes}] public partial class Net;", variants: $"[{sharing}] public partial class Mtl;"),
        ("UAM043", $"{name} on 'Net' does not fit: {why}"));

    [Theory]
    [InlineData("Input(4), Linear(3), {|#0:Split|}, ReLU", "the end")]
    [InlineData("Input(4), Mlp(3, 3), {|#0:Split|}, Tanh", "the end")]
    [InlineData("Input(4), {|#0:Split|}, Tanh, Split, Linear(3)", "the next one")]
    public Task UAM043AMarkThatSplitsNothing(string attributes, string upTo) => Verify.RuleAsync(
        Declaration.Of(trunks: $"[{attributes}] public partial class Net;"),
        ("UAM043", $"[Split] on 'Net' does not fit: no layer with parameters stands between it and {upTo}, "
            + "so that nothing is there to split; move it or leave it out"));

    [Fact]
    public Task UAM043MoreSelectedThanThereAre() => Verify.RuleAsync(
        Declaration.Of(variants: "[DSelectK(3, {|#0:K = 4|})] public partial class Mtl;"),
        ("UAM043", "[DSelectK] does not fit: it selects 4 of 3 experts; lower K, or add experts"));

    [Fact]
    public Task UAM043BranchesOfTasksWithoutCommonRows() => Verify.RuleAsync(
        Declaration.Of(
            head: """[Experiment("toy"), Dataset<Rows>] public static partial class Study""",
            variants: "[{|#0:FullyAdaptive|}] public partial class Mtl;"),
        ("UAM043", "[FullyAdaptive] does not fit: it compares tasks on the rows that have labels of both, but each row of this data set "
            + "is of one task; use an architecture that needs no such rows"));

    [Fact]
    public Task UAM043AMarkOnAHandWrittenNetwork() => Verify.RuleAsync(
        Declaration.Of(trunks: "[Input(4), Trunk<Perceptron>(4), {|#0:Split|}] public partial class Net;"),
        ("UAM043", "[Split] on 'Net' does not fit: it is written by hand and has no layers to part; leave it out"));

    [Theory]
    [InlineData("Input(4), Linear(5), Tanh, Linear(6)", "5 features", "(5)")]
    [InlineData("Input(1, 8, 8), Conv2d(3), MaxPool2d(2), Flatten, Linear(6)", "3 channels", "(3, 3, 3)")]
    public Task UAM043SubspacesOfUnequalSize(string layers, string what, string shape) => Verify.RuleAsync(
        Declaration.Of(trunks: $"[{layers}] public partial class Net;", variants: "[{|#0:Sluice|}] public partial class Mtl;"),
        (
            "UAM043",
            $"[Sluice] on 'Net' does not fit: 2 subspaces of equal size cannot be made of the {what} of a stretch that gives {shape}; "
                + "use a divisor as Subspaces"));

    [Theory]
    [InlineData(
        "Input(4), Trunk<Perceptron>(4)", "Mmoe(2)", "[Mmoe]",
        "it is written by hand, and what has no declared layers cannot be copied in pieces; declare its layers")]
    [InlineData(
        "Input(4), Trunk<Perceptron>(4)", "SoftSharing(1)", "[SoftSharing]",
        "it is written by hand, and what has no declared layers cannot be copied in pieces; declare its layers")]
    [InlineData(
        "Input(4), Tanh", "CrossStitch", "[CrossStitch]",
        "it has no layer with parameters, so that copies of it would be equal; give it one")]
    [InlineData(
        "Input(4), Linear(3)", "Ple", "[Ple]",
        "its levels are the stretches between marks, and the network has none; put [Split] before each level, or use [Cgc]")]
    public Task UAM043AnArchitectureWithoutStretches(string attributes, string architecture, string name, string why) => Verify.RuleAsync(
        Declaration.Of(
            trunks: $"[{attributes}] public partial class Net;", variants: $"[{{|#0:{architecture}|}}] public partial class Mtl;"),
        ("UAM043", $"{name} on 'Net' does not fit: {why}"));
}
