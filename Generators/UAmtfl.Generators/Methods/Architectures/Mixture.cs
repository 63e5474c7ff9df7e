using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>An architecture in which gates mix the outputs of experts, in one level or several. Experts are copies of a stretch side by
/// side.</summary>
internal abstract class Mixture(string attribute) : StretchedMethod(attribute)
{
    private const string Space = "global::UAmtfl.Trunks.";

    public override string Legend(VariantFile file) => "each task's mixture of experts";

    public override string CopiedFor => "experts";

    public override int Copies(MethodModel? model, int tasks) =>
        model is MixtureModel mixture ? Math.Max(mixture.Shared, mixture.Own * tasks) : 1;

    public override IReadOnlyList<PieceUse> Pieces(MethodModel? model, TrunkModel trunk) =>
        WithCommon(trunk, Levels((MixtureModel)model!, trunk).SelectMany((level, i) => i == 0
            ? new[] { new PieceUse(level, PieceForm.Stack) }
            : [new(level, PieceForm.Stack), new(level, PieceForm.OwnStack)]));

    public override string? Misfit(MethodModel model, TrunkModel trunk) =>
        trunk.Layers.FirstOrDefault() is { Kind.TakesIndices: true } && Levels((MixtureModel)model, trunk)[0] is { From: 0, Raw: true }
            ? "its gates read the input of the experts, which would be indices; put [Split] behind [Embedding]"
            : null;

    public override IReadOnlyList<PartCode> Parts(VariantFile file)
    {
        var (model, tasks) = ((MixtureModel)file.Variant.Architecture!, file.Tasks.Count);
        var levels = Levels(model, file.Trunk);
        var parts = new List<PartCode>();
        if (Common(file) is { } common)
        {
            parts.Add(common);
        }

        for (var i = 0; i < levels.Count; i++)
        {
            var n = Suffix(i, levels);
            parts.Add(
                Copies(file, $"Experts{n}", levels[i], PieceForm.Stack, model.Shared, Owners.AllTasks, $"{model.Shared} shared experts"));
            if (model.Own > 0)
            {
                parts.Add(
                    Copies(
                        file, $"OwnExperts{n}", levels[i], i == 0 ? PieceForm.Stack : PieceForm.OwnStack, tasks * model.Own,
                        Owners.OneTask, $"{model.Own} a task"));
            }

            parts.Add(Gates(file, model, $"Gates{n}", i + 1 < levels.Count, file.Trunk.Of(levels[i]).Input[0]));
        }

        return parts;
    }

    public override IReadOnlyList<(string Code, string Comment)> Features(VariantFile file)
    {
        var (model, tasks) = ((MixtureModel)file.Variant.Architecture!, file.Tasks.Count);
        var levels = Levels(model, file.Trunk);
        var statements = new List<(string, string)>();
        var shared = "prepared";
        if (file.Trunk.Common > 0)
        {
            statements.Add(("Tensor shared = Trunk.Features(prepared);", Text(file.Trunk.Of(CommonPiece(file.Trunk)).Output, 0)));
            shared = "shared";
        }

        for (var i = 0; i < levels.Count; i++)
        {
            var (n, output, streams) = (Suffix(i, levels), file.Trunk.Of(levels[i]).Output, $"streams{i}");
            var (common, own) = i == 0
                ? (shared, shared)
                : ($"{Space}Experts.Stream({streams}, {tasks}, {tasks + 1})", $"{Space}Experts.ForOwn({streams}, {tasks}, {model.Own})");
            var all = model.Own == 0 ? $"Experts{n}.Features({common})"
                : $"{Space}Experts.Join(Experts{n}.Features({common}), OwnExperts{n}.Features({own}))";
            statements.Add(($"Tensor experts{n} = {all};", Text(output, model.Shared + (tasks * model.Own))));
            var mix = Mix(model, i == 0 ? shared : streams, $"Gates{n}", $"experts{n}", i > 0);
            statements.Add(i + 1 < levels.Count
                ? ($"Tensor streams{i + 1} = {mix};", $"one a task and a shared one  {Text(output, tasks + 1)}")
                : ($"Tensor features = {mix};", $"z_t = Σ_e g_te x_e  {Text(output, tasks)}"));
        }

        return statements;
    }

