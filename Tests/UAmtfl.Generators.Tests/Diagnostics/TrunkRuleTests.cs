using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>Rules about networks: shapes that do not fit are reported, each at its layer.</summary>
public sealed class TrunkRuleTests
{
    [Theory]
    [InlineData(
        "[Input(1, 28, 28), Conv2d(20, Kernel = 5), {|#0:Linear(500)|}]",
        "[Linear] does not fit its input of shape (20, 24, 24): it needs a row of features; add [Flatten] before it, which gives (11520)")]
    [InlineData(
        "[Input(784), {|#0:Conv2d(20)|}, Flatten]",
        "[Conv2d] does not fit its input of shape (784): it needs an image (channels, height, width); "
            + "put it before [Flatten] and [Linear]")]
    [InlineData(
        "[Input(1, 4, 4), Flatten, {|#0:MaxPool2d(2)|}]",
        "[MaxPool2d] does not fit its input of shape (16): it needs an image (channels, height, width); "
            + "put it before [Flatten] and [Linear]")]
    [InlineData(
        "[Input(1, 4, 8), {|#0:Conv2d(20, Kernel = 5)|}, Flatten]",
        "[Conv2d] does not fit its input of shape (1, 4, 8): the kernel of 5×5 is larger than the image of 4×8; "
            + "use Kernel = 4 or less, or Padding")]
    [InlineData(
        "[Input(1, 2, 2), {|#0:Conv2d(20, Kernel = 5, Padding = 1)|}, Flatten]",
        "[Conv2d] does not fit its input of shape (1, 2, 2): the kernel of 5×5 is larger than the image of 4×4 with padding 1; "
            + "use Kernel = 4 or less, or Padding")]
    [InlineData(
        "[Input(1, 4, 4), {|#0:AvgPool2d(5)|}, Flatten]",
        "[AvgPool2d] does not fit its input of shape (1, 4, 4): the square of 5×5 is larger than the image of 4×4; use 4 or less")]
    [InlineData(
        "[Input(1, 4, 8), {|#0:Conv2d(20, Dilation = 2)|}, Flatten]",
        "[Conv2d] does not fit its input of shape (1, 4, 8): the kernel of 3×3, which with dilation 2 spans 5×5, is larger than the "
            + "image of 4×8; use Kernel = 2 or less, or Padding")]
    [InlineData(
        "[Input(6, 4, 8), {|#0:Conv2d(20, Groups = 3)|}, Flatten]",
        "[Conv2d] does not fit its input of shape (6, 4, 8): 3 groups do not divide both 6 input and 20 output channels; "
            + "use a common divisor")]
    [InlineData(
        "[Input(1, 4, 4), {|#0:MaxPool2d(3, Padding = 2)|}, Flatten]",
        "[MaxPool2d] does not fit its input of shape (1, 4, 4): padding 2 is more than half of the square of 3×3; use 1 or less")]
    [InlineData(
        "[Input(1, 2, 4), {|#0:MaxPool2d(5, Padding = 1)|}, Flatten]",
        "[MaxPool2d] does not fit its input of shape (1, 2, 4): the square of 5×5 is larger than the image of 2×4 with padding 1; "
            + "use 2 or less")]
    [InlineData(
        "[Input(8), {|#0:BeginResidual|}, Linear(8)]",
        "[BeginResidual] does not fit its input of shape (8): no [EndResidual] follows it among the layers of the trunk, or of the heads; "
            + "add one")]
    [InlineData(
        "[Input(8), BeginResidual, Linear(8), EndResidual, Linear(6), {|#0:EndResidual|}]",
        "[EndResidual] does not fit its input of shape (6): no [BeginResidual] stands before it; "
            + "add one before the layers that it is for")]
    [InlineData(
        "[Input(8), Linear(7), BeginResidual, Linear(8), Tanh, Linear(6), {|#0:EndResidual|}]",
        "[EndResidual] does not fit its input of shape (6): the input of the stretch, which is added to it, has the shape (7); "
            + "let its layers keep the shape")]
    [InlineData(
        "[Input(8), Linear(7), {|#0:BeginResidual|}, Tanh, EndResidual]",
        "[BeginResidual] does not fit its input of shape (7): no layer with parameters stands between it and [EndResidual]; "
            + "add one, or leave both out")]
    [InlineData(
        "[Input(8), BeginResidual, Linear(8), {|#0:BeginResidual|}, Linear(8), EndResidual]",
        "[BeginResidual] does not fit its input of shape (8): it stands inside another residual stretch; end that one before it")]
    [InlineData(
        "[Input(8), BeginResidual, Linear(8), {|#0:Split|}, Linear(8), EndResidual]",
        "[Split] does not fit its input of shape (8): it stands inside a residual stretch, which is copied as one layer; "
            + "move it before or behind the stretch")]
    [InlineData(
        "[Input(4), {|#0:GlobalAvgPool|}]",
        "[GlobalAvgPool] does not fit its input of shape (4): it needs an image (channels, height, width); "
            + "put it before [Flatten] and [Linear]")]
    [InlineData(
        "[Input(1, 4, 6), {|#0:AdaptiveAvgPool2d(5)|}, Flatten]",
        "[AdaptiveAvgPool2d] does not fit its input of shape (1, 4, 6): the output of 5×5 is larger than the image of 4×6; "
            + "use 4 or less")]
    [InlineData(
        "[Input(6, 4, 4), {|#0:GroupNorm(4)|}, Flatten]",
        "[GroupNorm] does not fit its input of shape (6, 4, 4): 4 groups of equal size cannot be made of 6 channels; "
            + "use a divisor of 6")]
    [InlineData(
        "[Input(3), {|#0:GroupNorm(2)|}]",
        "[GroupNorm] does not fit its input of shape (3): 2 groups of equal size cannot be made of 3 features; use a divisor of 3")]
    [InlineData(
        "[Input(4), {|#0:BasicBlock(4)|}]",
        "[BasicBlock] does not fit its input of shape (4): it needs an image (channels, height, width); "
            + "put it before [Flatten] and [Linear]")]
    [InlineData(
        "[Input(4), {|#0:ResNet50|}]",
        "[ResNet50] does not fit its input of shape (4): it needs an image (channels, height, width); "
            + "put it before [Flatten] and [Linear]")]
    [InlineData(
        "[Input(1, 13, 16), {|#0:LeNet5|}]",
        "[LeNet5] does not fit its input of shape (1, 13, 16): with padding the image must have at least 16×16 pixels; "
            + "use Padding = 2")]
    [InlineData(
        "[Input(1, 28, 28), {|#0:Mlp(10)|}]",
        "[Mlp] does not fit its input of shape (1, 28, 28): it needs a row of features; add [Flatten] before it, which gives (784)")]
    [InlineData(
        "[Input(4), {|#0:Mlp|}]",
        "[Mlp] does not fit its input of shape (4): it has no layer; give the width of each, as in [Mlp(500, 500)]")]
    [InlineData(
        "[Input(3), {|#0:GroupNorm(3)|}]",
        "[GroupNorm] does not fit its input of shape (3): a group of one value is normalised to 0; use fewer groups")]
    [InlineData(
        "[Input(1), {|#0:LayerNorm|}]",
        "[LayerNorm] does not fit its input of shape (1): a row of one value is normalised to 0; leave it out")]
    [InlineData(
        "[Input(3, 4, 4), {|#0:LayerNorm|}, Flatten]",
        "[LayerNorm] does not fit its input of shape (3, 4, 4): it needs a row of features; "
            + "[GroupNorm(1)] normalises an image over all channels and pixels")]
    [InlineData(
        "[Input(1, 4, 4), {|#0:Conv2d(1, Padding = 2000000000)|}, Flatten]",
        "[Conv2d] does not fit its input of shape (1, 4, 4): padding 2000000000 makes an image of 4000000004×4000000004; use less")]
    [InlineData(
        "[Input(4), {|#0:RandomFlip|}]",
        "[RandomFlip] does not fit its input of shape (4): it needs an image (channels, height, width); "
            + "put it before [Flatten] and [Linear]")]
    [InlineData(
        "[Input(1, 4, 5), {|#0:RandomCrop|}, Flatten]",
        "[RandomCrop] does not fit its input of shape (1, 4, 5): a shift by 4 pixels would leave nothing of an image; use less than 4")]
    [InlineData(
        "[Input(1, 8, 8), RandomFlip, ReLU, {|#0:RandomCrop|}, Flatten]",
        "[RandomCrop] does not fit its input of shape (1, 8, 8): it changes the images that all tasks see; "
            + "put it directly after [Input], before marks and other layers")]
    [InlineData(
        "[Input(1, 8, 8), Split, {|#0:RandomFlip|}, Conv2d(2), Flatten]",
        "[RandomFlip] does not fit its input of shape (1, 8, 8): it changes the images that all tasks see; "
            + "put it directly after [Input], before marks and other layers")]
    [InlineData(
        "[Input(1, 8, 8), BeginResidual, {|#0:RandomFlip|}, Conv2d(1, Padding = 1), EndResidual, Flatten]",
        "[RandomFlip] does not fit its input of shape (1, 8, 8): it changes the images that all tasks see; "
            + "put it directly after [Input], before marks and other layers")]
    public Task UAM010ALayerThatDoesNotFit(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(trunks: $"{attributes} public partial class Net;"),
        ("UAM010", message));

