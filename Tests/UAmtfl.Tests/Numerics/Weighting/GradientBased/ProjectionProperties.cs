using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

public sealed class UpGradProperties : GramianWeightingProperties
{
    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override bool LinearUnderRowScaling => true;

    protected override GramianWeighting Create(int tasks) => new UpGrad(tasks);
}

public sealed class DualProjProperties : GramianWeightingProperties
{
    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override GramianWeighting Create(int tasks) => new DualProj(tasks);
}

/// <summary>The order is random, so that other positions in it are other weights.
/// For a given order each projection depends on the directions alone.</summary>
public sealed class PcGradProperties : GramianWeightingProperties
{
    protected override bool LinearUnderRowScaling => true;

    protected override bool PermutationEquivariant => false;

    protected override GramianWeighting Create(int tasks) => new PcGrad(tasks);
}

/// <summary>As of PCGrad, for given targets.</summary>
public sealed class GradVacProperties : GramianWeightingProperties
{
    protected override int StepsBefore => 2;

    protected override bool LinearUnderRowScaling => true;

    protected override bool PermutationEquivariant => false;

    protected override GramianWeighting Create(int tasks) => new GradVac(tasks, beta: 0.5);
}

public sealed class MgdaProperties : GramianWeightingProperties
{
    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override double? SumOfWeights(int tasks) => 1;

    protected override GramianWeighting Create(int tasks) => new Mgda(tasks, MgdaNormalisation.None);
}

public sealed class NormalisedMgdaProperties : GramianWeightingProperties
{
    protected override double? Degree => 0;

    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override double WeightOfOne(double norm) => 1 / norm;

    protected override GramianWeighting Create(int tasks) => new Mgda(tasks, MgdaNormalisation.L2);
}

public sealed class LossPlusMgdaProperties : GramianWeightingProperties
{
    protected override double? Degree => 0;

    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override double WeightOfOne(double norm) => 1 / (2 * norm);

    protected override double Rate(int step) => 0.5;

    protected override GramianWeighting Create(int tasks) => new Mgda(tasks, MgdaNormalisation.LossPlus);
}

public sealed class CaGradProperties : GramianWeightingProperties
{
    /// <summary>A single gradient is its own mean: 1 + c times it, over 1 + c².</summary>
    protected override double WeightOfOne(double norm) => 1.5 / 1.25;

    protected override GramianWeighting Create(int tasks) => new CaGrad(tasks, 0.5, rescale: true);
}
