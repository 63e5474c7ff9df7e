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

    private static readonly string[] Optimisers = [WellKnownNames.Adam, WellKnownNames.Sgd, WellKnownNames.AdamW];

    private static readonly string[] Schedules =
    [
        WellKnownNames.StepDecay, WellKnownNames.CosineDecay, WellKnownNames.ExponentialDecay, WellKnownNames.PlateauDecay,
    ];

    private static readonly string[] Clips = [WellKnownNames.ClipNorm, WellKnownNames.ClipValue];

    /// <summary>The attributes of which a variant has one, or at most one.</summary>
    private static readonly string[][] Families = [Optimisers, Schedules, Clips];

    internal static readonly string[] Attributes =
    [
        WellKnownNames.Training, .. Optimisers, .. Schedules, .. Clips, WellKnownNames.WarmUp, WellKnownNames.Accumulate,
        WellKnownNames.EarlyStopping,
    ];

    public static bool Reads(AttributeReader attribute) => Attributes.Contains(attribute.MetadataName);

    /// <summary>Reads the plan of a variant.</summary>
    /// <param name="variant">The variant's class, for messages.</param>
    /// <param name="own">The variant's attributes.</param>
    /// <param name="experiment">The experiment's attributes.</param>
    /// <param name="tasks">The tasks.</param>
    public static PlanModel Parse(
        string variant, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment, TaskSetModel tasks)
    {
        foreach (var family in Families)
        {
            CheckOne(variant, own, family);
        }

        var layers = (string attribute) => new Layers(attribute, own, experiment);
        var training = layers(WellKnownNames.Training);
        var plan = Default with
        {
            Epochs = training.Integer("Epochs", Default.Epochs),
            BatchSize = training.Integer("BatchSize", Default.BatchSize),
            EvaluateEvery = training.Integer("EvaluateEvery", Default.EvaluateEvery),
            WarmUp = layers(WellKnownNames.WarmUp).Integer("epochs", Default.WarmUp),
            Accumulate = layers(WellKnownNames.Accumulate).Integer("batches", Default.Accumulate),
            Patience = layers(WellKnownNames.EarlyStopping).Integer("patience", Default.Patience),
            Monitor = Monitor(own.Find(WellKnownNames.EarlyStopping) ?? experiment.Find(WellKnownNames.EarlyStopping), tasks),
        };
        plan = Clipped(Optimised(Scheduled(plan, own, experiment), own, experiment), own, experiment);
        Contradictions.Check(variant, plan, own);
        return plan;
    }

    private static PlanModel Scheduled(PlanModel plan, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment)
    {
        // The numbers of another schedule say nothing about this one.
        var name = Chosen(Schedules, own, experiment);
        var schedule = new Layers(name ?? WellKnownNames.StepDecay, own, experiment);
        return name switch
        {
            WellKnownNames.CosineDecay => plan with
            {
                Schedule = "Cosine",
                DecayFloor = schedule.Number("Floor", Default.DecayFloor),
            },
            WellKnownNames.ExponentialDecay => plan with
            {
                Schedule = "Exponential",
                DecayFactor = schedule.Number("factor", Default.DecayFactor),
                DecayFloor = schedule.Number("Floor", Default.DecayFloor),
            },
            WellKnownNames.PlateauDecay => plan with
            {
                Schedule = "Plateau",
                DecayFactor = schedule.Number("Factor", Default.DecayFactor),
                DecayFloor = schedule.Number("Floor", Default.DecayFloor),
                PlateauPatience = schedule.Integer("Patience", Default.PlateauPatience),
                PlateauThreshold = schedule.Number("Threshold", Default.PlateauThreshold),
            },
            _ => plan with
            {
                DecayAt = schedule.Number("At", Default.DecayAt),
                DecayAlsoAt = schedule.Numbers("AlsoAt", "At"),
                DecayFactor = schedule.Number("Factor", Default.DecayFactor),
            },
        };
    }

    private static PlanModel Optimised(PlanModel plan, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment)
    {
        // A learning rate is not taken from the attribute of another optimiser, because it says nothing about this one.
        var name = Chosen(Optimisers, own, experiment);
        var optimiser = new Layers(name ?? WellKnownNames.Adam, own, experiment);
        return name is WellKnownNames.Sgd
            ? plan with
            {
                Optimizer = "Sgd",
                LearningRate = optimiser.Number("learningRate", Default.LearningRate),
                Momentum = optimiser.Number("Momentum", Default.Momentum),
                Nesterov = optimiser.Flag("Nesterov"),
            }
            : plan with
            {
                Optimizer = name is WellKnownNames.AdamW ? "AdamW" : "Adam",
                LearningRate = optimiser.Number("learningRate", Default.LearningRate),
                Beta1 = optimiser.Number("Beta1", Default.Beta1),
                Beta2 = optimiser.Number("Beta2", Default.Beta2),
                Epsilon = optimiser.Number("Epsilon", Default.Epsilon),
            };
    }

    private static PlanModel Clipped(PlanModel plan, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment) =>
        Chosen(Clips, own, experiment) switch
        {
            WellKnownNames.ClipNorm => plan with { ClipNorm = new Layers(WellKnownNames.ClipNorm, own, experiment).Number("norm", 0) },
            WellKnownNames.ClipValue => plan with { ClipValue = new Layers(WellKnownNames.ClipValue, own, experiment).Number("value", 0) },
            _ => plan,
        };

    /// <summary>Checks the numbers of an experiment's training attributes, and that it names one of each family.</summary>
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
            var family = Families.FirstOrDefault(f => f.Contains(attribute.MetadataName)) ?? [];
            var others = trained.Select(v => v.FirstOrDefault(a => family.Contains(a.MetadataName)))
                .Where(a => a is not null && !a.Is(attribute.MetadataName)).Select(a => $"[{a!.Name}]").ToList();
            var reason = trained.Count == 0 ? "is solved exactly"
                : others.Count == trained.Count ? $"has {string.Join(" or ", others.Distinct())}"
                : null;
            if (reason is not null)
            {
                context.Report(
                    Rules.NeedsAsymmetry, attribute.Location, $"[{attribute.Name}]",
                    $"each variant of '{experiment}' that it could be for {reason}; leave it out");
            }
        }

        if (attributes.Find(WellKnownNames.AdamW) is { } adamW
            && trained.Where(v => Chosen(Optimisers, v, []) is null).ToList() is { Count: > 0 } users
            && !users.Any(Contradictions.Decays))
        {
            Contradictions.ReportWithoutDecay(adamW);
        }
    }

    /// <summary>Returns the attribute of a family that a variant or, if it has none, its experiment has; null for none.</summary>
    private static string? Chosen(string[] family, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment) =>
        own.Concat(experiment).FirstOrDefault(a => family.Contains(a.MetadataName))?.MetadataName;

    private static void CheckOne(string owner, IReadOnlyList<AttributeReader> attributes, string[] family)
    {
        var found = attributes.Where(a => family.Contains(a.MetadataName)).Take(2).ToList();
        if (found.Count == 2)
        {
            found[1].Context.Report(Rules.SeveralMethods, found[1].Location, owner, found[0].Name, found[1].Name);
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

    /// <summary>Reads numbers from an attribute of a variant or, if they are not written there, from the experiment's attribute of the
    /// same name. Either may be missing.</summary>
    private sealed class Layers(string attribute, IReadOnlyList<AttributeReader> own, IReadOnlyList<AttributeReader> experiment)
    {
        private readonly IReadOnlyList<AttributeReader> layers = [
            .. new[] { own.Find(attribute), experiment.Find(attribute) }.OfType<AttributeReader>()];

        public double Number(string name, double without) => Layer(name)?.Number(name) ?? without;

        public int Integer(string name, int without) => Layer(name)?.Integer(name) ?? without;

        public bool Flag(string name) => Layer(name)?.Flag(name, false) ?? false;

        /// <summary>Reads a list of numbers, each in the range of another number.</summary>
        public EquatableArray<double> Numbers(string name, string like) =>
            Layer(name) is { } layer ? [.. layer.Numbers(name, layer.Described(like).Range)] : [];

        /// <summary>Returns the first attribute in which the number is written, else any that has its default; null if there is no
        /// attribute.</summary>
        private AttributeReader? Layer(string name) => layers.FirstOrDefault(l => l.States(name)) ?? layers.FirstOrDefault();
    }
}
