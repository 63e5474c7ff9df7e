using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>Reads which gradients a weighting compares and which gradients the heads get, and reports choices that cannot work.</summary>
internal static class GradientReading
{
    /// <summary>Returns the weighting with the site of its gradients and the choice for the heads, as the attribute or the defaults
    /// say.</summary>
    public static WeightingModel Of(
        AttributeReader attribute, WeightingModel weighting, string site, bool weightedHeads, bool keepsGradients)
    {
        var stated = attribute.Choice("Site");
        if (weighting.Need != Need.Gramian && (stated is "LastLayer" or "TaskHead"))
        {
            attribute.Context.Report(
                Rules.NoSharedGradients,
                attribute.LocationOf("Site"),
                attribute.Name,
                $"steps along gradients, which those of {(stated == "TaskHead" ? "heads" : "one layer")} are not enough for; "
                    + "use Site = Trunk");
            stated = null;
        }

        if (stated == "Representation" && (keepsGradients || weighting.Need is Need.Cross or Need.Bilevel))
        {
            attribute.Context.Report(
                Rules.NoSharedGradients,
                attribute.LocationOf("Site"),
                attribute.Name,
                "compares gradients of several batches, and those with respect to features are of other samples each time; "
                    + "use Site = Trunk");
            stated = null;
        }

        var heads = attribute.Choice("Heads");
        if (heads == "Weighted" && weighting.Need == Need.Jacobian)
        {
            attribute.Context.Report(
                Rules.NeedsAsymmetry,
                attribute.LocationOf("Heads"),
                "Heads = Weighted",
                $"[{attribute.Name}] gives a direction, not one weight a task; leave it out");
        }

        return weighting with
        {
            Site = stated ?? site,
            WeightedHeads = weighting.Need != Need.Jacobian && (heads is null ? weightedHeads : heads == "Weighted"),
        };
    }

    /// <summary>Reports a weighting that compares gradients of heads which have different shapes.</summary>
    public static void CheckHeads(VariantModel variant, IReadOnlyList<AttributeReader> attributes, TrunkModel trunk)
    {
        if (trunk.HeadsDiffer && variant.Weighting?.Module is { UsesGradients: true, Site: "TaskHead" }
            && attributes.FirstOrDefault(a => MethodCatalogue.Weighting(a) is not null) is { } attribute)
        {
            attribute.Context.Report(
                Rules.NoSharedGradients,
                attribute.LocationOf("Site"),
                attribute.Name,
                "compares gradients of heads, which end in different numbers of features here; use another Site");
        }
    }

    /// <summary>Reports a network that does not have the gradients which the weighting compares.</summary>
    public static void Check(
        AttributeReader attribute, WeightingModel weighting, Scheme scheme, INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        if (!weighting.UsesGradients)
        {
            return;
        }

        var context = attribute.Context;
        if (scheme.Architecture is { SharesParameters: false })
        {
            context.Report(
                Rules.NoSharedGradients,
                attribute.Location,
                attribute.Name,
                $"balances gradients of what tasks share, and [{scheme.Name}] shares nothing; use another sharing scheme");
            return;
        }

        if (scheme.Representation == Representation.PerTask && weighting.Site == "Representation")
        {
            context.Report(
                Rules.NoSharedGradients,
                attribute.Location,
                attribute.Name,
                $"compares gradients of features, and [{scheme.Name}] gives each task features of its own; use Site = Trunk");
            return;
        }

        var layers = trunk.Attributes(context);
        var handWritten = layers.Find(WellKnownNames.Trunk) is not null;
        if (!handWritten && !layers.Any(l => LayerCatalogue.Find(l.MetadataName)?.Kind.HasParameters == true))
        {
            context.Report(
                Rules.NoSharedGradients,
                attribute.Location,
                attribute.Name,
                $"balances gradients of what tasks share, and '{trunk.Name}' has no parameters; give it a layer that has some");
            return;
        }

        if (weighting.Site == "TaskHead")
        {
            if (tasks.Tasks.Select(t => t.Outputs).Distinct().Count() > 1)
            {
                context.Report(
                    Rules.NoSharedGradients,
                    attribute.LocationOf("Site"),
                    attribute.Name,
                    "compares gradients of heads, which have different numbers of outputs here; use another Site");
            }

            return;
        }

        if (weighting.Site == "LastLayer" && handWritten)
        {
            context.Report(
                Rules.NoSharedGradients,
                attribute.LocationOf("Site"),
                attribute.Name,
                $"compares gradients of the last shared layer, and which that is in the hand-written '{trunk.Name}' is not known; "
                    + "use Site = Representation or Site = Trunk");
            return;
        }

        var perTask = scheme.Representation == Representation.PerTask;
        var mixing = layers.FirstOrDefault(l => LayerCatalogue.Find(l.MetadataName)?.Kind.MixesSamples == true);
        var residual = layers.Find(WellKnownNames.BeginResidual);
        if (weighting.Site != "Representation" && (perTask || handWritten || mixing is not null || residual is not null))
        {
            context.Report(
                Rules.OneByOne,
                attribute.Location,
                attribute.Name,
                perTask ? scheme.Name : trunk.Name,
                perTask ? "gives each task features of its own"
                    : handWritten ? "is written by hand"
                    : mixing is not null ? $"has [{mixing.Name}], which mixes samples"
                    : "has a residual stretch",
                $"{tasks.Count}");
        }
    }
}
