using UAmtfl.Trunks;
using UAmtfl.Weighting;

namespace UAmtfl.Training;

/// <summary>Freezes and releases the parts of a network (<see cref="FreezeAttribute"/>).</summary>
internal static class Freezing
{
    /// <summary>Sets which parameters are trained in an epoch, and which batch normalisation computes statistics. It must be called before
    /// each epoch, because an evaluation puts all modules back into training mode.</summary>
    /// <param name="objective">The objective, with its network in training mode.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="epoch">0, 1, …</param>
    /// <exception cref="UAmtflException">Nothing is left to train, or the weighting needs gradients of a frozen trunk.</exception>
    public static void Apply(Objective objective, TrainingPlan plan, int epoch)
    {
        if (plan is { FrozenTrunk: 0, FrozenHeads: 0 })
        {
            return;
        }

        var frozen = (epoch < plan.FrozenTrunk ? Part.Trunk : 0) | (epoch < plan.FrozenHeads ? Part.Heads : 0);
        Require(objective, frozen);
        foreach (var (path, parameter) in objective.Network.named_parameters())
        {
            parameter.requires_grad = !frozen.Has(path);
        }

        BatchStatistics.Train(objective.Network, path => !frozen.Has(path));
    }

    private static void Require(Objective objective, Part frozen)
    {
        var name = objective.Network.GetName();
        if (frozen == Part.All)
        {
            throw new UAmtflException($"trunk and heads of {name} are frozen in the same epoch: leave one of them to train");
        }

        if (frozen == Part.Trunk && objective.Weighting is GradientWeighting)
        {
            throw new UAmtflException(
                $"the trunk of {name} is frozen, but its weighting takes the tasks' gradients through it: use a weighting of losses, or "
                + "none");
        }
    }
}
