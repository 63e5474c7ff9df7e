using TorchSharp;
using UAmtfl.Descriptors;
using UAmtfl.Training;

namespace UAmtfl.Tests.Training;

/// <summary>Learning rates of the trunk and of the heads.</summary>
public sealed class PartRatesTests
{
    private static readonly VariantDescriptor Shrunk = Started.Descriptor.Variants.Single(v => v.Name == "Tuned") with { Start = null };

    public static TheoryData<string, string> Networks => GeneratedNetworks.Names;

    /// <summary>Half the rate for one part is twice the rate for the other at half the network's, to the bit, because factors of two are
    /// exact. The variant has a trunk for each task, weight decay, and proximal steps on trunks and heads.</summary>
    /// <param name="optimizer">The optimiser.</param>
    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void OnlyTheProductOfRatesCounts(OptimizerKind optimizer)
    {
        var plan = Shrunk.Plan with { Optimizer = optimizer, LearningRate = 0.0625 };
        var half = Train(plan with { TrunkRate = 0.5 });
        Assert.Equal(half, Train(plan with { LearningRate = 0.03125, HeadRate = 2 }));
        Assert.NotEqual(half, Train(plan));
        Assert.NotEqual(half, Train(plan with { HeadRate = 0.5 }));
        Assert.Equal(Train(plan with { LearningRate = 0.03125 }), Train(plan with { TrunkRate = 0.5, HeadRate = 0.5 }));
    }

    /// <summary>Each parameter stays in exactly one group, with its decay, and those of a weighting or of uncertainties keep their
    /// rate.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void GroupsAreSplitByPart(string experiment, string variant)
    {
        using var scope = torch.NewDisposeScope();
        using var objective = GeneratedNetworks.Create(experiment, variant, seed: 1);
        var paths = objective.Network.named_parameters().ToDictionary(p => p.parameter.Handle, p => p.name);
        var before = Listed(objective.Groups);
        var after = Listed(PartRates.Groups(objective, new() { TrunkRate = 0.25, HeadRate = 4 }));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(after, p => Assert.Equal(
            before[p.Key] with { LearningRateScale = before[p.Key].LearningRateScale * Expected(paths.GetValueOrDefault(p.Key)) },
            p.Value));

        static double Expected(string? path) => path is null ? 1
            : path.StartsWith("Head", StringComparison.Ordinal) || path.Split('.')[0].EndsWith("Adapters", StringComparison.Ordinal) ? 4
            : path.Contains('.') ? 0.25
            : 1;

        static Dictionary<nint, ParameterGroup> Listed(IEnumerable<ParameterGroup> groups) =>
            groups.SelectMany(g => g.Parameters.Select(p => (p.Handle, Group: g with { Parameters = [] })))
                .ToDictionary(p => p.Handle, p => p.Group);
    }

    private static byte[] Train(TrainingPlan plan) => TestCell.Run(
        Started.Descriptor, Shrunk, Shrunk.Bind(TestSettings.Empty), plan, new(null, 1), _ => { }, CancellationToken.None).Model!.Tensors;
}
