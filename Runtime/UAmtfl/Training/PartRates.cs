using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Gives the parts of a network their own learning rates (<see cref="LearningRateScaleAttribute"/>).</summary>
internal static class PartRates
{
    /// <summary>Returns the parameter groups of an objective, with the learning rates of a plan. A group with parameters of several parts
    /// becomes a group for each part.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="plan">The plan.</param>
    public static IReadOnlyList<ParameterGroup> Groups(Objective objective, TrainingPlan plan)
    {
        if (plan is { TrunkRate: 1, HeadRate: 1 })
        {
            return objective.Groups;
        }

        var paths = objective.Network.named_parameters().ToDictionary(p => p.parameter.Handle, p => p.name);
        return
        [
            .. from owned in objective.Groups
               from part in owned.Parameters.GroupBy(Rate)
               select owned with { Parameters = [.. part], LearningRateScale = owned.LearningRateScale * part.Key },
        ];

        double Rate(Tensor parameter) => !paths.TryGetValue(parameter.Handle, out var path) ? 1
            : Part.Trunk.Has(path) ? plan.TrunkRate
            : Part.Heads.Has(path) ? plan.HeadRate
            : 1;
    }
}
