using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the training plan of a variant. Each number comes from the variant's attribute if it is written there, else from the
/// experiment's attribute of the same name if it is written there, else it is the default.</summary>
internal static class PlanParser
{
    /// <summary>The plan without any attribute, which has the values of <c>UAmtfl.Training.TrainingPlan</c>; a test compares the
    /// two.</summary>
    internal static readonly PlanModel Default = new(40, 100, 10, "Adam", 1e-3, 0.9, 0.999, 1e-8, 0, 1, 1, 0, null);

    internal static readonly string[] Attributes = [
        WellKnownNames.Training, WellKnownNames.Adam, WellKnownNames.Sgd, WellKnownNames.StepDecay, WellKnownNames.EarlyStopping];

    public static bool Reads(AttributeReader attribute) => Attributes.Contains(attribute.MetadataName);

    /// <summary>Reads the plan of a variant.</summary>
    /// <param name="variant">The variant's class, for messages.</param>
    /// <param name="own">The variant's attributes.</param>
    /// <param name="experiment">The experiment's attributes.</param>
    /// <param name="tasks">The tasks.</param>
    public static PlanModel Parse(
        string variant, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment, TaskSetModel tasks)
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
            Patience = new Layers(WellKnownNames.EarlyStopping, own, experiment).Integer("patience", Default.Patience),
            Monitor = Monitor(own.Find(WellKnownNames.EarlyStopping) ?? experiment.Find(WellKnownNames.EarlyStopping), tasks),
        };

        // A learning rate is not taken from the attribute of another optimiser, because it says nothing about this one.
        if (UsesSgd(own) ?? UsesSgd(experiment) ?? false)
        {
            var sgd = new Layers(WellKnownNames.Sgd, own, experiment);
            return plan with
            {
                Optimizer = "Sgd",
                LearningRate = sgd.Number("learningRate", Default.LearningRate),
                Momentum = sgd.Number("Momentum", Default.Momentum),
            };
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

    /// <summary>Checks the numbers of an experiment's training attributes, and that it names one optimiser.</summary>
    public static void Check(string experiment, IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks) =>
        Parse(experiment, attributes, [], tasks);

    /// <summary>Reports training attributes of an experiment that none of its variants uses, because each is solved exactly or has the
    /// other optimiser.</summary>
    /// <param name="experiment">The experiment's class, for messages.</param>
    /// <param name="attributes">The experiment's attributes.</param>
    /// <param name="variants">The attributes of each variant.</param>
    /// <param name="context">Receives the diagnostics.</param>
    public static void CheckRead(
        string experiment,
        IReadOnlyList<AttributeReader> attributes,
        IReadOnlyList<IReadOnlyList<AttributeReader>> variants,
        ParseContext context)
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
                context.Report(
                    Rules.NeedsAsymmetry, attribute.Location, $"[{attribute.Name}]",
                    $"each variant of '{experiment}' that it could be for {reason}; leave it out");
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

    /// <summary>Returns the task that early stopping watches, «*» for each task, and null for the error over all.</summary>
    private static string? Monitor(AttributeReader? stopping, TaskSetModel tasks)
    {
        if (stopping?.Text("Monitor") is null)
        {
            return stopping?.Flag("PerTask", false) == true ? "*" : null;
        }

        if (stopping.Flag("PerTask", false))
        {
            stopping.Context.Report(
                Rules.NeedsAsymmetry, stopping.LocationOf("Monitor"), $"Monitor of [{stopping.Name}]",
                "PerTask watches every task; leave one of the two out");
        }

        return TaskNames.Find(stopping, "Monitor", tasks) is { } task ? tasks.Tasks[task].Label ?? tasks.Tasks[task].Name : null;
    }

    private static bool? UsesSgd(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Sgd) is not null ? true : attributes.Find(WellKnownNames.Adam) is not null ? false : null;

    /// <summary>Reads numbers from an attribute of a variant or, if they are not written there, from the experiment's attribute of the
    /// same name. Either may be missing.</summary>
    private sealed class Layers(string attribute, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment)
    {
        private readonly IReadOnlyList<AttributeReader> layers = [
            .. new[] { own.Find(attribute), experiment.Find(attribute) }.OfType<AttributeReader>()];

        public double Number(string name, double without) => Layer(name)?.Number(name) ?? without;

        public int Integer(string name, int without) => Layer(name)?.Integer(name) ?? without;

        /// <summary>Returns the first attribute in which the number is written, else any that has its default; null if there is no
        /// attribute.</summary>
        private AttributeReader? Layer(string name) => layers.FirstOrDefault(l => l.States(name)) ?? layers.FirstOrDefault();
    }
}
