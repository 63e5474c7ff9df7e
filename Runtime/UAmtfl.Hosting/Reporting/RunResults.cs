using System.Text.Json.Serialization;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>The results of a run from which a report is made: the experiment, its variants and its finished cells.</summary>
/// <param name="Experiment">The name of the experiment.</param>
/// <param name="Title">A line that describes the experiment.</param>
/// <param name="Tasks">The tasks with their headline metrics, in the order of all arrays of the cells with a number for each task.</param>
/// <param name="SharedTest">True if all seeds were tested on the same rows in the same order.</param>
/// <param name="Variants">The variants of the run, as declared.</param>
/// <param name="Seeds">The seeds of the run.</param>
/// <param name="Cells">The finished cells; some may be missing.</param>
/// <param name="Facts">The lines at the foot of the report: machine, versions, threads, git commit, schedule.</param>
public sealed record RunResults(
    string Experiment,
    string Title,
    TaskSet Tasks,
    bool SharedTest,
    IReadOnlyList<VariantInfo> Variants,
    IReadOnlyList<int> Seeds,
    IReadOnlyList<CellResult> Cells,
    IReadOnlyList<string> Facts)
{
    /// <summary>The errors and losses of the trainings over their epochs; empty if they are not recorded.</summary>
    public IReadOnlyList<LearningCurve> Learning { get; init; } = [];
}

/// <summary>How one training went.</summary>
/// <param name="Variant">The name of the variant.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Losses">The mean over tasks of the data term in each epoch, [epochs].</param>
/// <param name="ValidationErrors">The error over all tasks on the validation rows after each epoch, [epochs]; NaN where it was not
/// measured.</param>
public sealed record LearningCurve(
    string Variant, int Seed, IReadOnlyList<double> Losses, IReadOnlyList<double> ValidationErrors);

/// <summary>What a run records of a variant's declaration, for readers who want to see what was trained.</summary>
/// <param name="HyperParameters">The hyper-parameters by name, as text.</param>
/// <param name="Schedule">The epochs, batches, optimiser and learning rate; null for a variant that a solver fits.</param>
/// <param name="Network">The layers, shapes and parameters; null without a network.</param>
/// <param name="Code">The generated class of the objective; empty if the run does not have it.</param>
/// <param name="Text">The attributes and the name of the variant's class as they are written in C#; empty if the run does not have
/// them.</param>
public sealed record VariantDeclaration(
    IReadOnlyList<KeyValuePair<string, string>> HyperParameters, string? Schedule, string? Network, string Code, string Text);

/// <summary>The description of a variant in a report.</summary>
/// <param name="Name">The name of the variant's class.</param>
/// <param name="Composition">The methods that the variant is composed of.</param>
/// <param name="Role">The role of the variant in the report.</param>
/// <param name="Weighting">A description of the weighting: the gradients that it compares, what its weights sum to, and the gradients that
/// the heads get; null for none.</param>
/// <param name="Objective">The formula of the objective, as in the generated file; empty if the run did not record it.</param>
/// <param name="TrainedOn">The names of the tasks that the variant is trained and tested on; null for all.</param>
public sealed record VariantInfo(
    string Name, string Composition, VariantRole Role, string? Weighting = null, string Objective = "",
    IReadOnlyList<string>? TrainedOn = null)
{
    /// <summary>The setting of transfer learning that the variant states; null for none.</summary>
    public TransferKind? Setting { get; init; }

    /// <summary>The numbers of parameters of the network; null if the run did not record them, or there is no network.</summary>
    public NetworkSize? Size { get; init; }

    /// <summary>What the run records of the declaration; null if it is not known. It is in <c>run.json</c>, and so not in
    /// <c>report.json</c>.</summary>
    [JsonIgnore]
    public VariantDeclaration? Declaration { get; init; }

    /// <summary>True if the variant is trained on a task.</summary>
    /// <param name="task">The name of the task.</param>
    public bool Trains(string task) => TrainedOn is null || TrainedOn.Contains(task);
}

/// <summary>The numbers of parameters of a network, trained and frozen ones.</summary>
/// <param name="Parameters">The number of all parameters.</param>
/// <param name="Heads">The number of those in the heads. The others are in the trunk, or are a transfer between tasks or learnt
/// uncertainties.</param>
public sealed record NetworkSize(long Parameters, long Heads);
