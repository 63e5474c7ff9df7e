using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>A weighting whose arithmetic is a module of the network: a class that derives from one of the runtime's bases.</summary>
internal abstract class ModuleWeighting(string attribute) : WeightingMethod(attribute)
{
    /// <summary>The number of an attribute that is the learning rate of the class's own parameters.</summary>
    protected const string Rate = "LearningRateScale";

    /// <summary>The docstring of that number as a hyper-parameter.</summary>
    protected const string RateSummary = "The learning rate of the weighting's parameters in units of the network's.";

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
        var weighting = file.Variant.Weighting!.Module!;
        var whole = weighting.Formula.Replace("{0}", formula);
        return weighting.UsesGradients ? new(whole, "TaskTerms(losses).sum()")
            : weighting.AfterStep ? new(whole, "Weighting.Combine(TaskTerms(losses), losses.Present)")
            : new(whole, $"Weighting.Combine({code}, losses.Present)", statements);
    }

    /// <summary>What the class of a weighting needs of a step; null, which is reported, where its bases do not say it.</summary>
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

    /// <summary>The weighting with what its class says by itself, and with the site and the heads that the attribute states.</summary>
    /// <param name="attribute">The attribute of the variant.</param>
    /// <param name="type">The class.</param>
    /// <param name="model">What is known of it.</param>
    /// <param name="site">Where gradients are compared unless stated.</param>
    /// <param name="weightedHeads">True if heads get weighted gradients unless stated.</param>
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
