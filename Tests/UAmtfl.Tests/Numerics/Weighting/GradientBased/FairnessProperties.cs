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

/// <summary>NashMTL that keeps its weights for three steps. They belong to other gradients, so that steps can conflict. It does not
/// settle, because weights are large near the Pareto set and a constant rate throws the parameters far away.</summary>
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

/// <summary>FairGrad with α = 2, whose steps are the longer the shorter the gradients are, so that the rate must fall fast.</summary>
public sealed class MinMaxFairGradProperties : GramianWeightingProperties
{
    protected override double? Degree => (1 - 2.0) / (1 + 2);

    protected override string[] NonConflictingOn => Gradients.Kinds;

    protected override double WeightOfOne(double norm) => Math.Pow(norm, -4.0 / 3);

    protected override double Rate(int step) => 0.05 * Math.Exp(-step / 400.0);

    protected override GramianWeighting Create(int tasks) => new FairGrad(tasks, 2);
}

/// <summary>FairGrad with α = 0, which sums the gradients.</summary>
public sealed class UniformFairGradProperties : GramianWeightingProperties
{
    protected override bool LinearUnderRowScaling => true;

    protected override double? SumOfWeights(int tasks) => tasks;

    protected override GramianWeighting Create(int tasks) => new FairGrad(tasks, 0);
}

/// <summary>IMTL-G. Equal projections exist if the gradients are linearly independent; otherwise they are as equal as possible, and steps
/// may conflict.</summary>
public sealed class ImtlGProperties : GramianWeightingProperties
{
    protected override string[] NonConflictingOn => Gradients.FullRank;

    protected override GramianWeighting Create(int tasks) => new ImtlG(tasks);
}

/// <summary>ConFIG. Its direction depends only on the directions of the gradients, and its length is the sum of their projections on it.
/// Steps may conflict if the gradients are linearly dependent.</summary>
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

/// <summary>Aligned-MTL with the scale Rmse, which lengthens the shortest component, so that the step does not vanish where that
/// component does.</summary>
public sealed class RmseAlignedMtlProperties : GramianWeightingProperties
{
    protected override double Rate(int step) => Falling(0.05, step);

    protected override GramianWeighting Create(int tasks) => new AlignedMtl(tasks, AlignedScale.Rmse, mean: true);
}
