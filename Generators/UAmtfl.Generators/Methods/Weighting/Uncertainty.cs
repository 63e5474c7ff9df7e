using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>Learnt observation noise: Kendall, Gal and Cipolla 2018; within an asymmetric scheme Peres da Silva et al. (U-AMTFL).</summary>
internal sealed class Uncertainty() : WeightingMethod(WellKnownNames.Uncertainty)
{
    private const string Exact = "Exact";
    private const string Shared = "Shared";
    private const string Literal = "Literal";
    private const string WeightOnly = "WeightOnly";
    private const string Reliability = "Reliability";

    private static readonly string[] Placements = [Literal, WeightOnly, Reliability];

    public override string LearningRateScale => "hyper.UncertaintyLearningRateScale";

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme)
    {
        var regression = tasks.Tasks.FirstOrDefault(t => t.Kind == TaskKind.Regression);
        var stated = attribute.Choice("Placement");
        var placement = scheme.Transfer is null ? Literal : stated ?? (regression is null ? Literal : WeightOnly);
        var exact = attribute.Choice("Likelihood") is { } likelihood ? likelihood == Exact : placement == Literal;
        if (scheme.Transfer is null && stated is WeightOnly or Reliability)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.LocationOf("Placement"), $"Placement = {stated}", $"[{scheme.Name}] puts no price on transfer; use it with [Amtfl] or [DeepAmtl], or leave it out");
        }

        if (stated == WeightOnly && exact && regression is null)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.LocationOf("Placement"), "Placement = WeightOnly", "the exact likelihood of a classification has no log σ to leave out of the bracket; use Literal, or Likelihood = Approximate");
        }

        if (stated == Literal && regression is not null && scheme.Transfer is not null)
        {
            attribute.Context.Report(Rules.LiteralRegression, attribute.LocationOf("Placement"), regression.Name);
        }

        var options = new[] { exact ? Exact : "Approximate", placement }.Concat(attribute.Flag("Shared", false) ? [Shared] : []).ToArray();
        var label = options.Contains(Shared) ? "Uncertainty(Shared)" : "Uncertainty";
        return Model(scheme.Transfer is null || placement == Literal ? label : $"{label}({placement})".Replace(")(", ", "),
            [Hyper(attribute, "LearningRateScale", "The learning rate of s = log σ² in units of the network's.", "UncertaintyLearningRateScale")], options);
    }

    public override IReadOnlyList<ParameterCode> Parameters(VariantFile file) => Is(file, Shared)
        ? [new("LogVariance", "s = log σ², one for all tasks", "1")]
        : [new("LogVariance", "s_t = log σ_t²", $"{file.Tasks.Count}")];

    public override IReadOnlyList<(string Name, string Code, string Comment)> Constants(VariantFile file) => Logs(file) == LogTerm.Some
        ? [("halves", $"global::TorchSharp.torch.tensor(new[] {{ {string.Join(", ", file.Tasks.Tasks.Select(t => t.Kind == TaskKind.Regression ? "0.5" : "0.0"))} }}, dtype: dtype, device: device)", "½ for the tasks whose likelihood has a log σ_t, which is s_t / 2")]
        : [];

    public override IReadOnlyList<(string Code, string Comment)> Prepare(VariantFile file, string network) =>
        [($"Tensor precision = (-{network}LogVariance).exp();", $"1 / σ_t²  [{(Is(file, Shared) ? 1 : file.Tasks.Count)}]")];

    public override string GroupLoss(VariantFile file, TaskGroup group)
    {
        var outputs = LossCode.Outputs(file.Tasks, group);
        if (Tempered(file, group))
        {
            return LossCode.WithFloor(file, group, LossCode.Of(file.Tasks, group, Temper(file, group, outputs)));
        }

        var loss = LossCode.WithFloor(file, group, LossCode.Of(file.Tasks, group, outputs));
        var half = group.Kind == TaskKind.Regression ? "0.5 * " : "";
        return $"{half}{Precision(file, group)} * {(loss.Contains(" + ") ? $"({loss})" : loss)}";
    }

    public override string LossFormula(VariantFile file)
    {
        var tasks = file.Tasks;
        return OneSigma(file, tasks.Groups.Count == 1 ? KindFormula(file, tasks.Groups[0])
            : Is(file, Exact) ? "ℓ_t"
            : tasks.Has(TaskKind.Regression) ? $"c_t {LossCode.WithFloor(file, "ℓ_t")} / σ_t²"
            : $"{LossCode.WithFloor(file, "ℓ_t")} / σ_t²");
    }

    /// <summary>With several kinds, each has its likelihood in ℓ_t where that is exact; else σ_t² stands in the objective.</summary>
    public override string KindFormula(VariantFile file, TaskGroup group) => OneSigma(file, file.Tasks.Groups.Count > 1 && !Is(file, Exact) ? base.KindFormula(file, group)
        : Tempered(file, group) ? LossCode.WithFloor(file, LossCode.FormulaOf(group.Kind, "o_t / σ_t²"))
        : $"{LossCode.WithFloor(file, LossCode.FormulaOf(group.Kind, "o_t"))} / {(group.Kind == TaskKind.Regression ? "2" : "")}σ_t²");

    public override TermCode Combine(VariantFile file)
    {
        var term = Term(file);
        var some = Logs(file) == LogTerm.Some ? ", r_t = 1 for a regression and 0 for other tasks" : "";
        var halved = file.Tasks.Groups.Count > 1 && !Is(file, Exact) && file.Tasks.Has(TaskKind.Regression) ? ", c_t = ½ for a regression and 1 for other tasks" : "";
        return term with { Formula = OneSigma(file, term.Formula) + some + halved };
    }

    private static string OneSigma(VariantFile file, string formula) => Is(file, Shared) ? formula.Replace("σ_t", "σ") : formula;

    private TermCode Term(VariantFile file)
    {
        var loss = LossFormula(file);
        var scaled = Logs(file) switch { LogTerm.All => "0.5 * Network.LogVariance", LogTerm.Some => "halves * Network.LogVariance", _ => null };
        (string, string)[] logs = scaled is null ? [] : [($"Tensor logs = {LossCode.Present(file.Tasks, scaled)};", $"log σ_t, 0 for a task without a label in the batch  [{file.Tasks.Count}]")];
        var (values, log) = scaled is null ? ("losses.Values", "") : ("(losses.Values + logs)", Logs(file) == LogTerm.Some ? " + r_t log σ_t" : " + log σ_t");
        if (MethodCatalogue.Transfer(file) is not { } transfer)
        {
            return new($"Σ_t {Bracket(loss + log)}", $"{values}.sum()", logs);
        }

        var outgoing = transfer.Outgoing(file);
        return Placements.First(p => Is(file, p)) switch
        {
            Literal => new($"Σ_t (1 + α{outgoing.Symbol}) {Bracket(loss + log)}", $"(asymmetry * {values}).sum()", [transfer.Price(file), .. logs]),
            WeightOnly => new($"Σ_t {{(1 + α{outgoing.Symbol}) {loss}{log}}}", scaled is null ? "(asymmetry * losses.Values).sum()" : "((asymmetry * losses.Values) + logs).sum()", [transfer.Price(file), .. logs]),
            _ => new($"Σ_t {{{loss}{log} + α{outgoing.Symbol} σ_t²}}", scaled is null ? "(losses.Values + price).sum()" : "(losses.Values + logs + price).sum()",
                [.. logs, Price(file, outgoing)]),
        };
    }

    private static (string Code, string Comment) Price(VariantFile file, (string Code, string Symbol) outgoing) =>
        ($"Tensor price = {LossCode.Present(file.Tasks, $"{Transfers.Ramp.Of(file, "Alpha")} * {outgoing.Code} * Network.LogVariance.exp().detach()")};", $"α{outgoing.Symbol} σ_t², σ_t² held constant, of tasks with a label  [{file.Tasks.Count}]");

    /// <summary>The tempered logits, as the likelihood has them.</summary>
    public override string Predict(VariantFile file)
    {
        if (!file.Tasks.Groups.Any(g => Tempered(file, g)))
        {
            return "outputs.Values";
        }

        var groups = file.Tasks.Groups.Select(g => !Tempered(file, g) ? LossCode.Outputs(file.Tasks, g)
            : g.Kind == TaskKind.Classification ? $"({Temper(file, g, LossCode.Outputs(file.Tasks, g))}).flatten(1)"
            : Temper(file, g, LossCode.Outputs(file.Tasks, g))).ToList();
        return groups.Count == 1 ? groups[0] : $"global::TorchSharp.torch.cat([{string.Join(", ", groups)}], 1)";
    }

    public override IReadOnlyList<(string Name, string Code)> Traces(VariantFile file) => [("sigma", "(0.5 * Network.LogVariance).exp()")];

    private static bool Is(VariantFile file, string option) => file.Variant.Weighting!.Has(option);

    private static bool Tempered(VariantFile file, TaskGroup group) => Is(file, Exact) && group.Kind != TaskKind.Regression;

    private static string Precision(VariantFile file, TaskGroup group) => Is(file, Shared) ? "precision" : LossCode.Cut(file.Tasks, group, "precision");

    private static string Temper(VariantFile file, TaskGroup group, string outputs) =>
        $"{outputs} * {Precision(file, group)}{(group.Kind == TaskKind.Classification ? ".unsqueeze(1)" : "")}";

    private static string Bracket(string formula) => formula.Contains(" + ") && !formula.StartsWith("(", StringComparison.Ordinal) ? $"({formula})" : formula.EndsWith("log σ_t", StringComparison.Ordinal) ? $"({formula})" : formula;

    private static LogTerm Logs(VariantFile file)
    {
        var count = file.Tasks.Groups.Count(g => !Tempered(file, g));
        return count == 0 ? LogTerm.None : count == file.Tasks.Groups.Count ? LogTerm.All : LogTerm.Some;
    }

    /// <summary>Which tasks have a log σ_t in their likelihood.</summary>
    private enum LogTerm
    {
        None,
        Some,
        All,
    }
}
