using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reports training attributes that contradict each other. A contradiction between attributes of the experiment is reported there
/// and not once more for each variant.</summary>
internal static class Contradictions
{
    /// <summary>Reports the contradictions in a plan, at an attribute of the variant or the experiment whose plan it is.</summary>
    /// <param name="owner">The name of the class, for messages.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="own">Its attributes.</param>
    public static void Check(string owner, PlanModel plan, IReadOnlyList<AttributeReader> own)
    {
        if (plan.WarmUp >= plan.Epochs)
        {
            Report(
                [WellKnownNames.WarmUp, WellKnownNames.Training],
                $"the warm-up takes {plan.WarmUp} epochs, but the training has {plan.Epochs}; shorten the one, or lengthen the other");
        }

        if (plan.Schedule == "Plateau" && plan.PlateauPatience < plan.EvaluateEvery)
        {
            Report(
                [WellKnownNames.PlateauDecay, WellKnownNames.Training],
                $"the validation error is measured every {plan.EvaluateEvery} epochs, and a plateau ends after {plan.PlateauPatience}; "
                    + "lower EvaluateEvery, or raise the Patience of [PlateauDecay]");
        }

        if (plan.Nesterov && plan.Momentum == 0 && own.Find(WellKnownNames.Sgd) is { } sgd)
        {
            sgd.Context.Report(
                Rules.NeedsAsymmetry,
                sgd.LocationOf("Nesterov"),
                "Nesterov of [Sgd]",
                "it looks ahead along the momentum, which is 0; set Momentum, or leave it out");
        }

        void Report(string[] names, string problem)
        {
            if (names.Select(own.Find).OfType<AttributeReader>().FirstOrDefault() is { } attribute)
            {
                attribute.Context.Report(Rules.ContradictoryPlan, attribute.Location, owner, problem);
            }
        }
    }

    /// <summary>Reports training attributes that do not fit the methods of a variant.</summary>
    /// <param name="variant">The name of the variant's class.</param>
    /// <param name="plan">The plan of the variant.</param>
    /// <param name="own">The attributes of the variant.</param>
    /// <param name="weighting">The attribute of a weighting with a class; null for none.</param>
    public static void CheckMethods(string variant, PlanModel plan, IReadOnlyList<AttributeReader> own, AttributeReader? weighting)
    {
        if (own.Find(WellKnownNames.AdamW) is { } adamW && !Decays(own))
        {
            ReportWithoutDecay(adamW);
        }

        if (weighting is not null && plan.Accumulate > 1)
        {
            weighting.Context.Report(
                Rules.ContradictoryPlan,
                weighting.Location,
                variant,
                $"[{weighting.Name}] looks at the losses or gradients of one batch, and a step is made up of {plan.Accumulate}; "
                    + "raise BatchSize in the place of [Accumulate]");
        }
    }

    /// <summary>True if the optimiser applies a penalty among the attributes as weight decay.</summary>
    public static bool Decays(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Any(a => MethodCatalogue.Penalty(a.MetadataName)?.IsDecay == true);

    /// <summary>Reports an [AdamW] beside which there is no decay.</summary>
    public static void ReportWithoutDecay(AttributeReader adamW) => adamW.Context.Report(
        Rules.NeedsAsymmetry,
        adamW.Location,
        "[AdamW]",
        "it keeps the decay of [L2] out of the moments, and there is none; add [L2(0.01)], or write [Adam]");
}
