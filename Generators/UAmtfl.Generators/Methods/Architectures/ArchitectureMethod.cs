using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture, which decides how the features of each task are computed.</summary>
internal abstract class ArchitectureMethod(string attribute) : Method(attribute)
{
    /// <summary>The <see cref="WeightForm"/> of one trunk for all tasks.</summary>
    public const string OneTrunk = "one trunk";

    /// <summary>The <see cref="WeightForm"/> of a trunk for each task.</summary>
    public const string TrunkOfEachTask = "a trunk for each task";

    /// <summary>The form of the features that the heads take.</summary>
    public abstract Representation Representation { get; }

    /// <summary>True if tasks have parameters in common, whose gradients a weighting can compare.</summary>
    public virtual bool SharesParameters => Representation == Representation.Shared;

    /// <summary>The form of a trunk's weights, by which a network can start from another: one of the same form, or one trunk as that of
    /// each task. It is the architecture's own name if no other has the same parts.</summary>
    public virtual string WeightForm => Kind;

    /// <summary>True for the architecture of a variant that has a transfer and no attribute of an architecture.</summary>
    public virtual bool IsDefault => false;

    /// <summary>True if the class of the whole trunk must have copies side by side.</summary>
    public virtual bool StacksTrunk => false;

    /// <summary>Returns the largest number of copies of a layer that stand side by side.</summary>
    public virtual int Copies(MethodModel? model, int tasks) => Representation == Representation.PerTask ? tasks : 1;

    /// <summary>The word by which messages name the owners of copies: <c>tasks</c>, <c>experts</c>.</summary>
    public virtual string CopiedFor => "tasks";

    public abstract MethodModel? Read(AttributeReader attribute, TaskSetModel tasks);

    /// <summary>Returns the parameters that the architecture adds to the copies of layers, each with its sizes, for a check that they are
    /// not too large.</summary>
    public virtual IEnumerable<(string Name, IReadOnlyList<int> Sizes)> Added(MethodModel model, TrunkModel trunk, int tasks) => [];

    /// <summary>Reports a trunk that does not fit the architecture.</summary>
    public virtual void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
    }

    /// <summary>Returns why the shapes in a trunk do not fit the architecture, and what to do; null if they fit.</summary>
    public virtual string? Misfit(MethodModel model, TrunkModel trunk) => null;

    /// <summary>Returns the penalty that belongs to the architecture; null if there is none.</summary>
    public virtual Penalties.Penalty? PenaltyOf(AttributeReader attribute) => null;

    /// <summary>Returns the pieces of a trunk that the network is made of.</summary>
    public virtual IReadOnlyList<PieceUse> Pieces(MethodModel? model, TrunkModel trunk) => [];

    /// <summary>Returns what the features of different tasks are, for the legend of a file: <c>one trunk a task</c>.</summary>
    public virtual string Legend(VariantFile file) => "";

    /// <summary>Returns the modules that compute the features, in the order in which their weights are drawn.</summary>
    public abstract IReadOnlyList<PartCode> Parts(VariantFile file);

    /// <summary>Returns the statements that compute the features from <c>prepared</c>, each with its comment. The last one declares
    /// <c>features</c>.</summary>
    public abstract IReadOnlyList<(string Code, string Comment)> Features(VariantFile file);

    /// <summary>Returns the statements that add the same computation to <c>graph</c>, an exported model with the raw <c>inputs</c>, and
    /// the expression that gives the name of the features.</summary>
    public abstract (IReadOnlyList<string> Statements, string Features) Export(VariantFile file);

    /// <summary>Returns the expression, in <c>network</c> and <c>hyper</c>, that creates the search which changes the network between
    /// epochs, a <c>StructureSearch</c> of the runtime; null if the network stays as it is.</summary>
    public virtual string? Search(VariantFile file) => null;

    /// <summary>Returns the type of the trunk's class, with global::.</summary>
    protected static string TrunkType(VariantFile file) => Emission.NetworkWriter.TrunkType(file);

    /// <summary>Returns the shape of the inputs of a network: <c>[N, 1, 28, 28]</c>.</summary>
    protected static string Inputs(VariantFile file) => $"[N, {string.Join(", ", file.Trunk.Input)}]";
}
