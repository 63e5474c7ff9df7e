using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Architectures;

namespace UAmtfl.Generators.Models;

/// <summary>The model of an experiment, which contains everything that the generated code depends on.</summary>
/// <param name="Class">The class to which the generated parts are added.</param>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">The first line of the class's summary comment, or its name.</param>
/// <param name="Seeds">The default number of seeds.</param>
/// <param name="Dataset">The place of the data.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="Weak">The weak supervision; null if there is no source of weak labels.</param>
/// <param name="Trunks">The trunks.</param>
/// <param name="Variants">The variants.</param>
internal sealed record ExperimentModel(
    ClassModel Class,
    string Name,
    string Title,
    int Seeds,
    DatasetModel Dataset,
    TaskSetModel Tasks,
    WeakModel? Weak,
    EquatableArray<TrunkModel> Trunks,
    EquatableArray<VariantModel> Variants)
{
    /// <summary>True if a variant has several copies of this trunk side by side.</summary>
    public bool NeedsStack(TrunkModel trunk) => trunk.HasParameters && trunk.HandWritten is null
        && Variants.Any(v => v.Trunk == trunk.Name && MethodCatalogue.SchemeOf(v).Architecture?.StacksTrunk == true);

    /// <summary>The forms of the layers of heads that variants with this trunk need: copies that take the same features, or features of
    /// their own.</summary>
    public EquatableArray<PieceUse> HeadForms(TrunkModel trunk) => trunk.Heads.Count == 0 ? []
        : Variants.Where(v => v.Trunk == trunk.Name && v.Solver is null)
            .Select(v => new VariantFile(Header, trunk, v).TrunkPerTask ? PieceForm.OwnStack : PieceForm.Stack)
            .Distinct().Select(form => new PieceUse(new(0, trunk.Heads[0].Layers.Count, Raw: true), form)).ToEquatableArray();

    /// <summary>The pieces of a trunk that its variants need, each once.</summary>
    public EquatableArray<PieceUse> Pieces(TrunkModel trunk) => trunk.HandWritten is not null ? []
        : Variants.Where(v => v.Trunk == trunk.Name)
            .SelectMany(v => MethodCatalogue.SchemeOf(v).Architecture?.Pieces(v.Architecture, trunk) ?? []).Distinct().ToEquatableArray();

    /// <summary>True if a variant with this trunk weights its tasks by their gradients with respect to the trunk's parameters.</summary>
    public bool NeedsTaskGradients(TrunkModel trunk) => trunk.HasParameters
        && Variants.Any(v =>
            v.Trunk == trunk.Name
            && v.Weighting is { } weighting
            && trunk.Heads.Count == 0
            && MethodCatalogue.SchemeOf(v).Representation == Representation.Shared
            && MethodCatalogue.WeightingOf(v).SiteOf(weighting) is "Trunk" or "LastLayer");

    public ExperimentHeader Header => new(Class, Name, Tasks);

    public ExperimentFile File =>
        new(
            Header,
            Title,
            Seeds,
            Dataset,
            Weak,
            Trunks.Select(t => t.Name).ToEquatableArray(),
            Variants.Select(v => v.Name).ToEquatableArray());
}

/// <summary>The part of an experiment's model that the files of its trunks and variants depend on.</summary>
internal sealed record ExperimentHeader(ClassModel Class, string Name, TaskSetModel Tasks);

/// <summary>The model of a class to which the generator adds a part.</summary>
/// <param name="Namespace">The namespace of the class, or empty.</param>
/// <param name="Containers">The declarations of the classes around the class, outermost first, and its own: <c>partial class
/// A</c>.</param>
/// <param name="MetadataName">The full metadata name of the class, for hint names.</param>
/// <param name="FullName">The full name of the class in C#, with global::.</param>
/// <param name="Taken">The short names of generated code that have another meaning in the class.</param>
internal sealed record ClassModel(
    string Namespace, EquatableArray<string> Containers, string MetadataName, string FullName, EquatableArray<string> Taken = default);

/// <summary>The model of the generated file of an experiment. It contains only the names of trunks and variants, so that an edit inside
/// one does not change it.</summary>
internal sealed record ExperimentFile(
    ExperimentHeader Experiment, string Title, int Seeds, DatasetModel Dataset, WeakModel? Weak, EquatableArray<string> Trunks,
    EquatableArray<string> Variants)
{
    /// <summary>True if there is a type for the labels of a row, which conditions take and labelling functions return.</summary>
    public bool HasLabels => Weak is not null || Experiment.Tasks.HasHierarchy;
}

/// <summary>The model of the generated file of a trunk.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Trunk">The trunk.</param>
/// <param name="Stacked">True if a variant has several copies of the trunk side by side.</param>
/// <param name="TaskGradients">True if a variant needs the tasks' gradients with respect to the trunk's parameters.</param>
/// <param name="Pieces">The pieces of the trunk that variants need.</param>
/// <param name="HeadForms">The forms of the layers of heads that variants need.</param>
internal sealed record TrunkFile(
    ExperimentHeader Experiment, TrunkModel Trunk, bool Stacked, bool TaskGradients, EquatableArray<PieceUse> Pieces,
    EquatableArray<PieceUse> HeadForms);

/// <summary>The model of the generated file of a variant.</summary>
internal sealed record VariantFile(ExperimentHeader Experiment, TrunkModel Trunk, VariantModel Variant)
{
    public TaskSetModel Tasks => Experiment.Tasks;

    /// <summary>True if a penalty splits the heads into two matrices.</summary>
    public bool Decomposes => Variant.Penalties.Any(p => p.Decomposes);

    /// <summary>True if the linear outputs of each task take features of its own.</summary>
    public bool PerTask => TrunkPerTask || Trunk.Heads.Count > 0;

    /// <summary>True if the trunk computes features for each task. One without parameters computes the same for all tasks.</summary>
    public bool TrunkPerTask => Trunk.HasParameters && MethodCatalogue.SchemeOf(Variant).Representation == Representation.PerTask;

    /// <summary>True if a step cuts its forward pass at the features, because the weighting looks at the gradients of tasks.</summary>
    public bool CutsAtHeads => Variant.Weighting?.Module?.UsesGradients == true;

    /// <summary>The architecture, which is hard sharing if the features of tasks cannot differ.</summary>
    public ArchitectureMethod Architecture => MethodCatalogue.Architecture(this);

    /// <summary>The modules that compute what the linear outputs of the heads take.</summary>
    public IReadOnlyList<PartCode> Parts => [.. Architecture.Parts(this), .. HeadLayersCode.Parts(this)];
}

/// <summary>The model of the generated file that registers the experiments of a project.</summary>
/// <param name="Experiments">The classes of the experiments, with global::.</param>
/// <param name="Library">The name of the assembly if other projects can reference it; null for a program.</param>
internal sealed record RegistrationFile(EquatableArray<string> Experiments, string? Library);