    public override (IReadOnlyList<string> Statements, string Features) Export(VariantFile file)
    {
        var (model, tasks) = ((MixtureModel)file.Variant.Architecture!, file.Tasks.Count);
        var levels = Levels(model, file.Trunk);
        var statements = new List<string>();
        var shared = "inputs";
        if (file.Trunk.Common > 0)
        {
            statements.Add("string shared = Trunk.Export(graph, inputs);");
            shared = "shared";
        }

        for (var i = 0; i < levels.Count; i++)
        {
            var (n, trunk, streams) = (Suffix(i, levels), file.Trunk.Of(levels[i]), $"streams{i}");
            var images = trunk.Input.Count > 1;
            var channels = images ? trunk.Input[0] : 0;
            var (common, own) = i == 0
                ? (shared, shared)
                : (
                    $"{Space}Experts.Stream(graph, {streams}, {tasks}, {channels})",
                    $"{Space}Experts.ForOwn(graph, {streams}, {tasks}, {model.Own}, {channels})");
            statements.Add($"string experts{n} = Experts{n}.Export(graph, {common});");
            if (model.Own > 0)
            {
                statements.Add($"string own{n} = OwnExperts{n}.Export(graph, {own});");
                var kind = trunk.Output.Count > 1 ? "true" : "false";
                statements.Add($"string all{n} = {Space}Experts.Join(graph, experts{n}, own{n}, images: {kind});");
            }

            var experts = model.Own > 0 ? $"all{n}" : $"experts{n}";
            var mix = MixInGraph(
                model, i == 0 ? shared : streams, $"Gates{n}", experts, i > 0, images, Arguments(trunk.Output));
            statements.Add(i + 1 < levels.Count ? $"string streams{i + 1} = {mix};" : $"string features = {mix};");
        }

        return (statements, "features");
    }

    /// <summary>Returns the stretches that are levels of experts. One level is all that follows the first mark.</summary>
    protected virtual IReadOnlyList<Piece> Levels(MixtureModel model, TrunkModel trunk) =>
        [new(trunk.Common, trunk.Layers.Count, Raw: true)];

    /// <summary>Returns the part for the gates of a level.</summary>
    protected virtual PartCode Gates(VariantFile file, MixtureModel model, string name, bool sharedStream, int features)
    {
        const string type = $"{Space}SoftmaxGates";
        var (tasks, experts) = (file.Tasks.Count, model.Shared + (file.Tasks.Count * model.Own));
        return new(
            name, type,
            $"new {type}({tasks}, {model.Shared}, {model.Own}, {(sharedStream ? "true" : "false")}, {features}, dtype, device)",
            $"g_t = softmax(G_t x), G [{tasks + (sharedStream ? 1 : 0)}, {experts}, {features}]",
            sharedStream ? Owners.AllTasks : Owners.OneTask);
    }

    /// <summary>Returns the expression that mixes experts.</summary>
    protected virtual string Mix(MixtureModel model, string input, string gates, string experts, bool ofStreams) =>
        $"{gates}.{(ofStreams ? "MixStreams" : "Mix")}({input}, {experts})";

    /// <summary>Returns the expression that adds the mixture to an exported model.</summary>
    protected virtual string MixInGraph(
        MixtureModel model, string input, string gates, string experts, bool ofStreams, bool images, string shape) =>
        $"{gates}.{(ofStreams ? "MixStreams" : "Mix")}(graph, {input}, {experts}, {(images ? "true" : "false")}, {shape})";

    private static string Suffix(int level, IReadOnlyList<Piece> levels) => levels.Count == 1 ? "" : $"{level + 1}";
}

/// <summary>The model of an architecture with experts.</summary>
internal record MixtureModel(string Kind, string Label, EquatableArray<HyperModel> Hypers, int Shared, int Own)
    : MethodModel(Kind, Label, Hypers);

/// <summary>The architecture in which gates of tasks mix experts that all tasks share.</summary>
internal sealed class Mmoe() : Mixture("UAmtfl.Methods.MmoeAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks) =>
        new MixtureModel(Kind, $"Mmoe({attribute.Integer("experts")})", [], attribute.Integer("experts"), 0);
}

/// <summary>The architecture in which gates of tasks mix shared experts with the task's own.</summary>
internal sealed class Cgc() : Mixture("UAmtfl.Methods.CgcAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks)
    {
        var (own, shared) = (attribute.Integer("Own"), attribute.Integer("Shared"));
        return new MixtureModel(Kind, $"Cgc({own} + {shared})", [], shared, own);
    }
}

/// <summary>The architecture of several levels of shared experts and experts of tasks.</summary>
internal sealed class Ple() : Mixture("UAmtfl.Methods.PleAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks)
    {
        var (own, shared) = (attribute.Integer("Own"), attribute.Integer("Shared"));
        return new MixtureModel(Kind, $"Ple({own} + {shared})", [], shared, own);
    }

    public override void Check(AttributeReader attribute, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        base.Check(attribute, trunk, tasks);
        if (trunk.Attributes(attribute.Context).All(a => !a.Is(WellKnownNames.Split)))
        {
            attribute.Context.Report(
                Rules.BadArchitecture, attribute.Location, $"[{attribute.Name}] on '{trunk.Name}'",
                "its levels are the stretches between marks, and the network has none; put [Split] before each level, or use [Cgc]");
        }
    }

    protected override IReadOnlyList<Piece> Levels(MixtureModel model, TrunkModel trunk) =>
        trunk.Splits.Count == 0 ? base.Levels(model, trunk) : [.. trunk.Stretches.Select(s => s with { Raw = true })];
}
