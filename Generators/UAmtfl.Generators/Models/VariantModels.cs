using UAmtfl.Generators.Methods.Penalties;
using UAmtfl.Generators.Methods.Transfers;

namespace UAmtfl.Generators.Models;

/// <summary>The model of a variant.</summary>
/// <param name="Name">The name of the variant's class.</param>
/// <param name="Role">The role in the report, a name of <c>UAmtfl.Descriptors.VariantRole</c>.</param>
/// <param name="OnRequest">True if the variant is trained only when it is named.</param>
/// <param name="Trunk">The name of the trunk.</param>
/// <param name="Plan">The training plan.</param>
/// <param name="Architecture">The architecture; null if a transfer brings hard sharing with it, and for a solver.</param>
/// <param name="Transfer">The transfer between tasks; null if there is none.</param>
/// <param name="Solver">The exact solver that fits the variant; null for a network.</param>
/// <param name="Weighting">The weighting of losses or gradients; null if losses are added up.</param>
/// <param name="Penalties">The penalties.</param>
/// <param name="Grid">The grids over hyper-parameters.</param>
/// <param name="Start">What the initial weights are taken from; null if they are drawn.</param>
/// <param name="TrainedOn">The names of the tasks that the variant is trained on, as declared; empty for all.</param>
internal sealed record VariantModel(
    string Name,
    string Role,
    bool OnRequest,
    string Trunk,
    PlanModel Plan,
    MethodModel? Architecture,
    TransferModel? Transfer,
    MethodModel? Solver,
    MethodModel? Weighting,
    EquatableArray<Penalty> Penalties,
    EquatableArray<GridModel> Grid = default,
    StartModel? Start = null,
    EquatableArray<string> TrainedOn = default)
{
    /// <summary>The stated setting of transfer learning, a name of <c>UAmtfl.TransferKind</c>; null for none.</summary>
    public string? Setting { get; init; }

    /// <summary>How the labels are made from the votes of weak sources; null if they are those of the data set.</summary>
    public WeakLabelsModel? Weak { get; init; }

    /// <summary>The lines of the declaration as the user writes it, without comments.</summary>
    public EquatableArray<string> Declared { get; init; }

    public IEnumerable<HyperModel> Hypers => Methods.SelectMany(m => m.Hypers);

    /// <summary>The methods of the variant as text, how it makes its labels, what it starts from, and the tasks that it is trained on:
    /// <c>Amtfl + Uncertainty + L2(Trunk) + WeakLabels from Pre on 3 tasks</c>.</summary>
    public string Composition => string.Join(" + ", Methods.Select(m => m.Label).Append(Weak?.Label ?? "").Where(l => l.Length > 0))
        + (Start is null ? "" : $" from {Start.Text}")
        + (TrainedOn.Count == 0 ? "" : $" on {(TrainedOn.Count > 2 ? $"{TrainedOn.Count} tasks" : string.Join(", ", TrainedOn))}");

    private IEnumerable<MethodModel> Methods =>
        new[] { Architecture, Transfer, Solver, Weighting }.OfType<MethodModel>().Concat(Penalties);
}

/// <summary>The model of an attribute for sharing, weighting or a penalty, as its method reads it.</summary>
/// <param name="Kind">The name of the attribute without suffix, which decides which method reads and writes the model.</param>
/// <param name="Label">The name in reports.</param>
/// <param name="Hypers">The hyper-parameters.</param>
/// <param name="Module">The use of a weighting's class; null for a method that is not a weighting with a class of its own.</param>
internal record MethodModel(string Kind, string Label, EquatableArray<HyperModel> Hypers, WeightingModel? Module = null);

/// <summary>The model of a hyper-parameter, which is a number that the configuration can change.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Summary">The docstring of the property.</param>
/// <param name="Value">The value in the attribute.</param>
/// <param name="Range">The values that the number can have.</param>
/// <param name="Whole">True if the number has only whole values.</param>
internal sealed record HyperModel(string Name, string Summary, double Value, NumberRange Range, bool Whole = false)
{
    /// <summary>The allowed values in words.</summary>
    public string Words => Whole ? $"a whole number, {Range}" : Range.ToString();

    /// <summary>The docstring of the property, followed by its allowed values.</summary>
    public string Doc => $"{Summary} {char.ToUpperInvariant(Words[0])}{Words.Substring(1)}.";

    /// <summary>True if the hyper-parameter can have this value.</summary>
    public bool Accepts(double value) => Range.Contains(value) && (!Whole || value == Math.Floor(value));
}

