using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads how a variant is trained: the experiment's attributes, then the variant's own over them.</summary>
internal static class PlanParser
{
    /// <summary>Without any attribute: the values of <c>UAmtfl.Training.TrainingPlan</c>, which a test compares.</summary>
    internal static readonly PlanModel Default = new(40, 100, 10, "Adam", 1e-3, 0.9, 0.999, 1e-8, 0, 1, 1);

    internal static readonly string[] Attributes = [WellKnownNames.Training, WellKnownNames.Adam, WellKnownNames.Sgd, WellKnownNames.StepDecay];

    public static bool Reads(AttributeReader attribute) => Attributes.Contains(attribute.MetadataName);

    public static PlanModel Parse(string owner, IReadOnlyList<AttributeReader> attributes, PlanModel? over = null)
    {
        var plan = over ?? Default;
        if (attributes.Find(WellKnownNames.Training) is { } training)
        {
            plan = plan with
            {
                Epochs = training.Integer("Epochs"),
                BatchSize = training.Integer("BatchSize"),
                EvaluateEvery = training.Integer("EvaluateEvery"),
            };
        }

        if (attributes.Find(WellKnownNames.Adam) is { } adam)
        {
            plan = plan with
            {
                Optimizer = "Adam",
                LearningRate = adam.Number("learningRate"),
                Beta1 = adam.Number("Beta1"),
                Beta2 = adam.Number("Beta2"),
                Epsilon = adam.Number("Epsilon"),
            };
        }

        if (attributes.Find(WellKnownNames.Sgd) is { } sgd)
        {
            plan = plan with { Optimizer = "Sgd", LearningRate = sgd.Number("learningRate"), Momentum = sgd.Number("Momentum") };
            if (attributes.Find(WellKnownNames.Adam) is not null)
            {
                sgd.Context.Report(Rules.SeveralMethods, sgd.Location, owner, "Adam", "Sgd");
            }
        }

        if (attributes.Find(WellKnownNames.StepDecay) is { } decay)
        {
            plan = plan with { DecayAt = decay.Number("At"), DecayFactor = decay.Number("Factor") };
        }

        return plan;
    }
}
