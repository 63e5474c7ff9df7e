using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads one row of the results table.</summary>
internal static class VariantParser
{
    private static readonly string[] Roles = [WellKnownNames.Baseline, WellKnownNames.Proposed, WellKnownNames.Control];

    /// <summary>Whether a nested class means to be a variant.</summary>
    public static bool IsVariant(IReadOnlyList<AttributeReader> attributes) => attributes.Any(IsOfVariant);

    /// <summary>Whether an attribute belongs on a variant.</summary>
    public static bool IsOfVariant(AttributeReader attribute) => MethodCatalogue.Reads(attribute.MetadataName) || PlanParser.Reads(attribute)
        || Roles.Contains(attribute.MetadataName) || attribute.Is(WellKnownNames.Network) || attribute.Is(WellKnownNames.OnRequest);

    public static VariantModel? Parse(
        INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, INamedTypeSymbol experiment, PlanModel plan, TaskSetModel tasks, IReadOnlyList<INamedTypeSymbol> trunks, ParseContext context)
    {
        type.CheckNested("variant", "global::UAmtfl.Training.Variant", context);
        var trunk = Trunk(type, attributes, experiment, trunks, context);
        var sharing = One(type, [.. attributes.Where(a => MethodCatalogue.Sharing(a.MetadataName) is not null)], context);
        var weighting = One(type, [.. attributes.Where(a => MethodCatalogue.Weighting(a.MetadataName) is not null)], context);
        if (sharing is null)
        {
            context.Report(Rules.NoSharing, type.Identifier(), type.Name, string.Join(", ", MethodCatalogue.SharingNames.Select(n => $"[{n}]")));
            return null;
        }

        var scheme = MethodCatalogue.Sharing(sharing.MetadataName)!;
        var sharingModel = scheme.Read(sharing, tasks);
        var weightingModel = weighting is null ? null : MethodCatalogue.Weighting(weighting.MetadataName)!.Read(weighting, tasks, scheme);
        var penalties = Penalties(type, attributes, scheme, context);
        One(type, [.. attributes.Where(a => Roles.Contains(a.MetadataName))], context);
        if (trunk is not null && tasks.PerTask && !scheme.SharesFeatures && trunk.Attributes(context).Find(WellKnownNames.BatchNorm) is { } norm)
        {
            context.Report(Rules.BadShape, sharing.Location, $"[{sharing.Name}] on '{trunk.Name}'", $"each row of this data set is of one task, but [{norm.Name}] would normalise a task's network by the rows of all: leave it out of this network");
        }

        if (trunk is not null)
        {
            type.CheckReach("Variant", trunk, type.Identifier(), context);
        }

        if (weighting?.TypeArgument is { } strategy)
        {
            type.CheckReach("Variant", strategy, weighting.Location, context);
        }

        var ownPlan = PlanParser.Parse(type.Name, attributes, plan);
        return trunk is null || sharingModel is null || (weighting is not null && weightingModel is null)
            ? null
            : new(type.Name, Role(attributes), attributes.Find(WellKnownNames.OnRequest) is not null, trunk.Name, ownPlan, sharingModel, weightingModel, penalties.ToEquatableArray());
    }

    private static INamedTypeSymbol? Trunk(INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, INamedTypeSymbol experiment, IReadOnlyList<INamedTypeSymbol> trunks, ParseContext context)
    {
        var declared = trunks.Count == 0 ? $"'{experiment.Name}' declares no trunk" : $"'{experiment.Name}' declares {string.Join(", ", trunks.Select(t => $"'{t.Name}'"))}";
        if (attributes.Find(WellKnownNames.Network) is { } network)
        {
            var name = network.Text("name") ?? "";
            if (trunks.FirstOrDefault(t => t.Name == name) is { } named)
            {
                return named;
            }

            context.Report(Rules.UnknownTrunk, network.LocationOf("name"), type.Name, $"names the trunk '{name}', but {declared}: name one of these, or declare it with [Input(…)] and its layers");
            return null;
        }

        if (trunks.Count > 1)
        {
            context.Report(Rules.UnknownTrunk, type.Identifier(), type.Name, $"names no trunk, and {declared}: add [Network(nameof({trunks[0].Name}))] or another");
        }

        return trunks.Count == 1 ? trunks[0] : null;
    }

    private static AttributeReader? One(INamedTypeSymbol type, List<AttributeReader> found, ParseContext context)
    {
        if (found.Count > 1)
        {
            context.Report(Rules.SeveralMethods, found[1].Location, type.Name, found[0].Name, found[1].Name);
        }

        return found.FirstOrDefault();
    }

    private static List<MethodModel> Penalties(INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, SharingMethod sharing, ParseContext context)
    {
        var models = new List<MethodModel>();
        foreach (var attribute in attributes)
        {
            if (MethodCatalogue.Penalty(attribute.MetadataName)?.Read(attribute, sharing) is not { } model)
            {
                continue;
            }

            if (models.Any(m => m.Label == model.Label))
            {
                context.Report(Rules.DuplicatePenalty, attribute.Location, type.Name, attribute.Name, model.Options.Count == 0 ? "the features" : Methods.PenaltyMethods.Parts.Where(model.Options[0]));
                continue;
            }

            models.Add(model);
        }

        return models;
    }

    private static string Role(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Baseline) is not null ? "Baseline"
        : attributes.Find(WellKnownNames.Proposed) is not null ? "Proposed"
        : attributes.Find(WellKnownNames.Control) is not null ? "Control"
        : "Method";
}
