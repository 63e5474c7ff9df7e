using Microsoft.Extensions.Configuration;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Reads a section <c>Training</c> of the configuration over a plan.</summary>
internal static class TrainingPlanBinder
{
    /// <summary>The section's name, under an experiment or a variant.</summary>
    public const string Key = "Training";

    /// <summary>The plan with the section's values.</summary>
    /// <param name="plan">The values where the section has none.</param>
    /// <param name="section">The section.</param>
    /// <exception cref="UAmtflException">A value is out of range, or a key is unknown.</exception>
    public static TrainingPlan Bind(TrainingPlan plan, IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new UAmtflException($"setting {section.Path} is a section; write {section.Path}:{nameof(TrainingPlan.Epochs)} and the like");
        }

        var settings = new Settings(section);
        var bound = plan with
        {
            Epochs = settings.Integer(nameof(plan.Epochs), plan.Epochs, 1),
            BatchSize = settings.Integer(nameof(plan.BatchSize), plan.BatchSize, 1),
            EvaluateEvery = settings.Integer(nameof(plan.EvaluateEvery), plan.EvaluateEvery, 1),
            Optimizer = settings.Choice(nameof(plan.Optimizer), plan.Optimizer),
            LearningRate = settings.Number(nameof(plan.LearningRate), plan.LearningRate, 0, exclusive: true),
            Beta1 = settings.Below1(nameof(plan.Beta1), plan.Beta1),
            Beta2 = settings.Below1(nameof(plan.Beta2), plan.Beta2),
            Epsilon = settings.Number(nameof(plan.Epsilon), plan.Epsilon, 0, exclusive: true),
            Momentum = settings.Below1(nameof(plan.Momentum), plan.Momentum),
            DecayAt = settings.Number(nameof(plan.DecayAt), plan.DecayAt, 0, 1),
            DecayFactor = settings.Number(nameof(plan.DecayFactor), plan.DecayFactor, 0, exclusive: true),
        };
        settings.RefuseUnknown([]);
        return bound;
    }
}
