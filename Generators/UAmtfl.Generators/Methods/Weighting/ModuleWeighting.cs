using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>A weighting that is computed by a module of the network, whose class derives from one of the runtime's base classes.</summary>
internal abstract class ModuleWeighting(string attribute) : WeightingMethod(attribute)
{
    /// <summary>The name of the attribute's argument for the learning rate of the module's parameters.</summary>
    protected const string Rate = "LearningRateScale";

    /// <summary>The docstring of the hyper-parameter for the learning rate of the module's parameters.</summary>
    protected const string RateSummary = "The learning rate of the weighting's parameters in units of the network's.";

    public override string? SiteOf(MethodModel model) => model.Module is { UsesGradients: true } weighting ? weighting.Site : null;

    /// <summary>Returns the losses that the weighting takes: the statements before them, their code and their formula.</summary>
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
        var weighting = file.Variant.Weighting!.Module!;
        var whole = weighting.Formula.Replace("{0}", formula);
        return weighting.UsesGradients ? new(whole, "TaskTerms(losses).sum()")
            : weighting.AfterStep ? new(whole, "Weighting.Combine(TaskTerms(losses), losses.Present)")
            : new(whole, $"Weighting.Combine({code}, losses.Present)", statements);
    }

    /// <summary>Returns what the class of a weighting needs in a step, or null and a diagnostic if its base classes do not say
    /// it.</summary>
    protected static Need? NeedOf(AttributeReader attribute, INamedTypeSymbol type)
    {
        var need = WeightingClass.NeedOf(type);
        if (need is null)
        {
            var bases = WellKnownNames.WeightingBases.Select(b => b.Substring(b.LastIndexOf('.') + 1));
            attribute.Context.Report(Rules.WeightingWithoutBase, attribute.Location, type.Name, string.Join(", ", bases));
        }

        return need;
    }

    /// <summary>Returns the weighting with the interfaces that its class implements, and with the site and the heads that the attribute
    /// states.</summary>
    /// <param name="attribute">The attribute of the variant.</param>
    /// <param name="type">The class of the weighting.</param>
    /// <param name="model">The other facts about the weighting.</param>
    /// <param name="site">The site of the gradients if the attribute does not state it.</param>
    /// <param name="weightedHeads">True if heads get weighted gradients when the attribute does not state it.</param>
    protected static WeightingModel Complete(
        AttributeReader attribute, INamedTypeSymbol type, WeightingModel model, string site, bool weightedHeads)
    {
        var weighting = model with
        {
            AfterStep = WeightingClass.Implements(type, WellKnownNames.LossesAfterStep),
            Transforms = WeightingClass.Implements(type, WellKnownNames.LossTransform),
        };
        if (weighting.UsesGradients)
        {
            return GradientReading.Of(attribute, weighting, site, weightedHeads, WeightingClass.KeepsGradients(type));
        }

        foreach (var option in new[] { "Site", "Heads" }.Where(attribute.States))
        {
            attribute.Context.Report(
                Rules.NeedsAsymmetry, attribute.LocationOf(option), option, $"'{type.Name}' sees losses alone; leave it out");
        }

        return weighting;
    }
}
