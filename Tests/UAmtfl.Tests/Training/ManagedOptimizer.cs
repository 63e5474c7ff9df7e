using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>The Adam or SGD of TorchSharp, with which the fused optimisers are compared.</summary>
internal sealed class ManagedOptimizer : IOptimizer
{
    private readonly TrainingPlan plan;
    private readonly List<(optim.Optimizer Optimizer, double Scale)> groups;

    /// <summary>Creates one optimiser for each parameter group.</summary>
    /// <param name="plan">The kind of optimiser and its settings.</param>
    /// <param name="groups">The parameter groups.</param>
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

            // TorchSharp skips parameters without a gradient, but a parameter that was frozen after a step still has one.
            foreach (var parameter in optimizer.parameters().Where(p => !p.requires_grad))
            {
                parameter.grad = null;
            }

            optimizer.step();
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(Tensor Parameter, string Name, Tensor Value)> Moments() =>
        throw new NotSupportedException("the optimisers of TorchSharp do not give out what they keep");

    /// <inheritdoc/>
    public void Dispose() => groups.ForEach(g => g.Optimizer.Dispose());

    private optim.Optimizer Create(ParameterGroup group)
    {
        var parameters = group.Parameters.Select(p => (TorchSharp.Modules.Parameter)p).ToList();
        var rate = plan.LearningRate * group.LearningRateScale;
        return plan.Optimizer switch
        {
            OptimizerKind.Adam => optim.Adam(parameters, rate, plan.Beta1, plan.Beta2, plan.Epsilon, group.Decay),
            OptimizerKind.AdamW => optim.AdamW(parameters, rate, plan.Beta1, plan.Beta2, plan.Epsilon, group.Decay),
            _ => optim.SGD(parameters, rate, plan.Momentum, weight_decay: group.Decay, nesterov: plan.Nesterov),
        };
    }
}
