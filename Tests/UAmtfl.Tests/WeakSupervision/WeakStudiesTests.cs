using UAmtfl.Experiments.WeakDigits;
using UAmtfl.Experiments.WeakRelations;

namespace UAmtfl.Tests.WeakSupervision;

/// <summary>The studies of weak supervision.</summary>
public sealed class WeakStudiesTests
{
    [Fact]
    public void TheErrorOfTheAccuraciesFallsWithTheRootOfTheRows()
    {
        var errors = AccuracyErrors.Rows.Select(n => AccuracyErrors.Error(n, SourceDependencies.Declared, n < 100_000 ? 8 : 4)).ToList();
        Assert.InRange(AccuracyErrors.Slope(AccuracyErrors.Rows, errors), -0.575, -0.425);
    }

    [Fact]
    public void AForgottenDependencyLeavesAnError() =>
        Assert.InRange(AccuracyErrors.Error(10_000, SourceDependencies.Ignored, 2), 0.08, 0.2);

    [Fact]
    public void TheKindsOfNamesAreTheFeasibleVectors() =>
        Assert.Equal(RelationWorld.Kinds, NamesFromSources.Descriptor.Weak!.Labels[0].Vectors);

    [Fact]
    public void EachDigitIsAFeasibleVector()
    {
        var vectors = DigitsFromRules.Descriptor.Weak!.Labels.Single().Vectors;
        Assert.Equal(10, vectors.Count);
        using var splits = new DigitForms().Load(new(null, 1));
        var labels = splits.Test.Labels.data<float>().ToArray().Chunk(4).Select(l => string.Join(' ', l)).Distinct().Order();
        Assert.Equal(vectors.Select(v => string.Join(' ', v)).Order(), labels);
        Assert.Equal(splits.Train.Count, splits.Train.Records!.Count);
    }

    [Fact]
    public void ShapesAreMeasured()
    {
        // A ring of 9 × 9 pixels with a wall of one, and a dot without a hole.
        var pixels = new byte[28 * 28];
        for (var i = 0; i < 9; i++)
        {
            foreach (var (y, x) in new[] { (10, 10 + i), (18, 10 + i), (10 + i, 10), (10 + i, 18) })
            {
                pixels[(y * 28) + x] = 255;
            }
        }

        var ring = new DigitShape(pixels);
        Assert.Equal((0.5, 49.0 / 81), Assert.Single(ring.Holes));
        Assert.Equal((1.0, 2, 1, 2), (ring.Width, ring.Across(0.5), ring.Across(0), ring.Down(0.5)));
        Assert.Equal((1.0, 2.0 / 9, 0.5, 1.0), (ring.Stroke(1), ring.Stroke(0.5), ring.Centre(0.5), ring.TurnSymmetry()));
        Assert.Empty(new DigitShape(new byte[28 * 28]).Holes);
    }
}