/// <summary>The quantities that a weighting can need in a step; the generated code computes only those.</summary>
internal enum Need
{
    /// <summary>The weighting needs the losses, [T].</summary>
    Losses,

    /// <summary>The weighting needs the inner products of the task gradients, [T, T].</summary>
    Gramian,

    /// <summary>The weighting needs the task gradients, [T, P].</summary>
    Jacobian,

    /// <summary>The weighting needs the task gradients of two further batches.</summary>
    Cross,

    /// <summary>The weighting needs the task gradients of a further batch, before and after a trial step.</summary>
    Bilevel,
}

/// <summary>The model of a weighting that is a module of the network.</summary>
/// <param name="Type">The type of the weighting, with global::.</param>
/// <param name="New">The expression that creates the weighting, in <c>hyper</c>.</param>
/// <param name="Need">The quantities that the weighting needs in a step.</param>
/// <param name="Formula">The formula of the data term, with {0} for the loss of task t.</param>
/// <param name="Scale">A phrase that says what the weights add up to.</param>
/// <param name="Site">The name in <c>UAmtfl.GradientSite</c> that says which gradients of the tasks are compared.</param>
/// <param name="WeightedHeads">True if the heads get weighted gradients.</param>
/// <param name="AfterStep">True if the weighting needs the losses again after the step.</param>
/// <param name="Transforms">True if the weighting weights functions of the losses.</param>
/// <param name="LearningRateScale">The learning rate of the weighting's parameters in units of the network's, an expression in
/// <c>hyper</c>; null if the weighting has no parameters.</param>
/// <param name="Settings">The options that are not hyper-parameters, in words: <c>focus = Nine</c>.</param>
internal sealed record WeightingModel(
    string Type, string New, Need Need, string Formula, string Scale, string Site = "Trunk", bool WeightedHeads = false,
    bool AfterStep = false, bool Transforms = false, string? LearningRateScale = null,
    string Settings = "")
{
    public bool UsesGradients => Need != Need.Losses;

    /// <summary>The number of batches that a training step takes.</summary>
    public int Batches => Need switch { Need.Cross => 3, Need.Bilevel => 2, _ => 1 };
}

/// <summary>The values that a search tries for one hyper-parameter, or for several that are tied.</summary>
internal sealed record GridModel(EquatableArray<string> Parameters, EquatableArray<double> Values);

/// <summary>The training plan of a variant, with the members of <c>UAmtfl.Training.TrainingPlan</c>.</summary>
internal sealed record PlanModel(
    int Epochs, int BatchSize, int EvaluateEvery, string Optimizer, double LearningRate, double Beta1, double Beta2, double Epsilon,
    double Momentum, double DecayAt, double DecayFactor, int Patience, string? Monitor)
{
    public bool Nesterov { get; init; }

    public string Schedule { get; init; } = "Step";

    public EquatableArray<double> DecayAlsoAt { get; init; } = [];

    public double DecayFloor { get; init; }

    public int PlateauPatience { get; init; } = 10;

    public double PlateauThreshold { get; init; } = 1e-4;

    public int WarmUp { get; init; }

    public double ClipNorm { get; init; }

    public double ClipValue { get; init; }

    public int Accumulate { get; init; } = 1;

    public double TrunkRate { get; init; } = 1;

    public double HeadRate { get; init; } = 1;

    public int FrozenTrunk { get; init; }

    public int FrozenHeads { get; init; }
}

/// <summary>What the initial weights of a variant are taken from.</summary>
/// <param name="Source">The name of a variant, or the path of a file.</param>
/// <param name="IsFile">True if it is a file.</param>
/// <param name="Part">The part that takes over weights, a name of <c>UAmtfl.Part</c>.</param>
/// <param name="Paths">The paths of the tensors that are taken over instead; empty for the part.</param>
internal sealed record StartModel(string Source, bool IsFile, string Part, EquatableArray<string> Paths)
{
    /// <summary>The name of the other experiment whose variant the source is; null for the same experiment, and for a file.</summary>
    public string? Experiment { get; init; }

    /// <summary>The name of the variant of the same experiment; null if the source is none.</summary>
    public string? Sibling => IsFile || Experiment is not null ? null : Source;

    /// <summary>The source as text: <c>Pre</c>, <c>digits/Pre</c> or the path of a file.</summary>
    public string Text => Experiment is null ? Source : $"{Experiment}/{Source}";
}
