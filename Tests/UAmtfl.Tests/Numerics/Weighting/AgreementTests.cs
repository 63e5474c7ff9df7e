using UAmtfl.Experiments.Mnist;
using UAmtfl.Weighting;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>The worked example of one's own weighting is tested by deriving from the properties of all weightings.</summary>
public sealed class AgreementProperties : GramianWeightingProperties
{
    protected override bool LinearUnderRowScaling => true;

    protected override double? SumOfWeights(int tasks) => tasks;

    protected override GramianWeighting Create(int tasks) => new Agreement(tasks);
}
