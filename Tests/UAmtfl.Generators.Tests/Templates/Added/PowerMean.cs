using System;
using UAmtfl.Weighting;
using UAmtfl.Weightings;
using static TorchSharp.torch;

namespace UAmtfl;

/// <summary>Combines the tasks by the power mean of their losses, which weights large losses more the higher the power is.</summary>
[WeightingBy<PowerMean>(Formula = "(1/T Σ_t {0}^p)^(1/p)", Scale = "the weight of a loss is the mean's gradient")]
[AttributeUsage(AttributeTargets.Class)]
public sealed class PowerMeanAttribute : Attribute
{
    /// <summary>The power p, at least 1.</summary>
    [Number(1, Default = 2, Summary = "p, the power.")]
    public double Power { get; init; } = 2;
}

/// <summary>Combines the tasks by the power mean of their losses.</summary>
/// <param name="tasks">T, the number of tasks.</param>
/// <param name="power">The power p, at least 1.</param>
public sealed class PowerMean(int tasks, double power) : LossWeighting(tasks)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.pow(power).mean().pow(1 / power);
}
