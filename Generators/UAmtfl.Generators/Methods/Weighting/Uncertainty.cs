using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Methods.Transfers;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>The places that σ_t² can have in an objective with a transfer, named as in <c>UAmtfl.Placement</c>.</summary>
internal enum Placement
{
    Literal,
    WeightOnly,
    Reliability,
}

/// <summary>The options of <c>[Uncertainty]</c>.</summary>
/// <param name="LearningRateScale">The learning rate of s = log σ² in units of the network's.</param>
/// <param name="Exact">True for the exact likelihood; false for the approximation of Kendall et al.</param>
/// <param name="Placement">The place of σ_t² in the objective.</param>
/// <param name="Shared">True if all tasks have one σ.</param>
/// <param name="Label">The name of the weighting in reports.</param>
internal sealed record UncertaintyModel(HyperModel LearningRateScale, bool Exact, Placement Placement, bool Shared, string Label)
    : MethodModel("Uncertainty", Label, [LearningRateScale]);

/// <summary>The weighting by learnt observation noise (Kendall, Gal and Cipolla 2018), also within an asymmetric transfer (Peres da Silva
/// et al., U-AMTFL).</summary>
internal sealed class Uncertainty() : WeightingMethod("UAmtfl.Weightings.UncertaintyAttribute")
{
    private static readonly Code LogVariance = "Network.LogVariance";

