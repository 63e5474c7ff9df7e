using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>TorchSharp's own Adam or SGD, which the fused optimiser is compared with.</summary>
internal sealed class ManagedOptimizer : IOptimizer
{
    private readonly TrainingPlan plan;
    private readonly List<(optim.Optimizer Optimizer, double Scale)> groups;

    /// <summary>Prepares the optimiser.</summary>
    /// <param name="plan">Which optimiser, with its settings.</param>
    /// <param name="groups">The parameters.</param>
    public ManagedOptimizer(TrainingPlan plan, IReadOnlyList<ParameterGroup> groups)
    {
        this.plan = plan;
        this.groups = [.. groups.Where(g => g.Parameters.Count > 0).Select(g => (Create(g), g.LearningRateScale))];
    }

    /// <inheritdoc/>
    public string Description => $"TorchSharp {plan.Optimizer}";

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        using var scope = NewDisposeScope();
        foreach (var (optimizer, _) in groups)
        {
            optimizer.zero_grad();
        }
    }

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        foreach (var (optimizer, scale) in groups)
        {
            foreach (var options in optimizer.ParamGroups)
            {
                options.LearningRate = learningRate * scale;
            }

            // Parameters without a gradient are passed over; those that were frozen after a step still have one.
            foreach (var parameter in optimizer.parameters().Where(p => !p.requires_grad))
            {
                parameter.grad = null;
            }

            optimizer.step();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => groups.ForEach(g => g.Optimizer.Dispose());

    private optim.Optimizer Create(ParameterGroup group)
    {
        var parameters = group.Parameters.Select(p => (TorchSharp.Modules.Parameter)p).ToList();
        var rate = plan.LearningRate * group.LearningRateScale;
        return plan.Optimizer == OptimizerKind.Adam
            ? optim.Adam(parameters, rate, plan.Beta1, plan.Beta2, plan.Epsilon, group.Decay)
            : optim.SGD(parameters, rate, plan.Momentum, weight_decay: group.Decay);
    }
}
