using UAmtfl.Tests.Training.Weighting;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Networks that are stitched behind each stretch, with weightings of the last layer's gradients.</summary>
[Experiment("last-shared-layer", Seeds = 1), Dataset<CountedLabels>, Training(Epochs = 1, BatchSize = 8), Sgd(0.05)]
public static partial class LastSharedLayer
{
    public enum Label
    {
        [Regression] Number,
        [Binary] Rare,
        [Classification(4)] Kind,
    }

    [Input(5), Linear(6), Tanh, Linear(4), Tanh]
    public partial class Net;

    [Baseline, HardSharing] public partial class Sum;
    [CrossStitch, Weighting<Counting>(Site = GradientSite.LastLayer)] public partial class Stitched;
    [Sluice, Weighting<Counting>(Site = GradientSite.LastLayer)] public partial class Sliced;
    [Nddr, Weighting<Counting>(Site = GradientSite.LastLayer)] public partial class Fused;
}

/// <summary>The last layer whose gradients are weighted is one that all tasks share: the last copies, and not the unit behind them, each
/// of whose rows feeds one task, so that no two tasks could conflict on it.</summary>
public sealed class LastSharedLayerTests
{
    [Theory]
    [InlineData("Stitched")]
    [InlineData("Sliced")]
    [InlineData("Fused")]
    public void TheUnitBehindTheLastStretchBelongsToTheTasks(string name)
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(LastSharedLayer.Descriptor, name);
        step.Variant.Accumulate([step.Batch], out _);
        var jacobian = step.Jacobian("Trunks2.");
        var expected = jacobian.matmul(jacobian.t());
        var seen = step.Weighting<Counting>().Seen!;
        for (var s = 0; s < 3; s++)
        {
            for (var t = 0; t < 3; t++)
            {
                Assert.Equal(expected[s, t].item<double>(), seen[s, t], 1e-12);
                Assert.NotEqual(0, seen[s, t]);
            }
        }

        var owners = step.Variant.Groups.SelectMany(g => g.Parameters.Select(p => (g.Owner, p.Handle)))
            .ToDictionary(p => p.Handle, p => p.Owner);
        Assert.All(
            step.Variant.Named().Where(n => n.Name.StartsWith("Stitch2.", StringComparison.Ordinal)),
            unit => Assert.Equal(Owner.OneTask, owners[unit.Parameter.Handle]));
    }
}
