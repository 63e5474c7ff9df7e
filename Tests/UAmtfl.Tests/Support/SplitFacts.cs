using UAmtfl.Data;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Support;

/// <summary>Facts that must hold of the splits of every data set in which each row has the label of one task.</summary>
internal static class SplitFacts
{
    /// <summary>The number of rows of each task in a split [T].</summary>
    public static int[] Counts(Samples samples, int tasks)
    {
        var counts = new int[tasks];
        foreach (var owner in samples.Owner!.data<long>().ToArray())
        {
            counts[owner]++;
        }

        return counts;
    }

    /// <summary>The splits as a training sees them, after the transforms that the data set asks for.</summary>
    public static Splits Prepared(Splits splits, TaskSet tasks)
    {
        var transforms = FittedTransforms.Fit(splits, tasks);
        return new(transforms.Apply(splits.Train), transforms.Apply(splits.Validation), transforms.Apply(splits.Test), splits.SharedTest);
    }

    /// <summary>Fails unless training inputs have mean 0, the given columns deviation 1, and training labels mean 0.</summary>
    public static void AssertStandardised(Samples train, params int[] scaled)
    {
        var means = train.Inputs.mean([0L]).data<float>().ToArray();
        Assert.All(means, m => Assert.InRange(m, -1e-4, 1e-4));
        foreach (var column in scaled)
        {
            Assert.Equal(1, train.Inputs.select(1, column).std(unbiased: false).item<float>(), 1e-4);
        }

        Assert.InRange(train.Labels.mean().item<float>(), -1e-4, 1e-4);
    }

    /// <summary>Fails unless the same request gives the same numbers and another seed gives others.</summary>
    public static void AssertSeeded(Splits splits, Splits again, Splits other)
    {
        foreach (var (a, b) in new[] { (splits.Train, again.Train), (splits.Validation, again.Validation), (splits.Test, again.Test) })
        {
            Assert.True(a.Inputs.Equals(b.Inputs) && a.Labels.Equals(b.Labels) && a.Owner!.Equals(b.Owner!));
        }

        Assert.False(splits.Train.Inputs.shape.SequenceEqual(other.Train.Inputs.shape) && splits.Train.Inputs.Equals(other.Train.Inputs));
    }
}
