using UAmtfl.Generators.Emission;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>Expressions put together from others have the brackets that they need, and know what they need.</summary>
public sealed class CodeTests
{
    private static readonly Code A = "a", B = "b", C = "c";

    [Fact]
    public void ASumHasBracketsAsAFactor()
    {
        Assert.Equal("(a + b) * c", ((A + B) * C).Text);
        Assert.Equal("a * (b + c)", (A * (B + C)).Text);
    }

    [Fact]
    public void AProductHasBracketsInASum()
    {
        Assert.Equal("(a * b) + c", ((A * B) + C).Text);
        Assert.Equal("a + (b * c)", (A + (B * C)).Text);
        Assert.Equal("(a * b)", (A * B).AsTerm);
    }

    /// <summary>Floating point is not associative, so that the order of the operations has to stay.</summary>
    [Fact]
    public void TheOrderOfOperationsStays()
    {
        Assert.Equal("a * b * c", (A * B * C).Text);
        Assert.Equal("a * (b * c)", (A * (B * C)).Text);
        Assert.Equal("a + b + c", (A + B + C).Text);
        Assert.Equal("a + (b + c)", (A + (B + C)).Text);
    }

    [Fact]
    public void AMemberIsOneOfTheWholeExpression()
    {
        Assert.Equal("(a + b).sum()", (A + B).Member("sum()").Text);
        Assert.Equal("(a * b).sum() * c", ((A * B).Member("sum()") * C).Text);
        Assert.Equal("a.sum()", A.Member("sum()").Text);
    }

    [Fact]
    public void AnExpressionNeedsWhatItsPartsNeed()
    {
        var call = Code.Call("F", Code.List(Code.Spread(Code.TrunkWeights), A), Code.Hyper("Mu") * B);
        Assert.Equal("F([.. trunkWeights, a], hyper.Mu * b)", call.Text);
        Assert.Equal(Uses.TrunkWeights, (A + call.Member("sum()")).Uses);
        Assert.Equal(Uses.Nothing, (A + B).Uses);
    }
}