    public override string LearningRateScale => "hyper.UncertaintyLearningRateScale";

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme)
    {
        if (!TakesLosses(attribute, tasks, WhyNoLikelihood))
        {
            return null;
        }

        var regression = tasks.Tasks.FirstOrDefault(t => t.Kind == TaskKind.Regression);
        var stated = attribute.Choice<Placement>("Placement");
        var placement = scheme.Transfer is null ? Placement.Literal
            : stated ?? (regression is null ? Placement.Literal : Placement.WeightOnly);
        var exact = attribute.Choice("Likelihood") is { } likelihood ? likelihood == "Exact" : placement == Placement.Literal;
        if (scheme.Transfer is null && stated is Placement.WeightOnly or Placement.Reliability)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.LocationOf("Placement"), $"Placement = {stated}",
                $"[{scheme.Name}] puts no price on transfer; use it with [Amtfl] or [DeepAmtl], or leave it out");
        }

        if (stated == Placement.WeightOnly && exact && regression is null)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.LocationOf("Placement"), "Placement = WeightOnly",
                "the exact likelihood of a classification has no log σ to leave out of the bracket; "
                    + "use Literal, or Likelihood = Approximate");
        }

        if (stated == Placement.Literal && regression is not null && scheme.Transfer is not null)
        {
            attribute.Context.Report(Rules.LiteralRegression, attribute.LocationOf("Placement"), regression.Name,
                regression.Loss.Spread is null ? "squared error" : "loss");
        }

        var shared = attribute.Flag("Shared", false);
        var rate = Hyper(
            attribute, "LearningRateScale", "The learning rate of s = log σ² in units of the network's.", "UncertaintyLearningRateScale");
        string[] options =
        [
            .. shared ? ["Shared"] : Array.Empty<string>(), .. placement == Placement.Literal ? [] : new[] { $"{placement}" },
        ];
        return new UncertaintyModel(rate, exact, placement, shared, options.Length == 0 ? Kind : $"{Kind}({string.Join(", ", options)})");
    }

    public override IReadOnlyList<ParameterCode> Parameters(VariantFile file) => Of(file).Shared
        ? [new("LogVariance", "s = log σ², one for all tasks", "1")]
        : [new("LogVariance", "s_t = log σ_t²", $"{file.Tasks.Count}", OfOneTask: true)];

    public override IReadOnlyList<(string Name, string Code, string Comment)> Constants(VariantFile file)
    {
        if (Logs(file) != LogTerm.Some)
        {
            return [];
        }

        var halves = string.Join(", ", file.Tasks.Tasks.Select(t => t.Kind == TaskKind.Regression ? "0.5" : "0.0"));
        return
        [
            ("halves", $"global::TorchSharp.torch.tensor(new[] {{ {halves} }}, dtype: counts.dtype, device: counts.device)",
                "½ for the tasks whose likelihood has a log σ_t, which is s_t / 2"),
        ];
    }

    public override IReadOnlyList<(string Code, string Comment)> Prepare(VariantFile file, string network) =>
        [($"Tensor precision = (-{network}LogVariance).exp();", $"1 / σ_t²  [{(Of(file).Shared ? 1 : file.Tasks.Count)}]")];

    public override Code GroupLoss(VariantFile file, TaskGroup group)
    {
        var outputs = LossCode.Outputs(file.Tasks, group);
        if (Tempered(file, group))
        {
            return LossCode.WithFloor(file, group, LossCode.Of(file.Tasks, group, Temper(file, group).Text));
        }

        var loss = LossCode.WithFloor(file, group, LossCode.Of(file.Tasks, group, outputs));
        var factor = group.Loss.Spread is not null ? Precision(file, group).Member("sqrt()")
            : group.Kind == TaskKind.Regression ? "0.5" * Precision(file, group)
            : Precision(file, group);
        return factor * loss;
    }

    public override string LossFormula(VariantFile file) => file.Tasks.Groups.Count == 1 ? KindFormula(file, file.Tasks.Groups[0])
        : InKinds(file) ? "ℓ_t"
        : $"{(file.Tasks.Has(TaskKind.Regression) ? "c_t " : "")}{LossCode.WithFloor(file, "ℓ_t")} / {Sigma(file)}²";

    /// <summary>Returns the formula of ℓ_t for the tasks of a group. If tasks have several kinds, ℓ_t contains σ_t only for the exact
    /// likelihood, and where a loss is divided by σ_t; otherwise σ_t² stands in the formula of the objective.</summary>
    public override string KindFormula(VariantFile file, TaskGroup group) =>
        file.Tasks.Groups.Count > 1 && !InKinds(file) ? base.KindFormula(file, group)
        : Tempered(file, group) ? LossCode.WithFloor(file, LossCode.FormulaOf(group, $"o_t / {Sigma(file)}²"))
        : $"{LossCode.WithFloor(file, LossCode.FormulaOf(group, "o_t"))} / " + (group.Loss.Spread is not null ? Sigma(file)
            : $"{(group.Kind == TaskKind.Regression ? "2" : "")}{Sigma(file)}²");

    public override TermCode Combine(VariantFile file)
    {
        var term = Term(file);
        var some = Logs(file) == LogTerm.Some ? ", r_t = 1 for a regression and 0 for other tasks" : "";
        var halved = file.Tasks.Groups.Count > 1 && !InKinds(file) && file.Tasks.Has(TaskKind.Regression)
            ? ", c_t = ½ for a regression and 1 for other tasks"
            : "";
        return term with { Formula = term.Formula + some + halved };
    }

    private TermCode Term(VariantFile file)
    {
        var (loss, sigma, likelihood) = (LossFormula(file), Sigma(file), Logs(file));
        Code? scaled = likelihood switch { LogTerm.All => "0.5" * LogVariance, LogTerm.Some => "halves" * LogVariance, _ => null };
        (string, string)[] logs = scaled is null ? [] :
        [
            ($"Tensor logs = {LossCode.Present(file.Tasks, scaled.Text)};",
                $"log σ_t, 0 for a task without a label in the batch  [{file.Tasks.Count}]"),
        ];
        Code WithLogs(Code values) => scaled is null ? values : values + "logs";
        var log = likelihood switch { LogTerm.All => $" + log {sigma}", LogTerm.Some => $" + r_t log {sigma}", _ => "" };
        var bracket = scaled is null ? loss : $"({loss}{log})";
        if (MethodCatalogue.Transfer(file) is not { } transfer)
        {
            return new($"Σ_t {bracket}", WithLogs("losses.Values").Member("sum()"), logs);
        }

        var outgoing = transfer.Outgoing(file);
        return Of(file).Placement switch
        {
            Placement.Literal => new($"Σ_t (1 + α{outgoing.Symbol}) {bracket}",
                ("asymmetry" * WithLogs("losses.Values")).Member("sum()"), [transfer.Price(file), .. logs]),
            Placement.WeightOnly => new($"Σ_t {{(1 + α{outgoing.Symbol}) {loss}{log}}}",
                WithLogs("asymmetry" * new Code("losses.Values")).Member("sum()"), [transfer.Price(file), .. logs]),
            _ => new($"Σ_t {{{loss}{log} + α{outgoing.Symbol} {sigma}²}}",
                (WithLogs("losses.Values") + "price").Member("sum()"), [.. logs, Price(file, outgoing)]),
        };
    }

    private static (string Code, string Comment) Price(VariantFile file, (Code Code, string Symbol) outgoing)
    {
        var price = Ramp.Of(file, "Alpha") * outgoing.Code * "Network.LogVariance.exp().detach()";
        return ($"Tensor price = {LossCode.Present(file.Tasks, price.Text)};",
            $"α{outgoing.Symbol} σ_t², σ_t² held constant, of tasks with a label  [{file.Tasks.Count}]");
    }

    /// <summary>Returns the code of the logits divided by σ_t² for tasks with an exact likelihood.</summary>
    public override string? Predict(VariantFile file, TaskGroup group) => !Tempered(file, group) ? null
        : group.Kind == TaskKind.Classification ? Temper(file, group).Member("flatten(1)").Text
        : Temper(file, group).Text;

    public override string Export(VariantFile file, string outputs) =>
        file.Tasks.Groups.Any(g => Tempered(file, g))
            ? $"global::UAmtfl.Trunks.OnnxHeads.Tempered(graph, {outputs}, LogVariance, tasks)"
            : outputs;

    /// <summary>Returns s_t, to which the logarithm of the spread is added where σ_t is the scale of a density but not its
    /// deviation.</summary>
    public override string LogVariances(VariantFile file)
    {
        if (!file.Tasks.Tasks.Any(t => t.Loss.Spread is not null))
        {
            return "LogVariance";
        }

        var logs = string.Join(", ", file.Tasks.Tasks.Select(t => ExperimentWriter.Number(Math.Log(t.Loss.Spread ?? 1))));
        return "LogVariance + global::TorchSharp.torch.tensor("
            + $"new double[] {{ {logs} }}, dtype: LogVariance.dtype, device: LogVariance.device)";
    }

    public override IReadOnlyList<(string Name, string Code)> Traces(VariantFile file) => [("sigma", "(0.5 * Network.LogVariance).exp()")];

    /// <summary>Returns why σ_t is not defined for a loss that an option has chosen, and what to do instead; null if it is.</summary>
    private static string? WhyNoLikelihood(LossModel loss)
    {
        var why = loss.Spread is not null ? null
            : loss.Type is not null ? "the density that belongs to a loss of your own, and with it log σ_t, is not known"
            : loss.Rates ? "a Poisson distribution has no σ_t to learn, because its variance is its mean"
            : loss.Method == "Huber" ? "δ does not grow with σ_t, so that the density of ℓ / σ_t has another normaliser than σ_t"
            : "σ_t belongs to the likelihoods of the squared, absolute and quantile errors and the cross-entropy";
        return why is null ? null : why + "; use another weighting, or leave the option of the task out";
    }

    /// <summary>True if σ_t stands in the formula of ℓ_t for each kind of task.</summary>
    private static bool InKinds(VariantFile file) => Of(file).Exact || file.Tasks.Tasks.Any(t => t.Loss.Spread is not null);

    private static UncertaintyModel Of(VariantFile file) => (UncertaintyModel)file.Variant.Weighting!;

    private static string Sigma(VariantFile file) => Of(file).Shared ? "σ" : "σ_t";

    private static bool Tempered(VariantFile file, TaskGroup group) => Of(file).Exact && group.Kind != TaskKind.Regression;

    private static Code Precision(VariantFile file, TaskGroup group) =>
        Of(file).Shared ? "precision" : LossCode.Cut(file.Tasks, group, "precision");

    /// <summary>Returns the code of a group's outputs divided by σ_t².</summary>
    private static Code Temper(VariantFile file, TaskGroup group)
    {
        var precision = Precision(file, group);
        return new Code(LossCode.Outputs(file.Tasks, group))
            * (group.Kind == TaskKind.Classification ? precision.Member("unsqueeze(1)") : precision);
    }

    private static LogTerm Logs(VariantFile file)
    {
        var count = file.Tasks.Groups.Count(g => !Tempered(file, g));
        return count == 0 ? LogTerm.None : count == file.Tasks.Groups.Count ? LogTerm.All : LogTerm.Some;
    }

    /// <summary>The sets of tasks whose likelihood can have a term log σ_t.</summary>
    private enum LogTerm
    {
        None,
        Some,
        All,
    }
}