    [Theory]
    [InlineData("[Input(4), Mlp({|#0:8|}, 0)]", "Mlp's widths is 0; it must be at least 1")]
    [InlineData("[Input(4), Linear({|#0:0|})]", "Linear's features is 0; it must be at least 1")]
    [InlineData("[Input(1, 8, 8), Conv2d(4, {|#0:Kernel = -3|}), Flatten]", "Conv2d's Kernel is -3; it must be at least 1")]
    [InlineData("[Input(1, 8, 8), Conv2d(4, {|#0:Stride = 0|}), Flatten]", "Conv2d's Stride is 0; it must be at least 1")]
    [InlineData("[Input(1, 8, 8), MaxPool2d({|#0:0|}), Flatten]", "MaxPool2d's kernel is 0; it must be at least 1")]
    [InlineData("[Input(4), Linear(4), Dropout({|#0:1|})]", "Dropout's probability is 1; it must be above 0 and below 1")]
    [InlineData("[Input(4), Trunk<Perceptron>({|#0:0|})]", "Trunk's features is 0; it must be at least 1")]
    public Task UAM011ANumberOutOfRange(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(trunks: $"{attributes} public partial class Net;"),
        ("UAM011", message));

    [Theory]
    [InlineData(
        "[Linear(4)] public partial class {|#0:Net|};",
        "has no input: add [Input(features)], [Input(channels, length)] or [Input(channels, height, width)] before its layers")]
    [InlineData("[{|#0:Input(1, 4, 4)|}] public partial class Net;", "ends in an image of shape (1, 4, 4): add [Flatten] at the end")]
    [InlineData(
        "[{|#0:Input(4, 4, 4, 4)|}, Flatten] public partial class Net;",
        "has an input of shape (4, 4, 4, 4): give one size (features), two (channels, length) or three (channels, height, width), each at "
            + "least 1; other shapes are for a hand-written [Trunk<T>(features)]")]
    [InlineData(
        "[{|#0:Input(0)|}, Linear(4)] public partial class Net;",
        "has an input of shape (0): give one size (features), two (channels, length) or three (channels, height, width), each at least 1; "
            + "other shapes are for a hand-written [Trunk<T>(features)]")]
    [InlineData(
        "[{|#0:Input|}, Linear(4)] public partial class Net;",
        "has an input of shape (): give one size (features), two (channels, length) or three (channels, height, width), each at least 1; "
            + "other shapes are for a hand-written [Trunk<T>(features)]")]
    [InlineData(
        "[{|#0:Input(10, 0)|}, Trunk<Perceptron>(4)] public partial class Net;",
        "has an input of shape (10, 0): give the sizes of one sample as the module takes it, each at least 1")]
    [InlineData(
        "[{|#0:Input|}, Trunk<Perceptron>(4)] public partial class Net;",
        "has an input of shape (): give the sizes of one sample as the module takes it, each at least 1")]
    [InlineData(
        "[Input(1, 8, 8), Conv2d(4), {|#0:ReLU|}] public partial class Net;",
        "ends in an image of shape (4, 6, 6): add [Flatten] at the end")]
    [InlineData(
        "[Input(4), Trunk<Perceptron>(4), {|#0:ReLU|}] public partial class Net;",
        "is hand-written by [Trunk<…>] and has the layer [ReLU] as well: keep one of the two")]
    public Task UAM015ATrunkThatIsNone(string trunk, string message) => Verify.RuleAsync(
        Declaration.Of(trunks: trunk),
        ("UAM015", $"Trunk 'Net' {message}"));

