using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>A weighting whose arithmetic is a module: a class of the runtime, or the user's own. It is one row of <see cref="LossWeightings"/>
/// or <see cref="GradientWeightings"/>.</summary>
internal abstract class ModuleWeighting(string attribute) : WeightingMethod(attribute)
{
    public override string? SiteOf(MethodModel model) => model.Module is { UsesGradients: true } weighting ? weighting.Site : null;

    /// <summary>The losses that the weighting sees: a statement before, an expression and a formula.</summary>
    public static ((string Code, string Comment)[] Statements, string Code, string Formula) Terms(VariantFile file, string loss)
    {
        var transfer = MethodCatalogue.Transfer(file);
        var code = transfer is null ? "losses.Values" : "asymmetry * losses.Values";
        (string, string)[] statements = transfer is null ? [] : [transfer.Price(file)];
        var transformed = file.Variant.Weighting!.Module!.Transforms ? $"Weighting.Transform({code}, losses.Present)" : code;
        return (statements, transformed, transfer is null ? loss : $"(1 + α{transfer.Outgoing(file).Symbol}) {loss}");
    }

    public override TermCode Combine(VariantFile file)
    {
        var (statements, code, formula) = Terms(file, LossFormula(file));
        var module = file.Variant.Weighting!.Module!;
        var whole = module.Formula.Replace("{0}", formula);
        return module.UsesGradients ? new(whole, "TaskTerms(losses).sum()")
            : module.AfterStep ? new(whole, "Weighting.Combine(TaskTerms(losses), losses.Present)")
            : new(whole, $"Weighting.Combine({code}, losses.Present)", statements);
    }
}

/// <summary>A weighting of the runtime.</summary>
/// <param name="attribute">The attribute's metadata name.</param>
/// <param name="need">What it needs.</param>
/// <param name="formula">The data term, with {0} for the loss of task t.</param>
/// <param name="scale">What its weights add up to, in words.</param>
/// <param name="parameters">Its arguments.</param>
internal sealed class RuntimeWeighting(string attribute, Need need, string formula, string scale, params WeightingParameter[] parameters) : ModuleWeighting(attribute)
{
    /// <summary>The site unless stated.</summary>
    public string Site { get; init; } = "Trunk";

    /// <summary>The data term where the attribute's Mean is true; null where that does not change it.</summary>
    public string? MeanFormula { get; init; }

    /// <summary>True if heads get weighted gradients unless stated.</summary>
    public bool WeightedHeads { get; init; }

    /// <summary>True if the weighting needs the losses once more after the step.</summary>
    public bool AfterStep { get; init; }

    /// <summary>True if the weighting combines functions of the losses, such as their logarithms.</summary>
    public bool Transforms { get; init; }

    /// <summary>True if the weighting keeps gradients from step to step; they must then be those of parameters, because features change with the batch.</summary>
    public bool KeepsGradients { get; init; }

    /// <summary>True if the weighting has parameters that are trained with the network, at a learning rate of their own.</summary>
    public bool Learns { get; init; }

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme)
    {
        var hypers = new List<HyperModel>();
        var (arguments, settings) = (new List<string> { $"{tasks.Count}" }, new List<string>());
        foreach (var parameter in parameters)
        {
            var (code, hyper) = parameter.Read(attribute, Kind, tasks);
            arguments.Add(parameter.Argument(code));
            if (hyper is not null)
            {
                hypers.Add(hyper);
            }
            else if (parameter.Say(code, tasks) is { } said)
            {
                settings.Add(said);
            }
        }

        if (Learns)
        {
            hypers.Add(Hyper(attribute, "LearningRateScale", "The learning rate of the weighting's parameters in units of the network's.", $"{Kind}LearningRateScale"));
        }

        var folder = need switch { Need.Losses => "LossBased", Need.Bilevel => "Bilevel", _ => "GradientBased" };
        var type = $"global::UAmtfl.Weighting.{folder}.{Kind}";
        var whole = MeanFormula is { } mean && attribute.Flag("Mean", false) ? mean : formula;
        var weighting = new WeightingModel(type, $"new {type}({string.Join(", ", arguments)})", need, whole, scale,
            LearningRateScale: !Learns ? null : $"hyper.{Kind}LearningRateScale", AfterStep: AfterStep, Transforms: Transforms, Settings: string.Join(", ", settings));
        return Model(Kind, hypers) with { Module = need == Need.Losses ? weighting : GradientReading.Of(attribute, weighting, Site, WeightedHeads, KeepsGradients) };
    }
}
