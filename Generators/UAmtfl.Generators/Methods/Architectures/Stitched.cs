using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture in which networks side by side mix their activations after each stretch.</summary>
internal abstract class Stitched(string attribute) : StretchedMethod(attribute)
{
    /// <summary>The hyper-parameter for the learning rate of what mixes.</summary>
    protected const string Rate = "StitchRate";

    private const string Space = "global::UAmtfl.Trunks.";

    public override string Legend(VariantFile file) => "one trunk a task, stitched";

    public override IEnumerable<(string Name, IReadOnlyList<int> Sizes)> Added(MethodModel model, TrunkModel trunk, int tasks)
    {
        var stitched = (StitchedModel)model;
        var streams = tasks * stitched.Subspaces;
        return trunk.Stretches.Select((stretch, i) => (
            $"The α of stretch {i + 1}",
            (IReadOnlyList<int>)[streams, streams, stitched.PerChannel ? trunk.Of(stretch).Output.FirstOrDefault() : 1]));
    }

    public override IReadOnlyList<PieceUse> Pieces(MethodModel? model, TrunkModel trunk) =>
        WithCommon(trunk, trunk.Stretches.Select((s, i) => new PieceUse(s, Form(i))));

    public override IReadOnlyList<PartCode> Parts(VariantFile file)
    {
        var (model, tasks) = ((StitchedModel)file.Variant.Architecture!, file.Tasks.Count);
        var parts = new List<PartCode>();
        if (Common(file) is { } common)
        {
            parts.Add(common);
        }

        foreach (var (stretch, i) in file.Trunk.Stretches.Select((s, i) => (s, i)))
        {
            parts.Add(Copies(file, $"Trunks{i + 1}", stretch, Form(i), tasks, Owners.AllTasks, "one a task"));
            parts.Add(Unit($"Stitch{i + 1}", model, tasks, file.Trunk.Of(stretch).Output[0]) with
            {
                // A row of the last unit feeds one head; the rows of the others reach all tasks through the stretches behind them.
                Owner = i + 1 < file.Trunk.Stretches.Count ? Owners.AllTasks : Owners.OneTask,
                LearningRateScale = $"hyper.{Rate}",
            });
        }

        if (Mixed(file.Trunk, model).Count is > 0 and var layers)
        {
            const string type = $"{Space}LayerMixture";
            parts.Add(
                new(
                    "Layers", type, $"new {type}({tasks}, {layers}, {ExperimentWriter.Number(model.Last)}, dtype, device)",
                    $"β [{tasks}, {layers}], what a task takes from its stretches", Owners.OneTask)
                {
                    LearningRateScale = $"hyper.{Rate}",
                });
        }

        return parts;
    }

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file)
    {
        var (model, stretches, tasks) = ((StitchedModel)file.Variant.Architecture!, file.Trunk.Stretches, file.Tasks.Count);
        var mixed = Mixed(file.Trunk, model);
        var statements = new List<(string, string)>
        {
            (
                $"Tensor h = {(file.Trunk.Common == 0 ? "prepared" : "Trunk.Features(prepared)")};",
                file.Trunk.Common == 0 ? "" : Text(file.Trunk.Of(CommonPiece(file.Trunk)).Output, 0)),
        };
        for (var i = 0; i < stretches.Count; i++)
        {
            var shape = Text(file.Trunk.Of(stretches[i]).Output, tasks);
            statements.Add(($"h = Trunks{i + 1}.Features(h);", shape));
            statements.Add(
                i + 1 < stretches.Count || mixed.Count > 0
                    ? ($"h = Stitch{i + 1}.call(h);", Formula(model))
                    : ($"Tensor features = Stitch{i + 1}.call(h);", $"Z  {shape}"));
            if (i + 1 < stretches.Count && mixed.Contains(i))
            {
                statements.Add(($"Tensor layer{i + 1} = h;", ""));
            }
        }

        if (mixed.Count > 0)
        {
            statements.Add(
                ($"Tensor features = Layers.Mix({Layers(mixed)});", $"z_t = Σ_l β_tl x̃_t^l  {Text(file.Trunk.Output, tasks)}"));
        }

        return statements;
    }

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file)
    {
        var mixed = Mixed(file.Trunk, (StitchedModel)file.Variant.Architecture!);
        var statements = new List<string> { $"string h = {(file.Trunk.Common == 0 ? "inputs" : "Trunk.Export(graph, inputs)")};" };
        foreach (var (stretch, i) in file.Trunk.Stretches.Select((s, i) => (s, i)))
        {
            statements.Add($"h = Trunks{i + 1}.Export(graph, h);");
            statements.Add($"h = Stitch{i + 1}.Export(graph, h, {Arguments(file.Trunk.Of(stretch).Output)});");
            if (mixed.Contains(i) && mixed[mixed.Count - 1] != i)
            {
                statements.Add($"string layer{i + 1} = h;");
            }
        }

        return (statements, mixed.Count == 0 ? "h" : $"Layers.Export(graph, {Layers(mixed)})");
    }

    /// <summary>Returns the formula of what a unit gives to a task.</summary>
    protected virtual string Formula(StitchedModel model) =>
        model.Subspaces == 1 ? "x̃_t = Σ_s α_ts x_s" : "x̃_tg = Σ_s Σ_h α_tg,sh x_sh";

    /// <summary>Returns the part that mixes the outputs of a stretch.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="model">The model of the architecture.</param>
    /// <param name="tasks">The number of tasks.</param>
    /// <param name="channels">The number of channels, or of features, of one task's output.</param>
    protected virtual PartCode Unit(string name, StitchedModel model, int tasks, int channels)
    {
        const string type = $"{Space}CrossStitchUnit";
        var (kinds, own) = model.PerChannel ? (channels, $", {channels}") : (0, "");
        var (streams, subspaces) = (tasks * model.Subspaces, model.Subspaces == 1 ? "" : $", subspaces: {model.Subspaces}");
        return new(
            name, type, $"new {type}({tasks}, {kinds}, {Start(model)}, dtype, device{subspaces})",
            $"α [{streams}, {streams}{own}], what {model.Taker} takes from {model.Giver}", Owners.AllTasks);
    }

    /// <summary>Returns the initial weights as C# arguments: <c>0.9, 0.1</c>.</summary>
    protected static string Start(StitchedModel model) =>
        $"{ExperimentWriter.Number(model.Self)}, {ExperimentWriter.Number(model.Cross)}";

    /// <summary>Returns the indices of the stretches whose outputs a task mixes into its features, of which the last is that of the last
    /// stretch; empty if the output of the last stretch is the features.</summary>
    private static IReadOnlyList<int> Mixed(TrunkModel trunk, StitchedModel model)
    {
        if (!model.MixesLayers)
        {
            return [];
        }

        var fitting = trunk.Stretches.Select((s, i) => (trunk.Of(s).Output, i)).Where(s => s.Output.Equals(trunk.Output)).ToList();
        return fitting.Count > 1 ? [.. fitting.Select(s => s.i)] : [];
    }

    /// <summary>Returns the outputs of stretches as arguments: <c>layer1, h</c>.</summary>
    private static string Layers(IReadOnlyList<int> mixed) =>
        string.Join(", ", mixed.Take(mixed.Count - 1).Select(i => $"layer{i + 1}").Append("h"));

    private static PieceForm Form(int stretch) => stretch == 0 ? PieceForm.Stack : PieceForm.OwnStack;
}

