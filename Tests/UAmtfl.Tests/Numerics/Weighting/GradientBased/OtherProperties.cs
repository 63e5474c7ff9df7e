using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

/// <summary>GradNorm, whose weights come from the steps before and do not depend on the gradients of the step itself.</summary>
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

/// <summary>Focused learning with soft selection. It depends on the order of tasks, because the task in focus is given by its
/// position.</summary>
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

/// <summary>Focused learning that selects a subset. It is not linear, because the cosine of a sum depends on the lengths of its
/// terms.</summary>
public sealed class SubsetFocusedLearningProperties : GramianWeightingProperties
{
    protected override bool PermutationEquivariant => false;

    protected override double WeightWithoutGradient(double[] others) => 0;

    protected override GramianWeighting Create(int tasks) => new FocusedLearning(tasks, 0, FocusSelect.Subset, 0);
}

/// <summary>CR-MOGM around UPGrad. Means of weights for other gradients may conflict. It is linear because UPGrad is and the weights of
/// earlier steps are fixed.</summary>
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

/// <summary>CR-MOGM around PCGrad, whose random generator is saved with the outer weighting.</summary>
public sealed class CrMogmOfPcGradProperties : GramianWeightingProperties
{
    protected override int StepsBefore => 2;

    protected override bool LinearUnderRowScaling => true;

    protected override bool PermutationEquivariant => false;

    protected override GramianWeighting Create(int tasks) => new CrMogm(new PcGrad(tasks), 0.5);
}
