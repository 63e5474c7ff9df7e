using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods;

/// <summary>A parameter that a method adds to the network.</summary>
/// <param name="Name">The property.</param>
/// <param name="Summary">Its docstring: symbol and meaning.</param>
/// <param name="Shape">The shape, as C# arguments: <c>10, 500</c>.</param>
/// <param name="Random">True if it starts as N(0, 0.01²), as the output layers of Lee et al. 2018 do; otherwise at zero.</param>
internal sealed record ParameterCode(string Name, string Summary, string Shape, bool Random = false);

/// <summary>A term of the objective.</summary>
/// <param name="Formula">As the paper writes it: <c>μ‖W‖₁</c>.</param>
/// <param name="Value">An expression for it.</param>
/// <param name="Statements">What must stand before, each with the comment behind it.</param>
internal sealed record TermCode(string Formula, Code Value, params (string Code, string Comment)[] Statements);

/// <summary>Reads an attribute and writes the code for it: everything about one method of the language is in its class.</summary>
internal abstract class Method(string attribute)
{
    /// <summary>The attribute's metadata name.</summary>
    public string Attribute { get; } = attribute;

    /// <summary>The attribute's name as one writes it.</summary>
    public string Kind { get; } =
        attribute.Substring("UAmtfl.".Length, attribute.IndexOf("Attribute", StringComparison.Ordinal) - "UAmtfl.".Length);

    /// <summary>A number of an attribute as a hyper-parameter.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The property or constructor argument.</param>
    /// <param name="summary">The docstring.</param>
    /// <param name="property">The hyper-parameter's name, where it is another.</param>
    public static HyperModel Hyper(AttributeReader attribute, string name, string summary, string? property = null) =>
        new(property ?? name, summary, attribute.Number(name), attribute.Described(name).Range);

    protected MethodModel Model(string label, IEnumerable<HyperModel> hypers) => new(Kind, label, hypers.ToEquatableArray());
}

/// <summary>A weighting, which combines the losses of the tasks into the first term of the objective.</summary>
internal abstract class WeightingMethod(string attribute) : Method(attribute)
{
    /// <summary>True if an attribute is this method's.</summary>
    public virtual bool Reads(AttributeReader attribute) => attribute.Is(Attribute);

    public abstract MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme);

    public virtual IReadOnlyList<ParameterCode> Parameters(VariantFile file) => [];

    /// <summary>The learning rate of the parameters in units of the network's: an expression in <c>hyper</c>.</summary>
    public virtual string LearningRateScale => "1";

    /// <summary>Statements before the task losses, and before the outputs that are predicted.</summary>
    /// <param name="file">The variant.</param>
    /// <param name="network">What stands before a parameter of the network: <c>Network.</c>, or nothing within the network itself.</param>
    public virtual IReadOnlyList<(string Code, string Comment)> Prepare(VariantFile file, string network) => [];

    /// <summary>Tensors that stay as they are, built with the network: a name, an expression in <c>counts</c>, a comment.</summary>
    public virtual IReadOnlyList<(string Name, string Code, string Comment)> Constants(VariantFile file) => [];

    /// <summary>The data term of each task of a group [group].</summary>
    public virtual Code GroupLoss(VariantFile file, TaskGroup group) =>
        LossCode.WithFloor(file, group, LossCode.Of(file.Tasks, group, LossCode.Outputs(file.Tasks, group)));

    /// <summary>The formula of the data term of task t.</summary>
    public virtual string LossFormula(VariantFile file) => LossCode.WithFloor(file, LossCode.Formula(file.Tasks));

    /// <summary>ℓ_t of the tasks of a group, where tasks of several kinds have a formula together.</summary>
    public virtual string KindFormula(VariantFile file, TaskGroup group) => LossCode.FormulaOf(group.Kind, "o_t");

    /// <summary>The first term of the objective, from <c>losses</c>.</summary>
    public abstract TermCode Combine(VariantFile file);

    /// <summary>The outputs as probabilities are computed from them: an expression in <c>outputs</c>.</summary>
    public virtual string Predict(VariantFile file) => "outputs.Values";

    /// <summary>Curves over epochs: a name and an expression.</summary>
    public virtual IReadOnlyList<(string Name, string Code)> Traces(VariantFile file) => [];

    /// <summary>Where gradients of tasks are compared: a name of <c>UAmtfl.GradientSite</c>; null where none are.</summary>
    public virtual string? SiteOf(MethodModel model) => null;
}
