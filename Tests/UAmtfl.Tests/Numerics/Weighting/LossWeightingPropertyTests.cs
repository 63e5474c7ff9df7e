using UAmtfl.Weighting;
using UAmtfl.Weighting.LossBased;

namespace UAmtfl.Tests.Numerics.Weighting;

// Each class tests the properties of one loss-based weighting, with settings that are usual for it.
public sealed class LossWeightingEqualSumTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new Equal(preference.Length, mean: false);
}

public sealed class LossWeightingEqualMeanTests : LossWeightingProperties
{
    protected override bool KeepsScale => false;

    protected override LossWeighting Create(double[] preference) => new Equal(preference.Length, mean: true);
}

public sealed class LossWeightingConstantTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new Constant(preference.Length, preference);
}

public sealed class LossWeightingRandomTests : LossWeightingProperties
{
    protected override bool Determined => false;

    protected override LossWeighting Create(double[] preference) => new RandomWeights(preference.Length);
}

public sealed class LossWeightingRevisedUncertaintyTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new RevisedUncertainty(preference.Length);
}

public sealed class LossWeightingDwaTests : LossWeightingProperties
{
    protected override bool KeepsScale => false;

    protected override LossWeighting Create(double[] preference) => new Dwa(preference.Length, 2);
}

public sealed class LossWeightingGeometricMeanTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new GeometricMean(preference.Length);
}

public sealed class LossWeightingImtlLTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new ImtlL(preference.Length);
}

public sealed class LossWeightingFamoTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new Famo(preference.Length, 0.025, 0.001);
}

public sealed class LossWeightingStchTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new Stch(preference.Length, 0.1, preference);
}

public sealed class LossWeightingLogStchTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new LogStch(preference.Length, 1, 2);
}

public sealed class LossWeightingCosmosTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new Cosmos(preference.Length, preference, 0.3);
}

public sealed class LossWeightingPbiTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new Pbi(preference.Length, preference, 0.5);
}

public sealed class LossWeightingLbtwTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new Lbtw(preference.Length, 0.5, everyEpoch: false);
}

public sealed class LossWeightingLbtwEveryEpochTests : LossWeightingProperties
{
    protected override LossWeighting Create(double[] preference) => new Lbtw(preference.Length, 0.5, everyEpoch: true);
}
