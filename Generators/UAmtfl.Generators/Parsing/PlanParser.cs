using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads how a variant is trained: the experiment's attributes, then the variant's own over them.</summary>
internal static class PlanParser
{
    private static readonly PlanModel Default = new(40, 100, 10, "Adam", 1e-3, 0.9, 0.999, 1e-8, 0, 1, 1);

    private static readonly string[] Attributes = [WellKnownNames.Training, WellKnownNames.Adam, WellKnownNames.Sgd, WellKnownNames.StepDecay];

    public static bool Reads(AttributeReader attribute) => Attributes.Contains(attribute.MetadataName);

    public static PlanModel Parse(string owner, IReadOnlyList<AttributeReader> attributes, PlanModel? over = null)
    {
        var plan = over ?? Default;
        if (attributes.Find(WellKnownNames.Training) is { } training)
        {
            plan = plan with
            {
                Epochs = training.Integer("Epochs", Default.Epochs, 1),
                BatchSize = training.Integer("BatchSize", Default.BatchSize, 1),
                EvaluateEvery = training.Integer("EvaluateEvery", Default.EvaluateEvery, 1),
            };
        }

        if (attributes.Find(WellKnownNames.Adam) is { } adam)
        {
            plan = plan with
            {
                Optimizer = "Adam",
                LearningRate = adam.Number("learningRate", 1e-3, NumberRange.Positive),
                Beta1 = adam.Number("Beta1", Default.Beta1, NumberRange.Below1),
                Beta2 = adam.Number("Beta2", Default.Beta2, NumberRange.Below1),
                Epsilon = adam.Number("Epsilon", Default.Epsilon, NumberRange.Positive),
            };
        }

        if (attributes.Find(WellKnownNames.Sgd) is { } sgd)
        {
            plan = plan with { Optimizer = "Sgd", LearningRate = sgd.Number("learningRate", 1e-2, NumberRange.Positive), Momentum = sgd.Number("Momentum", 0, NumberRange.Below1) };
            if (attributes.Find(WellKnownNames.Adam) is not null)
            {
                sgd.Context.Report(Rules.SeveralMethods, sgd.Location, owner, "Adam", "Sgd");
            }
        }

        if (attributes.Find(WellKnownNames.StepDecay) is { } decay)
        {
            plan = plan with { DecayAt = decay.Number("At", 0.5, new(0, 1, OpenBelow: true)), DecayFactor = decay.Number("Factor", 0.1, NumberRange.Positive) };
        }

        return plan;
    }
}
