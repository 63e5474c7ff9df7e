using UAmtfl.CodeFixes;
using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.CodeFixes;

/// <summary>The code fix of UAM010 inserts the missing [Flatten] in the style of the attributes around it.</summary>
public sealed class FlattenFixTests
{
    [Theory]
    [InlineData("[Input(1, 28, 28)]\n    [{|UAM010:Linear(500)|}, ReLU]", "[Input(1, 28, 28)]\n    [Flatten, Linear(500), ReLU]")]
    [InlineData("[Input(1, 28, 28), ReLU, {|UAM010:Linear(500)|}]", "[Input(1, 28, 28), ReLU, Flatten, Linear(500)]")]
    [InlineData(
        "[Input(1, 28, 28)]\n    // why\n    [{|UAM010:Linear(500)|}]   // 500\n    [ReLU]",
        "[Input(1, 28, 28)]\n    // why\n    [Flatten]\n    [Linear(500)]   // 500\n    [ReLU]")]
    [InlineData("[Input(1, 28, 28)] [{|UAM010:Linear(500)|}]", "[Input(1, 28, 28)] [Flatten] [Linear(500)]")]
    [InlineData(
        "[Input(1, 28, 28)] [UAmtfl.Layers.ReLU, {|UAM010:UAmtfl.Layers.Linear(500)|}]",
        "[Input(1, 28, 28)] [UAmtfl.Layers.ReLU, UAmtfl.Layers.Flatten, UAmtfl.Layers.Linear(500)]")]
    public Task BeforeALinearLayerOnAnImage(string before, string after) => CheckAsync(before, after);

    [Theory]
    [InlineData("[Input(1, 28, 28)]\n    [Conv2d(8), {|UAM015:ReLU|}]", "[Input(1, 28, 28)]\n    [Conv2d(8), ReLU, Flatten]")]
    [InlineData(
        "[Input(1, 28, 28)]\n    [Conv2d(8)]\n    [{|UAM015:ReLU|}]", "[Input(1, 28, 28)]\n    [Conv2d(8)]\n    [ReLU]\n    [Flatten]")]
    [InlineData("[Input(1, 28, 28)] [{|UAM015:Conv2d(8)|}]", "[Input(1, 28, 28)] [Conv2d(8)] [Flatten]")]
    public Task AfterTheLastLayerOnAnImage(string before, string after) => CheckAsync(before, after);

    [Theory]
    [InlineData("[Input(784), {|UAM010:Conv2d(8)|}]")]
    [InlineData("[{|UAM015:Input(4, 4, 4, 4)|}, Flatten]")]
    public Task NotWhereItWouldNotHelp(string trunk) => CheckAsync(trunk, trunk);

    private static Task CheckAsync(string before, string after) => Verify.FixAsync<FlattenFix>(
        Declaration.Of(trunks: before + "\n    public partial class Net;"),
        Declaration.Of(trunks: after + "\n    public partial class Net;"));
}
