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
    EquatableArray<GridModel> Grid = default)
{
    public IEnumerable<HyperModel> Hypers => Methods.SelectMany(m => m.Hypers);

    /// <summary>The methods of the variant as text: <c>Amtfl + Uncertainty + L2(Trunk)</c>.</summary>
    public string Composition => string.Join(" + ", Methods.Select(m => m.Label));

    private IEnumerable<MethodModel> Methods =>
        new[] { Architecture, Transfer, Solver, Weighting }.OfType<MethodModel>().Concat(Penalties);
}

/// <summary>A sharing scheme, weighting or penalty, as read by its method.</summary>
/// <param name="Kind">The attribute's name without suffix. It decides which method reads and writes the model.</param>
/// <param name="Label">How the report names it.</param>
/// <param name="Hypers">Its hyper-parameters.</param>
/// <param name="Module">Of a weighting whose arithmetic is a class of the runtime or the user's: how it is used.</param>
internal record MethodModel(string Kind, string Label, EquatableArray<HyperModel> Hypers, WeightingModel? Module = null);

/// <summary>The model of a hyper-parameter, which is a number that the configuration can change.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Summary">The docstring of the property.</param>
/// <param name="Value">The value in the attribute.</param>
/// <param name="Range">The values that the number can have.</param>
/// <param name="Whole">True if the number has only whole values.</param>
internal sealed record HyperModel(string Name, string Summary, double Value, NumberRange Range, bool Whole = false)
{
    /// <summary>The values that it can have, in words.</summary>
    public string Words => Whole ? $"a whole number, {Range}" : Range.ToString();

    /// <summary>The docstring with the range.</summary>
    public string Doc => $"{Summary} {char.ToUpperInvariant(Words[0])}{Words.Substring(1)}.";

    /// <summary>True for a value that it can have.</summary>
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

/// <summary>A weighting as a module of the network.</summary>
/// <param name="Type">Its type, with global::.</param>
/// <param name="New">The expression that creates it, in <c>hyper</c>.</param>
/// <param name="Need">What it needs.</param>
/// <param name="Formula">The data term, with {0} for the loss of task t.</param>
/// <param name="Scale">What the weights add up to, in words.</param>
/// <param name="Site">Where gradients are compared: a name of <c>UAmtfl.GradientSite</c>.</param>
/// <param name="WeightedHeads">True if heads get weighted gradients.</param>
/// <param name="AfterStep">True if it needs the losses again after the step.</param>
/// <param name="Transforms">True if it weights functions of the losses.</param>
/// <param name="LearningRateScale">The learning rate of its parameters, an expression in <c>hyper</c>; null where it has none.</param>
/// <param name="Settings">Its options that are not hyper-parameters, in words: <c>focus = Nine</c>.</param>
internal sealed record WeightingModel(
    string Type, string New, Need Need, string Formula, string Scale, string Site = "Trunk", bool WeightedHeads = false,
    bool AfterStep = false, bool Transforms = false, string? LearningRateScale = null,
    string Settings = "")
{
    public bool UsesGradients => Need != Need.Losses;

    /// <summary>The number of batches that a step takes.</summary>
    public int Batches => Need switch { Need.Cross => 3, Need.Bilevel => 2, _ => 1 };
}

/// <summary>The values that a search tries for one hyper-parameter, or for several that are tied.</summary>
internal sealed record GridModel(EquatableArray<string> Parameters, EquatableArray<double> Values);

/// <summary>The training plan of a variant, with the members of <c>UAmtfl.Training.TrainingPlan</c>.</summary>
internal sealed record PlanModel(
    int Epochs, int BatchSize, int EvaluateEvery, string Optimizer, double LearningRate, double Beta1, double Beta2, double Epsilon,
    double Momentum, double DecayAt, double DecayFactor);
