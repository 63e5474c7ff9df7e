using System.Security.Cryptography;
using System.Text;
using UAmtfl.Data;
using UAmtfl.Tasks;
using UAmtfl.Training;
using UAmtfl.WeakSupervision;

namespace UAmtfl.Descriptors;

/// <summary>What a variant is to the report.</summary>
public enum VariantRole
{
    /// <summary>One of the methods compared.</summary>
    Method,

    /// <summary>What transfer is measured against (<see cref="BaselineAttribute"/>).</summary>
    Baseline,

    /// <summary>What the experiment is about (<see cref="ProposedAttribute"/>).</summary>
    Proposed,

    /// <summary>An ablation (<see cref="ControlAttribute"/>).</summary>
    Control,

    /// <summary>A method that negative transfer is counted against too (<see cref="ReferenceAttribute"/>).</summary>
    Reference,

    /// <summary>A network that others start from, which is in no table (<see cref="PreTrainingAttribute"/>).</summary>
    PreTraining,
}

/// <summary>An experiment as the generator registers it.</summary>
public sealed record ExperimentDescriptor
{
    /// <summary>The name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>One line: the class's summary comment.</summary>
    public required string Title { get; init; }

    /// <summary>How many seeds by default.</summary>
    public required int Seeds { get; init; }

    /// <summary>The tasks.</summary>
    public required TaskSet Tasks { get; init; }

    /// <summary>Makes the data set.</summary>
    public required Func<IDataset> Dataset { get; init; }

    /// <summary>The weak supervision of the variants with <see cref="WeakLabelsAttribute"/>; null if there is none.</summary>
    public WeakDeclaration? Weak { get; init; }

    /// <summary>A hash of the declaration: SHA-256 of the name, the seeds, the tasks, the class of the data set with the options that are
    /// declared (<see cref="IDataset.Declared"/>), the weak supervision and the variants with their generated code, as 64 hexadecimal
    /// digits. It changes with every attribute of the experiment.</summary>
    /// <exception cref="DataException">The constructor of the data set throws.</exception>
    public string Fingerprint
    {
        get
        {
            string[] parts =
            [
                Name, $"{Seeds}", $"{Tasks.OneVsAll}", string.Join(' ', Tasks.Metrics),
                .. Tasks.Tasks.Select((task, t) => $"{task.Name} {task.Kind} {task.Outputs} {Tasks.LabelColumns[t]}"),
                .. DeclaredData.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={o.Value}"),
                .. Variants.Select(v => $"{v.Name} {v.Fingerprint}"), .. Weak is null ? [] : Describe(Weak),
            ];
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
        }
    }

    private static IEnumerable<string> Describe(WeakDeclaration weak) =>
    [
        .. weak.AllSources.Select(source => $"{source.Name} {string.Join(' ', source.Tasks)}"),
        .. weak.Dependencies.Select(pair => $"{pair}"),
        .. weak.Labels.SelectMany(set => set.Vectors.Select(vector => string.Join(' ', vector)).Prepend(string.Join(' ', set.Tasks))),
    ];

    /// <summary>The class of the data set and the options that the experiment declares.</summary>
    /// <exception cref="DataException">The constructor of the data set throws.</exception>
    internal IReadOnlyDictionary<string, string> DeclaredData => DeclaredOptions.Of(NewDataset());

    /// <summary>Makes the data set, a user's code.</summary>
    /// <exception cref="DataException">Its constructor throws.</exception>
    internal IDataset NewDataset() => DatasetLoader.Create(Name, Dataset);

    /// <summary>The rows of the table, as declared.</summary>
    public required IReadOnlyList<VariantDescriptor> Variants { get; init; }

    /// <summary>The names of the generated files that belong to the experiment, to be copied into the run folder.</summary>
    public required IReadOnlyList<string> GeneratedFiles { get; init; }

    /// <summary>The full name of the class that declares it, for messages.</summary>
    internal string Class => GeneratedFiles.Count > 0 ? GeneratedFiles[0].Replace(".g.cs", "", StringComparison.Ordinal) : Title;
}

/// <summary>A variant as the generator registers it.</summary>
public sealed record VariantDescriptor
{
    /// <summary>The class's name.</summary>
    public required string Name { get; init; }

    /// <summary>One line: what it is composed of, <c>Amtfl + Uncertainty + L2 + L1</c>.</summary>
    public required string Composition { get; init; }

    /// <summary>What is minimised, as a formula on one line: the first line of its generated file.
    /// Empty where no generated code says it.</summary>
    public string Objective { get; init; } = "";

    /// <summary>What its weighting compares, what the weights sum to, and what the heads get;
    /// null where it is a sum or says it all in its objective.</summary>
    public string? Weighting { get; init; }

    /// <summary>A hash of the declaration: SHA-256 of the generated code of the variant and of its trunk, as 64 hexadecimal digits; empty
    /// where no generated code says it.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>What its network computes, layer by layer, and which outputs it predicts with; empty where an exact solver fits
    /// it.</summary>
    public string Network { get; init; } = "";

    /// <summary>The shape of one sample that its network takes, without the batch dimension (<see cref="InputAttribute"/>);
    /// null where nothing is said of it, and nothing checked.</summary>
    public IReadOnlyList<int>? Input { get; init; }

    /// <summary>The number V of rows of the table in which its network looks up the inputs, whole numbers from 0 to V − 1
    /// (<see cref="EmbeddingAttribute"/>); null if it has none.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>What it is to the report.</summary>
    public VariantRole Role { get; init; }

    /// <summary>True if a run trains the variant only where the command line names it.</summary>
    public bool OnRequest { get; init; }

    /// <summary>The training the attributes ask for.</summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>The grids that are searched (<see cref="GridAttribute"/>); empty for none.</summary>
    public IReadOnlyList<GridDimension> Grid { get; init; } = [];

    /// <summary>Where its initial weights come from; null if they are drawn.</summary>
    public StartingPoint? Start { get; init; }

    /// <summary>The names of the tasks that it is trained and tested on (<see cref="TrainOnAttribute"/>); null for all.</summary>
    public IReadOnlyList<string>? TrainedOn { get; init; }

    /// <summary>The setting of transfer learning that it is stated to be in (<see cref="TransferSettingAttribute"/>); null for
    /// none.</summary>
    public TransferKind? Setting { get; init; }

    /// <summary>How the labels that it is trained on are made from weak ones; null if it is trained on the data set's.</summary>
    public WeakLabelPlan? Weak { get; init; }

    /// <summary>True if an exact solver fits it: it has no epochs.</summary>
    public bool Fitted { get; init; }

    /// <summary>Reads the hyper-parameters from configuration, on top of the attributes' values.</summary>
    /// <exception cref="UAmtflException">A value is out of range or not a number.</exception>
    public required Func<Settings, BoundVariant> Bind { get; init; }
}
