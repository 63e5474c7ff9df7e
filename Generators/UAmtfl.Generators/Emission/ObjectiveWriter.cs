using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Emission;

/// <summary>Writes the objective of a variant, term by term.</summary>
internal sealed class ObjectiveWriter
{
    private const string Base = "/// <inheritdoc/>";
    private readonly VariantFile file;
    private readonly WeightingMethod weighting;
    private readonly IReadOnlyList<TermCode> terms;
    private readonly IReadOnlyList<(string Formula, Code? Value, string Instead)> penalties;

    public ObjectiveWriter(VariantFile file)
    {
        this.file = file;
        weighting = MethodCatalogue.Weighting(file);
        terms = [weighting.Combine(file), .. MethodCatalogue.Transfer(file)?.Terms(file) ?? []];
        penalties = [.. file.Variant.Penalties.SelectMany(p => p.Terms(file).Select(t => (t.Formula, t.Value, p.Instead)))];
    }

    /// <summary>The formula of the whole objective, on one line.</summary>
    public string Formula => Formulas.Sum(terms.Select(t => t.Formula).Concat(penalties.Select(p => p.Formula)));

    /// <summary>The formulas of ℓ_t for each kind of task; empty if all tasks have one kind.</summary>
    public IReadOnlyList<string> Kinds => file.Tasks.Groups.Count == 1 ? []
        : [
            .. file.Tasks.Groups.Select(
                g => $"ℓ_{g.FirstTask + 1}{(g.Count > 1 ? $"…ℓ_{g.FirstTask + g.Count}" : "")} = {weighting.KindFormula(file, g)}")];

    public void Write(CodeWriter writer)
    {
        writer.Line(Base);
        const string value = "public override Tensor Value(Tensor prepared, global::UAmtfl.Data.Labels labels, out Tensor taskLosses)";
        writer.Block(value, () => writer
            .Line("Tensor value = Value(Network.Forward(prepared), new Targets(labels), out Losses losses);")
            .Line("taskLosses = losses.Values.detach();")
            .Line("return value;"));
        writer.Line();
        WriteLosses(writer);
        writer.Line();
        WriteObjective(writer);
    }

    private void WriteLosses(CodeWriter writer)
    {
        writer.Doc($"The data term of each task: {weighting.LossFormula(file)}  [{file.Tasks.Count}].");
        List<(string Code, string Comment)> prepare = [.. LossCode.Floors(file), .. weighting.Prepare(file, network: "Network.")];
        var present = file.Variant.Weighting?.Module is null ? "" : ", targets.Present";
        var groups = file.Tasks.Groups.Select(g => weighting.GroupLoss(file, g)).ToList();
        if (prepare.Count == 0 && groups.Count == 1)
        {
            writer.Line($"public Losses TaskLosses(Outputs outputs, Targets targets) => new({groups[0]}{present});");
            return;
        }

        writer.Block("public Losses TaskLosses(Outputs outputs, Targets targets)", () =>
        {
            writer.Aligned(prepare);
            if (groups.Count == 1)
            {
                writer.Line($"return new({groups[0]}{present});");
                return;
            }

            writer.Line("return new(global::TorchSharp.torch.cat(").Line("[").Indented(() => writer.Aligned(
                [.. groups.Zip(file.Tasks.Groups, (code, group) => ($"{code},", Names(group)))]));
            writer.Line($"]){present});");
        });
    }

    private void WriteObjective(CodeWriter writer)
    {
        if (file.Variant.Weighting?.Module is { UsesGradients: true } or { AfterStep: true })
        {
            WriteTaskTerms(writer);
            writer.Line();
        }

        writer.Doc($"L = {Formula}");
        foreach (var decay in penalties.Where(p => p.Value is null))
        {
            writer.Line($"/// <remarks>{decay.Formula} is not in the value: {decay.Instead}.</remarks>");
        }

        writer.Block("public Tensor Value(Outputs outputs, Targets targets, out Losses losses)", () =>
        {
            if (file.Variant.Weighting?.Module?.UsesGradients == true)
            {
                writer.Aligned([("losses = TaskLosses(outputs, targets);", $"{weighting.LossFormula(file)}  [{file.Tasks.Count}]")]);
                writer.Line(
                    $"return {terms[0].Value}{(GradientStepWriter.HasSharedTerms(file) ? " + SharedTerms(outputs)" : "")}; "
                        + "  // unweighted: weights depend on gradients");
                return;
            }

            writer.Aligned(
            [
                ("losses = TaskLosses(outputs, targets);", $"{weighting.LossFormula(file)}  [{file.Tasks.Count}]"),
                .. terms.SelectMany(t => t.Statements),
            ]);
            WriteSum(writer, [(terms[0].Value, terms[0].Formula), .. SharedTerms]);
        });
    }

    /// <summary>Writes the method with the terms that get weights, [T], and the method with the sum of all others.</summary>
    private void WriteTaskTerms(CodeWriter writer)
    {
        var (statements, code, formula) = Methods.WeightingMethods.ModuleWeighting.Terms(file, weighting.LossFormula(file));
        writer.Doc($"The term of each task: {formula}  [{file.Tasks.Count}].");
        if (statements.Length == 0)
        {
            writer.Line($"public Tensor TaskTerms(Losses losses) => {code};");
        }
        else
        {
            writer.Block("public Tensor TaskTerms(Losses losses)", () => writer.Aligned(statements).Line($"return {code};"));
        }

        if (GradientStepWriter.HasSharedTerms(file))
        {
            writer.Line().Doc($"The terms that no weight applies to: {Formulas.Sum(SharedTerms.Select(t => t.Formula))}.");
            writer.Block("public Tensor SharedTerms(Outputs outputs)", () =>
            {
                writer.Aligned([.. terms.Skip(1).SelectMany(t => t.Statements)]);
                WriteSum(writer, SharedTerms);
            });
        }
    }

    private List<(Code Value, string Formula)> SharedTerms =>
        [
            .. terms.Skip(1).Select(t => (t.Value, t.Formula)),
            .. penalties.Where(p => p.Value is not null).Select(p => (p.Value!, p.Formula)),
        ];

    /// <summary>Returns the names of the first tasks of a group, separated by commas.</summary>
    private string Names(TaskGroup group) =>
        string.Join(", ", file.Tasks.Tasks.Skip(group.FirstTask).Take(Math.Min(group.Count, 4)).Select(t => t.Name))
        + (group.Count > 4 ? ", …" : "");

    private static void WriteSum(CodeWriter writer, IReadOnlyList<(Code Value, string Formula)> sum) =>
        writer.Line("return").Indented(() => writer.Aligned(
        [.. sum.Select(
            (term, i) =>
                (
                    $"{(i == 0 ? "" : "+ ")}{(sum.Count > 1 ? term.Value.AsTerm : term.Value.Text)}{(i == sum.Count - 1 ? ";" : "")}",
                    term.Formula))]));
}
