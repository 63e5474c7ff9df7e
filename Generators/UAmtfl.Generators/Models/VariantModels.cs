namespace UAmtfl.Generators.Models;

/// <summary>A variant.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Role">A name of <c>UAmtfl.Descriptors.VariantRole</c>.</param>
/// <param name="OnRequest">True if it is trained only when named.</param>
/// <param name="Trunk">The name of its trunk.</param>
/// <param name="Plan">How it is trained.</param>
/// <param name="Architecture">How the tasks' features arise; null where a transfer brings hard sharing with it, and for a solver.</param>
/// <param name="Transfer">The transfer between tasks; null for none.</param>
/// <param name="Solver">The exact solver that fits it; null for a network.</param>
/// <param name="Weighting">How losses combine; null for their sum.</param>
/// <param name="Penalties">The regularisers.</param>
/// <param name="Grid">The hyper-parameters that are searched.</param>
internal sealed record VariantModel(
    string Name,
    string Role,
    bool OnRequest,
    string Trunk,
    PlanModel Plan,
    MethodModel? Architecture,
    MethodModel? Transfer,
    MethodModel? Solver,
    MethodModel? Weighting,
    EquatableArray<MethodModel> Penalties,
    EquatableArray<GridModel> Grid = default)
{
    public IEnumerable<HyperModel> Hypers => Methods.SelectMany(m => m.Hypers);

    /// <summary>What the variant is made of: <c>Amtfl + Uncertainty + L2(Trunk)</c>.</summary>
    public string Composition => string.Join(" + ", Methods.Select(m => m.Label));

    private IEnumerable<MethodModel> Methods => new[] { Architecture, Transfer, Solver, Weighting }.OfType<MethodModel>().Concat(Penalties);
}

/// <summary>A sharing scheme, weighting or penalty, as read by its method.</summary>
/// <param name="Kind">The attribute's name without suffix: which method reads and writes it.</param>
/// <param name="Label">How the report names it.</param>
/// <param name="Hypers">Its hyper-parameters.</param>
/// <param name="Options">What changes the generated code, by name: <c>Exact</c>, <c>Shared</c>, a type.</param>
/// <param name="Strategy">Of a weighting whose arithmetic is a class of the runtime or the user's: how it is used.</param>
internal sealed record MethodModel(string Kind, string Label, EquatableArray<HyperModel> Hypers, EquatableArray<string> Options, StrategyModel? Strategy = null)
{
    public bool Has(string option) => Options.Contains(option);
}

/// <summary>A number that configuration can change.</summary>
/// <param name="Name">The property.</param>
/// <param name="Summary">Its docstring.</param>
/// <param name="Value">The attribute's value.</param>
/// <param name="Range">The values that it can have.</param>
internal sealed record HyperModel(string Name, string Summary, double Value, NumberRange Range)
{
    /// <summary>The docstring with the range.</summary>
    public string Doc => $"{Summary} {char.ToUpperInvariant(Range.ToString()[0])}{Range.ToString().Substring(1)}.";
}

/// <summary>What a weighting needs of a step; the generated code computes that and no more.</summary>
internal enum Need
{
    /// <summary>The losses [T].</summary>
    Losses,

    /// <summary>Inner products of the task gradients [T, T].</summary>
    Gramian,

    /// <summary>The task gradients [T, P].</summary>
    Jacobian,

    /// <summary>The task gradients of two further batches.</summary>
    Cross,

    /// <summary>The task gradients of a further batch, before and after a trial step.</summary>
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
/// <param name="AfterStep">True if it wants the losses once more after the step.</param>
/// <param name="Transforms">True if it balances functions of the losses.</param>
/// <param name="LearningRateScale">The learning rate of its parameters, an expression in <c>hyper</c>; null where it has none.</param>
/// <param name="Settings">What is set of it beside hyper-parameters, in words: <c>focus = Nine</c>.</param>
internal sealed record StrategyModel(
    string Type, string New, Need Need, string Formula, string Scale, string Site = "Trunk", bool WeightedHeads = false, bool AfterStep = false, bool Transforms = false, string? LearningRateScale = null,
    string Settings = "")
{
    public bool UsesGradients => Need != Need.Losses;

    /// <summary>How many batches a step takes.</summary>
    public int Batches => Need switch { Need.Cross => 3, Need.Bilevel => 2, _ => 1 };
}

/// <summary>Values that one hyper-parameter, or several together, are tried with.</summary>
internal sealed record GridModel(EquatableArray<string> Parameters, EquatableArray<double> Values);

/// <summary>How a variant is trained; the members are those of <c>UAmtfl.Training.TrainingPlan</c>.</summary>
internal sealed record PlanModel(
    int Epochs, int BatchSize, int EvaluateEvery, string Optimizer, double LearningRate, double Beta1, double Beta2, double Epsilon, double Momentum, double DecayAt, double DecayFactor);
