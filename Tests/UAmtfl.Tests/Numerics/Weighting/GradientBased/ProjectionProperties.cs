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

/// <summary>PCGrad. Its random order of tasks makes weights depend on positions. For a given order it is linear, because each projection
/// depends only on directions.</summary>
public sealed class PcGradProperties : GramianWeightingProperties
{
    protected override bool LinearUnderRowScaling => true;

    protected override bool PermutationEquivariant => false;

    protected override GramianWeighting Create(int tasks) => new PcGrad(tasks);
}

/// <summary>GradVac. Its random order of tasks makes weights depend on positions. For a given order and given targets it is
/// linear.</summary>
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
    /// <summary>A single gradient is its own mean, so that the step is (1 + c) / (1 + c²) times the gradient, with c = 0.5.</summary>
    protected override double WeightOfOne(double norm) => 1.5 / 1.25;

    protected override GramianWeighting Create(int tasks) => new CaGrad(tasks, 0.5, rescale: true);
}
