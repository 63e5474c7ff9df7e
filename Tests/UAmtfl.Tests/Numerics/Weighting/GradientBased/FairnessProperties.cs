using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

public sealed class NashMtlProperties : GramianWeightingProperties
{
    protected override double? Degree => 0;

    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override double WeightOfOne(double norm) => 1 / norm;

    protected override double Rate(int step) => Falling(0.05, step);

    protected override GramianWeighting Create(int tasks) => new NashMtl(tasks, updateEvery: 1, maxNorm: 0);
}

/// <summary>Weights that are kept for three steps belong to other gradients: their steps conflict, and are as long as those make them.
/// Near the Pareto set, where weights are large, steps at a constant rate with them throw the parameters far out.</summary>
public sealed class LazyNashMtlProperties : GramianWeightingProperties
{
    protected override int StepsBefore => 1;

    protected override bool LinearUnderRowScaling => true;

    protected override double WeightOfOne(double norm) => 1 / norm;

    protected override bool Settles => false;

    protected override GramianWeighting Create(int tasks) => new NashMtl(tasks, updateEvery: 3, maxNorm: 0);
}

public sealed class FairGradProperties : GramianWeightingProperties
{
    protected override double? Degree => (1 - 0.5) / (1 + 0.5);

    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override double WeightOfOne(double norm) => Math.Pow(norm, -2.0 / 3);

    protected override double Rate(int step) => Falling(0.05, step);

    protected override GramianWeighting Create(int tasks) => new FairGrad(tasks, 0.5);
}

/// <summary>α = 2: the shorter the gradients the longer the step, so that the rate must fall fast.</summary>
public sealed class MinMaxFairGradProperties : GramianWeightingProperties
{
    protected override double? Degree => (1 - 2.0) / (1 + 2);

    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override double WeightOfOne(double norm) => Math.Pow(norm, -4.0 / 3);

    protected override double Rate(int step) => 0.05 * Math.Exp(-step / 400.0);

    protected override GramianWeighting Create(int tasks) => new FairGrad(tasks, 2);
}

/// <summary>α = 0 is the sum of the gradients.</summary>
public sealed class UniformFairGradProperties : GramianWeightingProperties
{
    protected override bool LinearUnderRowScaling => true;

    protected override double? SumOfWeights(int tasks) => tasks;

    protected override GramianWeighting Create(int tasks) => new FairGrad(tasks, 0);
}

/// <summary>Equal projections exist where the gradients are linearly independent;
/// beyond that they are as near as they can be, which may conflict.</summary>
public sealed class ImtlGProperties : GramianWeightingProperties
{
    protected override string[] NonConflictingOn => Gradients.FullRank;

    protected override GramianWeighting Create(int tasks) => new ImtlG(tasks);
}

/// <summary>As of IMTL-G. The direction depends on directions alone and the length is a sum of projections on it.</summary>
public sealed class ConFigProperties : GramianWeightingProperties
{
    protected override string[] NonConflictingOn => Gradients.FullRank;

    protected override bool LinearUnderRowScaling => true;

    protected override GramianWeighting Create(int tasks) => new ConFig(tasks);
}

public sealed class AlignedMtlProperties : GramianWeightingProperties
{
    protected override GramianWeighting Create(int tasks) => new AlignedMtl(tasks, AlignedScale.Minimum, mean: false);
}

public sealed class MedianAlignedMtlProperties : GramianWeightingProperties
{
    protected override GramianWeighting Create(int tasks) => new AlignedMtl(tasks, AlignedScale.Median, mean: true);
}

/// <summary>The shortest component is made longer, so that the step does not vanish where it does.</summary>
public sealed class RmseAlignedMtlProperties : GramianWeightingProperties
{
    protected override double Rate(int step) => Falling(0.05, step);

    protected override GramianWeighting Create(int tasks) => new AlignedMtl(tasks, AlignedScale.Rmse, mean: true);
}
