using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads how a variant is trained. Each number is taken from the variant's attribute where that states it, else from the
/// experiment's attribute of the same name where that does, else it is the attribute's default.</summary>
internal static class PlanParser
{
    /// <summary>Without any attribute: the values of <c>UAmtfl.Training.TrainingPlan</c>, which a test compares.</summary>
    internal static readonly PlanModel Default = new(40, 100, 10, "Adam", 1e-3, 0.9, 0.999, 1e-8, 0, 1, 1);

    internal static readonly string[] Attributes = [WellKnownNames.Training, WellKnownNames.Adam, WellKnownNames.Sgd, WellKnownNames.StepDecay];

    public static bool Reads(AttributeReader attribute) => Attributes.Contains(attribute.MetadataName);

    /// <summary>The plan of a variant.</summary>
    /// <param name="variant">The variant's class, for messages.</param>
    /// <param name="own">The variant's attributes.</param>
    /// <param name="experiment">The experiment's attributes.</param>
    public static PlanModel Parse(string variant, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment)
    {
        CheckOptimiser(variant, own);
        var training = new Layers(WellKnownNames.Training, own, experiment);
        var decay = new Layers(WellKnownNames.StepDecay, own, experiment);
        var plan = Default with
        {
            Epochs = training.Integer("Epochs", Default.Epochs),
            BatchSize = training.Integer("BatchSize", Default.BatchSize),
            EvaluateEvery = training.Integer("EvaluateEvery", Default.EvaluateEvery),
            DecayAt = decay.Number("At", Default.DecayAt),
            DecayFactor = decay.Number("Factor", Default.DecayFactor),
        };

        // A learning rate of one optimiser says nothing about that of another.
        if (UsesSgd(own) ?? UsesSgd(experiment) ?? false)
        {
            var sgd = new Layers(WellKnownNames.Sgd, own, experiment);
            return plan with { Optimizer = "Sgd", LearningRate = sgd.Number("learningRate", Default.LearningRate), Momentum = sgd.Number("Momentum", Default.Momentum) };
        }

        var adam = new Layers(WellKnownNames.Adam, own, experiment);
        return plan with
        {
            LearningRate = adam.Number("learningRate", Default.LearningRate),
            Beta1 = adam.Number("Beta1", Default.Beta1),
            Beta2 = adam.Number("Beta2", Default.Beta2),
            Epsilon = adam.Number("Epsilon", Default.Epsilon),
        };
    }

    /// <summary>Checks what an experiment says for all variants: its numbers, and that it names one optimiser.</summary>
    public static void Check(string experiment, IReadOnlyList<AttributeReader> attributes) => Parse(experiment, attributes, []);

    /// <summary>Reports what an experiment says of training that none of its variants reads: each is solved exactly, or has the other optimiser.</summary>
    /// <param name="experiment">The experiment's class, for messages.</param>
    /// <param name="attributes">The experiment's attributes.</param>
    /// <param name="variants">The attributes of each variant.</param>
    /// <param name="context">Where to report.</param>
    public static void CheckRead(string experiment, IReadOnlyList<AttributeReader> attributes, IReadOnlyList<IReadOnlyList<AttributeReader>> variants, ParseContext context)
    {
        var trained = variants.Where(v => !v.Any(a => Methods.MethodCatalogue.Solver(a.MetadataName) is not null)).ToList();
        foreach (var attribute in attributes.Where(a => variants.Count > 0 && Reads(a)))
        {
            var others = (bool? sgd) => trained.All(v => UsesSgd(v) == sgd);
            var reason = trained.Count == 0 ? "is solved exactly"
                : attribute.Is(WellKnownNames.Adam) && others(true) ? "has [Sgd]"
                : attribute.Is(WellKnownNames.Sgd) && others(false) ? "has [Adam]"
                : null;
            if (reason is not null)
            {
                context.Report(Rules.NeedsAsymmetry, attribute.Location, $"[{attribute.Name}]", $"each variant of '{experiment}' that it could be for {reason}; leave it out");
            }
        }
    }

    private static void CheckOptimiser(string owner, IReadOnlyList<AttributeReader> attributes)
    {
        if (attributes.Find(WellKnownNames.Sgd) is { } sgd && attributes.Find(WellKnownNames.Adam) is not null)
        {
            sgd.Context.Report(Rules.SeveralMethods, sgd.Location, owner, "Adam", "Sgd");
        }
    }

    private static bool? UsesSgd(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Sgd) is not null ? true : attributes.Find(WellKnownNames.Adam) is not null ? false : null;

    /// <summary>An attribute of a variant over the experiment's of the same name; either may be missing.</summary>
    private sealed class Layers(string attribute, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment)
    {
        private readonly IReadOnlyList<AttributeReader> layers = [.. new[] { own.Find(attribute), experiment.Find(attribute) }.OfType<AttributeReader>()];

        public double Number(string name, double without) => Layer(name)?.Number(name) ?? without;

        public int Integer(string name, int without) => Layer(name)?.Integer(name) ?? without;

        /// <summary>The uppermost that states the number; one that has its default where none does; null where there is no attribute.</summary>
        private AttributeReader? Layer(string name) => layers.FirstOrDefault(l => l.States(name)) ?? layers.FirstOrDefault();
    }
}
