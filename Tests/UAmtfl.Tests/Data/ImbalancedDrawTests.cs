using UAmtfl.Data;
using UAmtfl.Experiments.Mnist;

namespace UAmtfl.Tests.Data;

public sealed class ImbalancedDrawTests
{
    /// <summary>The labels of 5000 images, 500 of each digit: row r has digit r modulo 10.</summary>
    private static readonly byte[] Pool = [.. Enumerable.Range(0, 5000).Select(row => (byte)(row % 10))];

    private static ImbalancedDraw Draw(int seed) => ImbalancedDraw.From(Pool, UAmtfl.Experiments.Mnist.Draw.Seeded, seed, "pool");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-7)]
    public void HasTheCountsOfThePaperAndNoRowTwice(int seed)
    {
        var draw = Draw(seed);

        Assert.Equal([200, 180, 160, 140, 120, 100, 80, 60, 40, 20], PerDigit(draw.Train));
        Assert.Equal(Enumerable.Repeat(100, 10), PerDigit(draw.Validation));
        Assert.Equal(2100, draw.Train.Concat(draw.Validation).Distinct().Count());
    }

    [Fact]
    public void FirstTakesTheFirstForEverySeed()
    {
        var draw = ImbalancedDraw.From(Pool, UAmtfl.Experiments.Mnist.Draw.First, 3, "pool");
        var digits = Enumerable.Range(0, 10);

        Assert.Equal(digits.SelectMany(d => Enumerable.Range(0, 200 - 20 * d).Select(i => 10 * i + d)), draw.Train);
        Assert.Equal(digits.SelectMany(d => Enumerable.Range(200 - 20 * d, 100).Select(i => 10 * i + d)), draw.Validation);
    }

    [Fact]
    public void SameSeedSameRowsOtherSeedOtherRows()
    {
        Assert.Equal(Draw(2).Train, Draw(2).Train);
        Assert.Equal(Draw(2).Validation, Draw(2).Validation);
        Assert.Equal(5, new[] { 0, 1, 2, 3, -2 }.Select(seed => string.Join(' ', Draw(seed).Train.Order())).Distinct().Count());
        Assert.NotEqual(Draw(2).Validation.Order(), Draw(3).Validation.Order());
    }

    /// <summary>The same rows are drawn by another program in another language that follows the same definition.</summary>
    [Fact]
    public void SeedTwoIsTheSameEverywhere()
    {
        var draw = Draw(2);

        Assert.Equal([2950, 3740, 2980, 3830, 1580], draw.Train[..5]);
        Assert.Equal([1129, 149, 2979], draw.Train[^3..]);
        Assert.Equal([2230, 520, 960], draw.Validation[..3]);
        Assert.Equal([2569, 2059, 69], draw.Validation[^3..]);
    }

    [Fact]
    public void SmallestPoolThatIsEnoughIsTaken()
    {
        byte[] exact = [.. Enumerable.Range(0, 10).SelectMany(d => Enumerable.Repeat((byte)d, 300 - 20 * d))];
        var draw = ImbalancedDraw.From(exact, UAmtfl.Experiments.Mnist.Draw.Seeded, 5, "a/labels");
        Assert.Equal(Enumerable.Range(0, 2100), draw.Train.Concat(draw.Validation).Order());

        var message = Assert.Throws<DataException>(
            () => ImbalancedDraw.From(exact.AsSpan(0, 2099), UAmtfl.Experiments.Mnist.Draw.Seeded, 5, "a/labels")).Message;
        Assert.Equal(
            "a/labels: 119 images of digit 9, expected at least 120 (20 to train on and 100 to validate on): "
                + "give a folder with the full training files with --data",
            message);
    }

    private static int[] PerDigit(int[] rows) => [.. Enumerable.Range(0, 10).Select(digit => rows.Count(row => Pool[row] == digit))];
}