/// <summary>The model of an architecture whose networks mix their activations.</summary>
/// <param name="Kind">The name of the attribute without suffix.</param>
/// <param name="Label">The name in reports.</param>
/// <param name="Hypers">The hyper-parameters.</param>
/// <param name="Self">The initial α of what mixes with itself.</param>
/// <param name="Cross">The initial sum of the other α.</param>
internal record StitchedModel(string Kind, string Label, EquatableArray<HyperModel> Hypers, double Self, double Cross)
    : MethodModel(Kind, Label, Hypers)
{
    /// <summary>True if each channel has α of its own.</summary>
    public bool PerChannel { get; init; }

    /// <summary>The number of subspaces of a task's activations.</summary>
    public int Subspaces { get; init; } = 1;

    /// <summary>True if a task mixes the outputs of its stretches into its features.</summary>
    public bool MixesLayers { get; init; }

    /// <summary>The initial weight of the last stretch in that mixture.</summary>
    public double Last { get; init; }

    /// <summary>What takes from others: <c>task t</c>.</summary>
    public string Taker => Subspaces == 1 ? "task t" : "subspace g of task t";

    /// <summary>What others take from: <c>task s</c>.</summary>
    public string Giver => Subspaces == 1 ? "task s" : "subspace h of task s";

    /// <summary>True if a normalisation and a rectifier follow each mixture.</summary>
    public bool Normalises { get; init; }
}
