using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

/// <summary>A step has the weights that the steps before it left, whatever its own gradients.</summary>
public sealed class GradNormProperties : GramianWeightingProperties
{
    protected override int StepsBefore => 3;

    protected override bool LinearUnderRowScaling => true;

    protected override double? SumOfWeights(int tasks) => tasks;

    protected override GramianWeighting Create(int tasks) => new GradNorm(tasks, 1.5, 0.01);
}

public sealed class KrumProperties : GramianWeightingProperties
{
    protected override int LeastTasks => 3;

    protected override double? SumOfWeights(int tasks) => 1;

    protected override GramianWeighting Create(int tasks) => new Krum(tasks, byzantine: 0, selected: 2);
}

/// <summary>Another order has another task in the focus.</summary>
public sealed class SoftFocusedLearningProperties : GramianWeightingProperties
{
    protected override bool PermutationEquivariant => false;

    protected override bool LinearUnderRowScaling => true;

    protected override double WeightWithoutGradient(double[] others) => 0;

    protected override GramianWeighting Create(int tasks) => new FocusedLearning(tasks, 0, FocusSelect.Soft, 0);
}

public sealed class BestFocusedLearningProperties : GramianWeightingProperties
{
    protected override bool PermutationEquivariant => false;

    protected override bool LinearUnderRowScaling => true;

    protected override double WeightWithoutGradient(double[] others) => 0;

    protected override GramianWeighting Create(int tasks) => new FocusedLearning(tasks, 0, FocusSelect.Best, 0);
}

/// <summary>The cosine of a sum depends on the lengths of its terms.</summary>
public sealed class SubsetFocusedLearningProperties : GramianWeightingProperties
{
    protected override bool PermutationEquivariant => false;

    protected override double WeightWithoutGradient(double[] others) => 0;

    protected override GramianWeighting Create(int tasks) => new FocusedLearning(tasks, 0, FocusSelect.Subset, 0);
}

/// <summary>Means of weights that belong to other gradients conflict; linear as the inner
/// one is, and the weights before are given.</summary>
public sealed class CrMogmProperties : GramianWeightingProperties
{
    protected override int StepsBefore => 2;

    protected override bool LinearUnderRowScaling => true;

    protected override GramianWeighting Create(int tasks) => new CrMogm(new UpGrad(tasks), 0.9);
}

public sealed class CrMogmOfMgdaProperties : GramianWeightingProperties
{
    protected override int StepsBefore => 2;

    protected override double? SumOfWeights(int tasks) => 1;

    protected override GramianWeighting Create(int tasks) => new CrMogm(new Mgda(tasks, MgdaNormalisation.None), 0.5);
}

/// <summary>A random weighting inside: its generator is saved with the outer one.</summary>
public sealed class CrMogmOfPcGradProperties : GramianWeightingProperties
{
    protected override int StepsBefore => 2;

    protected override bool LinearUnderRowScaling => true;

    protected override bool PermutationEquivariant => false;

    protected override GramianWeighting Create(int tasks) => new CrMogm(new PcGrad(tasks), 0.5);
}
