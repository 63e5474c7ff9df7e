using UAmtfl.Generators.Layers;

namespace UAmtfl.Generators.Models;

/// <summary>The model of a trunk.</summary>
/// <param name="Name">The name of the trunk's class.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">The layers; empty for a hand-written module.</param>
/// <param name="HandWritten">The hand-written module's type, with global::, or null.</param>
/// <param name="Features">The number of features that the trunk computes.</param>
/// <param name="Splits">The indices of the layers before which <c>[Split]</c> stands, ascending.</param>
internal sealed record TrunkModel(
    string Name, EquatableArray<int> Input, EquatableArray<Layer> Layers, string? HandWritten, int Features,
    EquatableArray<int> Splits = default)
{
    /// <summary>The groups of tasks whose heads have layers before their linear outputs, which each task has for itself.</summary>
    public EquatableArray<HeadGroup> Heads { get; init; } = [];

    /// <summary>The places of the tasks with linear heads beside those of <see cref="Heads"/>, ascending; empty if no heads have
    /// layers.</summary>
    public EquatableArray<int> LinearHeads { get; init; } = [];

    /// <summary>The greatest number of features that the linear outputs of a head take.</summary>
    public int HeadFeatures => Heads.Count == 0 ? Features : HeadWidths.Max();

    /// <summary>True if the linear outputs of tasks take different numbers of features.</summary>
    public bool HeadsDiffer => HeadWidths.Distinct().Count() > 1;

    private IEnumerable<int> HeadWidths =>
        Heads.Select(g => g.Features).Concat(LinearHeads.Count == 0 ? Array.Empty<int>() : [Features]);

    /// <summary>Returns the layers of the heads of a group as a trunk of their own.</summary>
    public TrunkModel Of(HeadGroup group) => new(group.Name, [Features], group.Layers, null, 0) { Raw = true };

    /// <summary>True if the layers take inputs as they are, without what the first of them could compute once for a data set.</summary>
    public bool Raw { get; init; }

    /// <summary>The number of layers that all tasks share: those before the first mark; without a mark those that change the inputs at
    /// random.</summary>
    public int Common => Splits.Count == 0 ? Layers.TakeWhile(l => l.Kind.Augments).Count() : Splits[0];

    /// <summary>The stretches between the marks. Without a mark they end after each pooling and each activation of features, or are the
    /// whole network if it has neither.</summary>
    public IReadOnlyList<Piece> Stretches
    {
        get
        {
            List<int> starts = Splits.Count > 0 ? [.. Splits]
                : [Common, .. Layers.Select((layer, i) => EndsStretch(layer) ? i + 1 : 0).Where(i => i > 0 && PartsParameters(i))];
            return [.. starts.Select((from, i) => new Piece(from, i + 1 < starts.Count ? starts[i + 1] : Layers.Count, from > 0))];
        }
    }

    /// <summary>True if the trunk has parameters, so that a copy for each task would differ from the others.</summary>
    public bool HasParameters => HandWritten is not null || Layers.Any(l => l.Kind.HasParameters);

    /// <summary>True if one backward pass can take the gradients of all tasks.</summary>
    public bool BatchesTaskGradients => HandWritten is null && HasParameters && Layers.All(l => l.BatchesTaskGradients);

    /// <summary>The code that the first layer computes once for a whole data set; null if there is none.</summary>
    public PreparedCode? Prepared => Layers.Count > 0 && !Raw ? Layers[0].Prepared : null;

    /// <summary>The shape of one sample of the output.</summary>
    public EquatableArray<int> Output => Layers.Count == 0 ? Input : Layers[Layers.Count - 1].Output;

    /// <summary>Returns the layers of a piece as a trunk of their own.</summary>
    public TrunkModel Of(Piece piece)
    {
        var layers = Layers.Skip(piece.From).Take(piece.To - piece.From).ToEquatableArray();
        var input = piece.From == 0 ? Input : Layers[piece.From - 1].Output;
        return new(piece.Name, input, layers, null, 0) { Raw = piece.Raw };
    }

    private static bool EndsStretch(Layer layer) => layer.Kind.EndsStretch switch
    {
        StretchEnd.Always => true,
        StretchEnd.OnRows => layer.Input.Count == 1,
        _ => false,
    };

    /// <summary>True if layers with parameters stand before and after a place. A stretch without any would give all copies the
    /// same.</summary>
    private bool PartsParameters(int place) =>
        Layers.Take(place).Any(l => l.Kind.HasParameters) && Layers.Skip(place).Any(l => l.Kind.HasParameters);
}

/// <summary>The tasks whose heads have the same layers.</summary>
/// <param name="Name">The name of the class inside that of the trunk, and of the property of the network.</param>
/// <param name="Layers">The layers before the linear outputs.</param>
/// <param name="Tasks">The places of the tasks among those of the network, ascending; empty for all tasks.</param>
internal sealed record HeadGroup(string Name, EquatableArray<Layer> Layers, EquatableArray<int> Tasks)
{
    /// <summary>The number of features that the linear outputs of the tasks take.</summary>
    public int Features => Layers[Layers.Count - 1].Output[0];

    /// <summary>Returns the number of tasks, of so many that there are.</summary>
    public int Count(int tasks) => Tasks.Count == 0 ? tasks : Tasks.Count;

    /// <summary>Returns the words for the tasks: their names, or <c>each task</c> for all.</summary>
    public string Words(TaskSetModel tasks) =>
        Tasks.Count == 0 ? "each task" : string.Join(", ", Tasks.Select(t => tasks.Tasks[t].Name));
}

/// <summary>Consecutive layers of a trunk that an architecture uses on their own.</summary>
/// <param name="From">The index of the first layer.</param>
/// <param name="To">The index after the last layer.</param>
/// <param name="Raw">True if nothing is prepared for the first layer: it takes the inputs themselves, or another layer's output.</param>
internal sealed record Piece(int From, int To, bool Raw)
{
    /// <summary>The name of the class inside that of the trunk: <c>Layers1To3</c>.</summary>
    public string Name => $"{(Raw && From == 0 ? "Raw" : "")}Layers{From + 1}To{To}";

    /// <summary>True if there is no layer.</summary>
    public bool IsEmpty => From == To;
}

/// <summary>The form in which a variant needs a piece of a trunk.</summary>
/// <param name="Piece">The piece.</param>
/// <param name="Form">The form.</param>
internal sealed record PieceUse(Piece Piece, PieceForm Form);

/// <summary>The classes that a piece of a trunk can have.</summary>
internal enum PieceForm
{
    /// <summary>One copy, which all tasks share.</summary>
    Single,

    /// <summary>Copies side by side that take the same input.</summary>
    Stack,

    /// <summary>Copies side by side, each with an input of its own.</summary>
    OwnStack,

    /// <summary>Layers of all tasks, whose weights change for each; the tasks have the same input.</summary>
    AdaptedStack,

    /// <summary>Layers of all tasks, whose weights change for each; each task has an input of its own.</summary>
    OwnAdaptedStack,
}
