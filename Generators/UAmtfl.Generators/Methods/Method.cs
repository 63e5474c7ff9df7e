using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods;

/// <summary>A parameter that a method adds to the network.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Summary">The docstring of the property: symbol and meaning.</param>
/// <param name="Shape">The shape as C# arguments: <c>10, 500</c>.</param>
/// <param name="Random">True if the initial values are drawn from N(0, 0.01²), as the output layers of Lee et al. 2018 are; false for
/// zeros.</param>
/// <param name="OfOneTask">True if each entry belongs to one task; otherwise the parameter belongs to all.</param>
internal sealed record ParameterCode(string Name, string Summary, string Shape, bool Random = false, bool OfOneTask = false)
{
    /// <summary>The owner of the parameter as C#, a value of the runtime's <c>Owner</c>.</summary>
    public string Owner => OfOneTask ? Owners.OneTask : Owners.AllTasks;
}

/// <summary>A term of the objective.</summary>
/// <param name="Formula">The formula, as the paper has it: <c>μ‖W‖₁</c>.</param>
/// <param name="Value">The expression that computes the term.</param>
/// <param name="Statements">The statements before the expression, each with its comment.</param>
internal sealed record TermCode(string Formula, Code Value, params (string Code, string Comment)[] Statements);

/// <summary>Reads one attribute of the language and writes the code for it. Everything about the method is in this class.</summary>
internal abstract class Method(string attribute)
{
    /// <summary>The metadata name of the attribute.</summary>
    public string Attribute { get; } = attribute;

    /// <summary>The name of the attribute without namespace and suffix.</summary>
    public string Kind { get; } = WellKnownNames.Short(attribute);

    /// <summary>True for an architecture or a solver that fits each task by itself, so that nothing is transferred between them.</summary>
    public virtual bool SeparatesTasks => false;

    /// <summary>Returns the hyper-parameter that belongs to a number of an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The name of the property or constructor argument.</param>
    /// <param name="summary">The docstring of the hyper-parameter.</param>
    /// <param name="property">The name of the hyper-parameter; null for that of the argument.</param>
    public static HyperModel Hyper(AttributeReader attribute, string name, string summary, string? property = null) =>
        new(property ?? name, summary, attribute.Number(name), attribute.Described(name).Range);

    /// <summary>Reports a task whose declaration chooses a loss that the method does not take, and returns false if there is
    /// one.</summary>
    /// <param name="attribute">The attribute of the method.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="why">Why it does not take a loss that an option has chosen, and what to do instead; null if it takes it.</param>
    protected bool TakesLosses(AttributeReader attribute, TaskSetModel tasks, Func<LossModel, string?> why)
    {
        foreach (var task in tasks.Tasks.Where(t => t.Loss.Words is not null))
        {
            if (why(task.Loss) is { } reason)
            {
                attribute.Context.Report(
                    Diagnostics.Rules.MethodNeedsTasks, attribute.Location, Kind, task.Name, task.Loss.Words!, reason);
                return false;
            }
        }

        return true;
    }

    protected MethodModel Model(string label, IEnumerable<HyperModel> hypers) => new(Kind, label, hypers.ToEquatableArray());
}

/// <summary>A weighting, which combines the losses of the tasks into the first term of the objective.</summary>
internal abstract class WeightingMethod(string attribute) : Method(attribute)
{
    /// <summary>True if this method reads the attribute.</summary>
    public virtual bool Reads(AttributeReader attribute) => attribute.Is(Attribute);

    public abstract MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme);

    public virtual IReadOnlyList<ParameterCode> Parameters(VariantFile file) => [];

    /// <summary>The code of the factor by which the learning rate of the weighting's parameters differs from that of the network, an
    /// expression in <c>hyper</c>.</summary>
    public virtual string LearningRateScale => "1";

    /// <summary>Returns the statements that must stand before the task losses and before the predicted outputs.</summary>
    /// <param name="file">The variant.</param>
    /// <param name="network">The code before a parameter of the network: <c>Network.</c>, or nothing in the network itself.</param>
    public virtual IReadOnlyList<(string Code, string Comment)> Prepare(VariantFile file, string network) => [];

    /// <summary>Returns the constant tensors that are created with the network, each with a name, an expression in <c>counts</c> and a
    /// comment.</summary>
    public virtual IReadOnlyList<(string Name, string Code, string Comment)> Constants(VariantFile file) => [];

    /// <summary>Returns the code of the data terms of a group's tasks, [group].</summary>
    public virtual Code GroupLoss(VariantFile file, TaskGroup group) =>
        LossCode.WithFloor(file, group, LossCode.Of(file.Tasks, group, LossCode.Outputs(file.Tasks, group)));

    /// <summary>Returns the formula of the data term of task t.</summary>
    public virtual string LossFormula(VariantFile file) => LossCode.WithFloor(file, LossCode.Formula(file.Tasks));

    /// <summary>Returns the formula of ℓ_t for the tasks of a group, for a network with tasks of several kinds.</summary>
    public virtual string KindFormula(VariantFile file, TaskGroup group) => LossCode.FormulaOf(group, "o_t");

    /// <summary>Returns the first term of the objective, computed from <c>losses</c>.</summary>
    public abstract TermCode Combine(VariantFile file);

    /// <summary>Returns the code of the outputs [N, columns] of a group from which predictions are computed, an expression in
    /// <c>outputs</c>; null if they are those that the loss takes.</summary>
    public virtual string? Predict(VariantFile file, TaskGroup group) => null;

    /// <summary>Returns the expression that adds what <see cref="Predict"/> does to all groups to <c>graph</c>, the graph of an exported
    /// model.</summary>
    /// <param name="file">The variant.</param>
    /// <param name="outputs">The expression that adds the heads and returns the name of their outputs.</param>
    public virtual string Export(VariantFile file, string outputs) => outputs;

    /// <summary>Returns the parameter s = log σ² of the network, one for each task or one for all; null if no noise is learnt.</summary>
    public virtual string? LogVariances(VariantFile file) => null;

    /// <summary>Returns the values that a training records in each epoch, each with a name and an expression.</summary>
    public virtual IReadOnlyList<(string Name, string Code)> Traces(VariantFile file) => [];

    /// <summary>Returns the name in <c>UAmtfl.GradientSite</c> that says which gradients of the tasks are compared; null if none
    /// are.</summary>
    public virtual string? SiteOf(MethodModel model) => null;
}
