using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Diagnostics;

/// <summary>What is said of networks: shapes that do not fit, and where.</summary>
public sealed class TrunkRuleTests
{
    [Theory]
    [InlineData("[Input(1, 28, 28), Conv2d(20, Kernel = 5), {|#0:Linear(500)|}]", "[Linear] does not fit its input of shape (20, 24, 24): it needs a row of features; add [Flatten] before it, which gives (11520)")]
    [InlineData("[Input(784), {|#0:Conv2d(20)|}, Flatten]", "[Conv2d] does not fit its input of shape (784): it needs an image (channels, height, width); put it before [Flatten] and [Linear]")]
    [InlineData("[Input(1, 4, 4), Flatten, {|#0:MaxPool2d(2)|}]", "[MaxPool2d] does not fit its input of shape (16): it needs an image (channels, height, width); put it before [Flatten] and [Linear]")]
    [InlineData("[Input(1, 4, 8), {|#0:Conv2d(20, Kernel = 5)|}, Flatten]", "[Conv2d] does not fit its input of shape (1, 4, 8): the kernel of 5×5 is larger than the image of 4×8; use Kernel = 4 or less, or Padding")]
    [InlineData("[Input(1, 2, 2), {|#0:Conv2d(20, Kernel = 5, Padding = 1)|}, Flatten]", "[Conv2d] does not fit its input of shape (1, 2, 2): the kernel of 5×5 is larger than the image of 4×4 with padding 1; use Kernel = 4 or less, or Padding")]
    [InlineData("[Input(1, 4, 4), {|#0:AvgPool2d(5)|}, Flatten]", "[AvgPool2d] does not fit its input of shape (1, 4, 4): the square of 5×5 is larger than the image of 4×4; use 4 or less")]
    [InlineData("[Input(100000, 100000, 1), {|#0:Flatten|}]", "[Flatten] does not fit its input of shape (100000, 100000, 1): its 10000000000 values are more than a layer can have; make the image smaller before it")]
    [InlineData("[Input(1, 4, 4), {|#0:Conv2d(1, Padding = 2000000000)|}, Flatten]", "[Conv2d] does not fit its input of shape (1, 4, 4): padding 2000000000 makes an image of 4000000004×4000000004; use less")]
    public Task UAM010_ALayerThatDoesNotFit(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(trunks: $"{attributes} public partial class Net;"),
        ("UAM010", message));

    [Theory]
    [InlineData("[Input(4), Linear({|#0:0|})]", "Linear's features is 0; it must be at least 1")]
    [InlineData("[Input(1, 8, 8), Conv2d(4, {|#0:Kernel = -3|}), Flatten]", "Conv2d's Kernel is -3; it must be at least 1")]
    [InlineData("[Input(1, 8, 8), Conv2d(4, {|#0:Stride = 0|}), Flatten]", "Conv2d's Stride is 0; it must be at least 1")]
    [InlineData("[Input(1, 8, 8), MaxPool2d({|#0:0|}), Flatten]", "MaxPool2d's kernel is 0; it must be at least 1")]
    [InlineData("[Input(4), Linear(4), Dropout({|#0:1|})]", "Dropout's probability is 1; it must be at least 0 and below 1")]
    [InlineData("[Input(4), Trunk<Perceptron>({|#0:0|})]", "Trunk's features is 0; it must be at least 1")]
    public Task UAM011_ANumberOutOfRange(string attributes, string message) => Verify.RuleAsync(
        Declaration.Of(trunks: $"{attributes} public partial class Net;"),
        ("UAM011", message));

    [Theory]
    [InlineData("[Linear(4)] public partial class {|#0:Net|};", "has no input: add [Input(features)] or [Input(channels, height, width)] before its layers")]
    [InlineData("[{|#0:Input(1, 4, 4)|}] public partial class Net;", "ends in an image of shape (1, 4, 4): add [Flatten] at the end")]
    [InlineData("[{|#0:Input(4, 4)|}, Flatten] public partial class Net;", "has an input of shape (4, 4): give one size (features) or three (channels, height, width), each at least 1")]
    [InlineData("[{|#0:Input(0)|}, Linear(4)] public partial class Net;", "has an input of shape (0): give one size (features) or three (channels, height, width), each at least 1")]
    [InlineData("[{|#0:Input|}, Linear(4)] public partial class Net;", "has an input of shape (): give one size (features) or three (channels, height, width), each at least 1")]
    [InlineData("[Input(1, 8, 8), Conv2d(4), {|#0:ReLU|}] public partial class Net;", "ends in an image of shape (4, 6, 6): add [Flatten] at the end")]
    [InlineData("[Input(4), Trunk<Perceptron>(4), {|#0:ReLU|}] public partial class Net;", "is hand-written by [Trunk<…>] and has the layer [ReLU] as well: keep one of the two")]
    [InlineData("[Input(4), Linear(4), {|#0:HardSharing|}] public partial class Net;", "has [HardSharing], which belongs on a variant: declare the variant as a class of its own")]
    public Task UAM015_ATrunkThatIsNone(string trunk, string message) => Verify.RuleAsync(
        Declaration.Of(trunks: trunk),
        ("UAM015", $"Trunk 'Net' {message}"));
}
