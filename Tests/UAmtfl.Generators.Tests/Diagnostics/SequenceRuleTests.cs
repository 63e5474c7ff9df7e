using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>The rules about layers of sequences and of indices.</summary>
public sealed class SequenceRuleTests
{
    [Theory]
    [InlineData(
        "[Input(4, 9), {|#0:Conv2d(20)|}, Flatten]",
        "[Conv2d] does not fit its input of shape (4, 9): it needs an image (channels, height, width), and this is a sequence "
            + "(channels, length); use a layer of sequences, such as [Conv1d]")]
    [InlineData(
        "[Input(4, 9, 9), {|#0:Conv1d(20)|}, Flatten]",
        "[Conv1d] does not fit its input of shape (4, 9, 9): it needs a sequence (channels, length), and this is an image; "
            + "use a layer of images, such as [Conv2d]")]
    [InlineData(
        "[Input(9), Linear(20), {|#0:Gru(4)|}]",
        "[Gru] does not fit its input of shape (20): it needs a sequence (channels, length), and this is a row; "
            + "put it before what makes a row of a sequence, or declare [Input(channels, length)]")]
    [InlineData(
        "[Input(4, 9), {|#0:Conv1d(20, Kernel = 6, Dilation = 2)|}, Flatten]",
        "[Conv1d] does not fit its input of shape (4, 9): the kernel of 6, which with dilation 2 spans 11, is larger than the "
            + "sequence of 9; use Kernel = 5 or less, or Padding")]
    [InlineData(
        "[Input(4, 9), {|#0:Conv1d(20, Padding = 3)|}, Flatten]",
        "[Conv1d] does not fit its input of shape (4, 9): padding 3 is not less than the 3 values that the kernel spans, so that it would "
            + "see nothing but zeros at the ends; use 2 or less")]
    [InlineData(
        "[Input(4, 3), {|#0:MaxPool1d(4)|}, Flatten]",
        "[MaxPool1d] does not fit its input of shape (4, 3): the piece of 4 is longer than the sequence of 3; use 3 or less")]
    [InlineData(
        "[Input(4, 3), {|#0:AvgPool1d(3, Padding = 2)|}, Flatten]",
        "[AvgPool1d] does not fit its input of shape (4, 3): padding 2 is more than half of the piece of 3; use 1 or less")]
    [InlineData(
        "[Input(4, 3), {|#0:Linear(3)|}]",
        "[Linear] does not fit its input of shape (4, 3): it needs a row of features; add [Flatten] before it, which gives (12)")]
    [InlineData(
        "[Input(4, 3), {|#0:LayerNorm|}, Flatten]",
        "[LayerNorm] does not fit its input of shape (4, 3): it needs a row of features; "
            + "[GroupNorm(1)] normalises a sequence over all channels and its length")]
    [InlineData(
        "[Input(9), Linear(4), {|#0:Embedding(5, 3)|}, Flatten]",
        "[Embedding] does not fit its input of shape (4): its inputs are whole numbers, as only those of the network can be; "
            + "put it first")]
    [InlineData(
        "[Input(9), Linear(4), Heads, {|#0:Embedding(5, 3)|}, Flatten, Linear(3)]",
        "[Embedding] does not fit its input of shape (4): its inputs are whole numbers, as only those of the network can be; "
            + "put it first")]
    [InlineData(
        "[Input(2, 9), {|#0:Embedding(5, 3)|}, Flatten]",
        "[Embedding] does not fit its input of shape (2, 9): it needs rows of whole numbers; declare [Input(length)] before it")]
    public Task UAM010ALayerThatDoesNotFitASequence(string layers, string message) => Verify.RuleAsync(
        Declaration.Of(trunks: $"{layers} public partial class Net;"),
        ("UAM010", message));

    [Theory]
    [InlineData("Mmoe(2)")]
    [InlineData("Ple")]
    public Task GatesReadNoIndices(string architecture) => Verify.RuleAsync(
        Declaration.Of(
            trunks: "[Input(9), Split, Embedding(5, 3), Flatten, Linear(3)] public partial class Net;",
            variants: $"[{{|#0:{architecture}|}}] public partial class Mixed;"),
        ("UAM043", $"[{architecture.Split('(')[0]}] on 'Net' does not fit: "
            + "its gates read the input of the experts, which would be indices; put [Split] behind [Embedding]"));
}
