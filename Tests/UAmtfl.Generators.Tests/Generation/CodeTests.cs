using UAmtfl.Generators.Emission;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>An expression that is put together from others has the brackets that it needs, and knows which variables it uses.</summary>
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

    /// <summary>The order of operations is kept, because floating-point arithmetic is not associative.</summary>
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