    /// <summary>A hand-written module may take inputs of any shape, because the generator cannot know which it accepts.</summary>
    [Theory]
    [InlineData("10, 3")]
    [InlineData("2, 3, 4, 5")]
    public Task AHandWrittenNetworkTakesAnyShape(string shape) =>
        Verify.RuleAsync(Declaration.Of(trunks: $"[Input({shape}), Trunk<Perceptron>(4)] public partial class Net;"));

    [Theory]
    [InlineData("[Input(4), {|#0:Flatten|}, Linear(3)]", 4)]
    [InlineData("[Input(1, 2, 3), Flatten, {|#0:Flatten|}]", 6)]
    [InlineData("[Input(4), Linear(3), {|#0:Flatten|}]", 3)]
    public Task UAM021RowsAreFlatAlready(string attributes, int features) => Verify.RuleAsync(
        Declaration.Of(trunks: $"{attributes} public partial class Net;"),
        ("UAM021", $"[Flatten] has no effect here: its input of shape ({features}) is a row of numbers already; leave it out"));

    [Fact]
    public Task UAM011ADropoutThatDropsNothing() => Verify.RuleAsync(
        Declaration.Of(trunks: "[Input(4), Linear(3), Dropout({|#0:0|})] public partial class Net;"),
        ("UAM011", "Dropout's probability is 0; it must be above 0 and below 1"));

    [Theory]
    [InlineData("[HardSharing, Network(nameof(Used))] public partial class Mtl;")]
    [InlineData("[LinearModel] public partial class Ols;")]
    public Task UAM039ANetworkThatNoVariantUses(string variants) => Verify.RuleAsync(
        Declaration.Of(
            tasks: "[Regression] public enum Task { A, B }",
            trunks: "[Input(4)] public partial class Used; [Input(4), Linear(3)] public partial class {|#0:Idle|};",
            variants: variants),
        ("UAM039", "No variant uses the network 'Idle': name it with [Network(nameof(Idle))] on one, or remove it"));
}
