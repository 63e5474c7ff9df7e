using Microsoft.Extensions.Configuration;
using UAmtfl.Descriptors;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Applies a section <c>Training</c> of the configuration to a training plan.</summary>
internal static class TrainingPlanBinder
{
    /// <summary>The name of the section, under an experiment or a variant.</summary>
    public const string Key = "Training";

    private const string ScaleOfPart = nameof(LearningRateScaleAttribute.Scale);

    /// <summary>Returns a plan with the values of a section.</summary>
    /// <param name="plan">The plan whose values are used where the section has none.</param>
    /// <param name="section">The section.</param>
    /// <exception cref="UAmtflException">A value is out of range, or a key is unknown.</exception>
    public static TrainingPlan Bind(TrainingPlan plan, IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new UAmtflException(
                $"setting {section.Path} is a section; write {section.Path}:{nameof(TrainingPlan.Epochs)} and the like");
        }

        var settings = new Settings(section);
        var bound = plan with
        {
            Epochs = Whole(settings, nameof(plan.Epochs), plan.Epochs),
            BatchSize = Whole(settings, nameof(plan.BatchSize), plan.BatchSize),
            EvaluateEvery = Whole(settings, nameof(plan.EvaluateEvery), plan.EvaluateEvery),
            Optimizer = settings.Choice(nameof(plan.Optimizer), plan.Optimizer),
            LearningRate = Number<AdamAttribute>(settings, nameof(plan.LearningRate), plan.LearningRate),
            Beta1 = Number<AdamAttribute>(settings, nameof(plan.Beta1), plan.Beta1),
            Beta2 = Number<AdamAttribute>(settings, nameof(plan.Beta2), plan.Beta2),
            Epsilon = Number<AdamAttribute>(settings, nameof(plan.Epsilon), plan.Epsilon),
            Momentum = Number<SgdAttribute>(settings, nameof(plan.Momentum), plan.Momentum),
            Nesterov = settings.Flag(nameof(plan.Nesterov), plan.Nesterov),
            Schedule = settings.Choice(nameof(plan.Schedule), plan.Schedule),
            DecayAt = Number<StepDecayAttribute>(settings, nameof(plan.DecayAt), plan.DecayAt, nameof(StepDecayAttribute.At)),
            DecayAlsoAt = settings.Numbers(
                nameof(plan.DecayAlsoAt), plan.DecayAlsoAt, NumberAttribute.Of<StepDecayAttribute>(nameof(StepDecayAttribute.At))),
            DecayFactor = Number<StepDecayAttribute>(
                settings, nameof(plan.DecayFactor), plan.DecayFactor, nameof(StepDecayAttribute.Factor)),
            DecayFloor = Number<CosineDecayAttribute>(
                settings, nameof(plan.DecayFloor), plan.DecayFloor, nameof(CosineDecayAttribute.Floor)),
            PlateauPatience = settings.Integer(
                nameof(plan.PlateauPatience),
                plan.PlateauPatience,
                NumberAttribute.Of<PlateauDecayAttribute>(nameof(PlateauDecayAttribute.Patience))),
            PlateauThreshold = Number<PlateauDecayAttribute>(
                settings, nameof(plan.PlateauThreshold), plan.PlateauThreshold, nameof(PlateauDecayAttribute.Threshold)),
            WarmUp = settings.Integer(nameof(plan.WarmUp), plan.WarmUp, new NumberAttribute(0, 1_000_000)),
            ClipNorm = settings.Number(nameof(plan.ClipNorm), plan.ClipNorm, new NumberAttribute(0)),
            ClipValue = settings.Number(nameof(plan.ClipValue), plan.ClipValue, new NumberAttribute(0)),
            Accumulate = settings.Integer(
                nameof(plan.Accumulate), plan.Accumulate, NumberAttribute.Of<AccumulateAttribute>(nameof(AccumulateAttribute.Batches))),
            Patience = settings.Integer(nameof(plan.Patience), plan.Patience, new NumberAttribute(0, 1_000_000)),
            Monitor = settings.Text(nameof(plan.Monitor), plan.Monitor) is { Length: > 0 } monitor ? monitor : null,
        };
        bound = bound with
        {
            TrunkRate = Number<LearningRateScaleAttribute>(settings, nameof(plan.TrunkRate), plan.TrunkRate, ScaleOfPart),
            HeadRate = Number<LearningRateScaleAttribute>(settings, nameof(plan.HeadRate), plan.HeadRate, ScaleOfPart),
            FrozenTrunk = Number(nameof(plan.FrozenTrunk), plan.FrozenTrunk),
            FrozenHeads = Number(nameof(plan.FrozenHeads), plan.FrozenHeads),
        };
        settings.RefuseUnknown([]);
        return bound;

        int Number(string key, int value) => settings.Integer(key, value, 0, FreezeAttribute.Always);
    }

    /// <summary>Reads a number in the range that an attribute gives for the property of the same name, unless another property is
    /// named.</summary>
    private static double Number<TAttribute>(Settings settings, string key, double value, string? property = null)
        where TAttribute : Attribute => settings.Number(key, value, NumberAttribute.Of<TAttribute>(property ?? key));

    private static int Whole(Settings settings, string key, int value) =>
        settings.Integer(key, value, NumberAttribute.Of<TrainingAttribute>(key));
}
