using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>A penalty of a variant as its attribute declares it, and the code for it. A penalty is a record that derives from this one,
/// with the attribute's options as its members, and a <see cref="PenaltyReader"/> beside it in the same file.</summary>
/// <param name="Kind">The attribute's name without suffix.</param>
/// <param name="Label">The penalty as the report names it: <c>L2(Trunk)</c>.</param>
/// <param name="Hypers">Its hyper-parameters.</param>
internal abstract record Penalty(string Kind, string Label, EquatableArray<HyperModel> Hypers) : MethodModel(Kind, Label, Hypers)
{
    /// <summary>What it is a penalty of, as a sentence names it: <c>the heads</c>.</summary>
    public virtual string Of => "the heads";

    /// <summary>True if the penalty splits the heads into two matrices, W = P + Q.</summary>
    public virtual bool Decomposes => false;

    /// <summary>True if the heads of a network take a proximal step of it.</summary>
    public virtual bool StepsHeads => false;

    /// <summary>The terms of the objective.</summary>
    public abstract IReadOnlyList<PenaltyTerm> Terms(VariantFile file);

    /// <summary>Why the value of the objective does not have a term that has no code.</summary>
    public virtual string Instead => "the optimiser adds its gradient, which is weight decay";

    /// <summary>The term where the heads stand on the inputs and their intercepts are not penalised.</summary>
    public virtual string LinearFormula(VariantFile file) => string.Join(" + ", Terms(file).Select(t => t.Formula));

    /// <summary>A field of the variant that the penalty needs; null for none.</summary>
    public virtual FieldCode? Field(TaskSetModel tasks) => null;

    /// <summary>The expression that creates it as a <c>ProximalPenalty</c>; null for a penalty that is smooth, or of two
    /// components.</summary>
    public virtual Code? Proximal => null;

    /// <summary>The expression that creates it as a <c>SmoothPenalty</c>; null for a penalty that is not smooth.</summary>
    public virtual Code? Smooth(TaskSetModel tasks) => null;

    /// <summary>The expression that creates it as a <c>StructuredPenalty</c> of two components; null for a penalty that is none.</summary>
    public virtual Code? Decomposition => null;

    /// <summary>Statements after each step of the optimiser, with <c>learningRate</c>: a proximal step.</summary>
    public virtual IReadOnlyList<Code> Project(VariantFile file) => [];

    /// <summary>The weight decay that it is of a part; null for none.</summary>
    public virtual Code? Decay(VariantFile file, Part part) => null;

    /// <summary>True if a proximal step of this penalty behind one of another is the step of their sum.</summary>
    public virtual bool StepsAfter(Penalty other) => false;
}

/// <summary>A term of the objective.</summary>
/// <param name="Formula">As the paper writes it: <c>μ‖W‖₁</c>.</param>
/// <param name="Value">An expression for it; null where the optimiser or a proximal step applies it.</param>
internal sealed record PenaltyTerm(string Formula, Code? Value = null);

/// <summary>A field of a variant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, with global::.</param>
/// <param name="Create">The expression that creates it from <c>hyper</c> and <c>counts</c>.</param>
internal sealed record FieldCode(string Name, string Type, Code Create);
