using UAmtfl.Numerics;

namespace UAmtfl.Tests.Data;

public sealed class SplitMix64Tests
{
    /// <summary>The numbers are those that the reference program publishes for this seed.</summary>
    [Fact]
    public void MatchesReference()
    {
        var random = new SplitMix64(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void NegativeSeedIsAnother()
    {
        Assert.Equal(0xE4D971771B652C20, new SplitMix64(-1).Next());
        Assert.NotEqual(new SplitMix64(-1).Next(), new SplitMix64(1).Next());
    }

    [Fact]
    public void BelowIsEvenAndInRange()
    {
        var random = new SplitMix64(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.Below(7)]++;
        }

        // Binomial with mean 10,000 and standard deviation 93: within five standard deviations.
        Assert.All(counts, count => Assert.InRange(count, 9_535, 10_465));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Below(0));
    }

    [Fact]
    public void SampleIsWithoutReplacementAndFair()
    {
        int[] pool = [0, 1, 2, 3, 4];
        var random = new SplitMix64(4);
        var counts = new int[5, 2];
        for (var i = 0; i < 50_000; i++)
        {
            var drawn = random.Sample<int>(pool, 2);
            Assert.NotEqual(drawn[0], drawn[1]);
            for (var place = 0; place < 2; place++)
            {
                counts[drawn[place], place]++;
            }
        }
        // Binomial with mean 10,000 and standard deviation 89: within five standard deviations.
        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 9_555, 10_445));
        Assert.Equal([0, 1, 2, 3, 4], pool);
    }

    [Fact]
    public void SampleOfAllIsAPermutation()
    {
        int[] pool = [.. Enumerable.Range(0, 50)];
        var drawn = new SplitMix64(4).Sample<int>(pool, 50);
        Assert.Equal(pool, drawn.Order());
        Assert.NotEqual(pool, drawn);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitMix64(4).Sample<int>(pool, 51));
    }
}
