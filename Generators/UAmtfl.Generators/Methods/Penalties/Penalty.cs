using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>A penalty of a variant as its attribute declares it, and the code for it. A penalty is a record that derives from this one,
/// with the attribute's options as its members, and a <see cref="PenaltyReader"/> beside it in the same file.</summary>
/// <param name="Kind">The name of the attribute without suffix.</param>
/// <param name="Label">The name of the penalty in reports: <c>L2(Trunk)</c>.</param>
/// <param name="Hypers">The hyper-parameters.</param>
internal abstract record Penalty(string Kind, string Label, EquatableArray<HyperModel> Hypers) : MethodModel(Kind, Label, Hypers)
{
    /// <summary>The words for the part that is penalised: <c>the heads</c>.</summary>
    public virtual string Of => "the heads";

    /// <summary>True if the penalty splits the heads into two matrices, W = P + Q.</summary>
    public virtual bool Decomposes => false;

    /// <summary>True if the heads of a network take the proximal step of the penalty.</summary>
    public virtual bool StepsHeads => false;

    /// <summary>Returns the terms of the objective that belong to the penalty.</summary>
    public abstract IReadOnlyList<PenaltyTerm> Terms(VariantFile file);

    /// <summary>The reason why the value of the objective leaves out a term without code.</summary>
    public virtual string Instead => "the optimiser adds its gradient, which is weight decay";

    /// <summary>Returns the formula of the penalty for linear models, whose heads stand on the inputs and whose intercepts are not
    /// penalised.</summary>
    public virtual string LinearFormula(VariantFile file) => string.Join(" + ", Terms(file).Select(t => t.Formula));

    /// <summary>Returns the field of the variant that the penalty needs; null if it needs none.</summary>
    public virtual FieldCode? Field(TaskSetModel tasks) => null;

    /// <summary>The expression that creates the penalty as a <c>ProximalPenalty</c>; null for a penalty that is smooth or has two
    /// components.</summary>
    public virtual Code? Proximal => null;

    /// <summary>Returns the expression that creates the penalty as a <c>SmoothPenalty</c>; null for a penalty that is not
    /// smooth.</summary>
    public virtual Code? Smooth(TaskSetModel tasks) => null;

    /// <summary>The expression that creates the penalty as a <c>StructuredPenalty</c> of two components; null for any other
    /// penalty.</summary>
    public virtual Code? Decomposition => null;

    /// <summary>Returns the statements that follow each step of the optimiser, such as a proximal step, with
    /// <c>learningRate</c>.</summary>
    public virtual IReadOnlyList<Code> Project(VariantFile file) => [];

    /// <summary>Returns the code of the weight decay that the penalty is for a part; null if it is none.</summary>
    public virtual Code? Decay(VariantFile file, Part part) => null;

    /// <summary>True if the proximal step of another penalty followed by that of this one is the proximal step of their sum.</summary>
    public virtual bool StepsAfter(Penalty other) => false;
}

/// <summary>A term of the objective that belongs to a penalty.</summary>
/// <param name="Formula">The formula, as the paper has it: <c>μ‖W‖₁</c>.</param>
/// <param name="Value">The expression that computes the term; null if the optimiser or a proximal step applies it.</param>
internal sealed record PenaltyTerm(string Formula, Code? Value = null);

/// <summary>A field that a penalty adds to the class of the variant.</summary>
/// <param name="Name">The name of the field.</param>
/// <param name="Type">The type of the field, with global::.</param>
/// <param name="Create">The expression that creates the value from <c>hyper</c> and <c>counts</c>.</param>
internal sealed record FieldCode(string Name, string Type, Code Create);
