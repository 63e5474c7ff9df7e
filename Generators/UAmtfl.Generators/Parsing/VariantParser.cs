using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads one row of the results table.</summary>
internal static class VariantParser
{
    private static readonly string[] Roles = [WellKnownNames.Baseline, WellKnownNames.Proposed, WellKnownNames.Control, WellKnownNames.Reference];

    public static VariantModel? Parse(
        INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, INamedTypeSymbol experiment, IReadOnlyList<AttributeReader> shared, TaskSetModel tasks, IReadOnlyList<INamedTypeSymbol> trunks, ParseContext context)
    {
        Places.Check(attributes, Place.Variant, $"the variant '{type.Name}'", context);
        var fits = attributes.Any(a => MethodCatalogue.Sharing(a.MetadataName)?.Fits == true);
        type.CheckNested("variant", fits ? "global::UAmtfl.LinearModels.FittedVariant" : "global::UAmtfl.Training.Variant", context);
        var sharing = One(type, [.. attributes.Where(a => MethodCatalogue.Sharing(a.MetadataName) is not null)], context);
        var weighting = One(type, [.. attributes.Where(a => MethodCatalogue.Weighting(a.MetadataName) is not null)], context);
        if (sharing is null)
        {
            context.Report(Rules.NoSharing, type.Identifier(), type.Name, string.Join(", ", MethodCatalogue.SharingNames.Select(n => $"[{n}]")));
            return null;
        }

        var scheme = MethodCatalogue.Sharing(sharing.MetadataName)!;
        var trunk = scheme.Fits && attributes.Find(WellKnownNames.Network) is null && trunks.Count > 0 ? trunks[0] : Trunk(type, attributes, experiment, trunks, context);
        if (scheme is Methods.SharingMethods.Fitted fitted)
        {
            CheckFitted(fitted, sharing, attributes, context);
        }

        var sharingModel = scheme.Read(sharing, tasks);
        var weightingModel = WeightingParser.Parse(weighting, attributes.Find(WellKnownNames.CrMogm), scheme, trunk, tasks);
        var penalties = Penalties(type, attributes, scheme, tasks, context);
        One(type, [.. attributes.Where(a => Roles.Contains(a.MetadataName))], context);
        if (trunk is not null && sharingModel is not null)
        {
            scheme.Check(sharing, sharingModel, trunk, tasks);
        }

        if (trunk is not null)
        {
            type.CheckReach("Variant", trunk, type.Identifier(), context);
        }

        if (weighting?.TypeArgument is { } strategy)
        {
            type.CheckReach("Variant", strategy, weighting.Location, context);
        }

        var hypers = (sharingModel?.Hypers ?? default).Concat(weightingModel?.Hypers ?? default).Concat(penalties.SelectMany(p => p.Hypers)).ToList();
        var grid = GridParser.Parse(type.Name, attributes, hypers, context);
        var ownPlan = PlanParser.Parse(type.Name, attributes, shared);
        return trunk is null || sharingModel is null || (weighting is not null && weightingModel is null)
            ? null
            : new(type.Name, Role(attributes), attributes.Find(WellKnownNames.OnRequest) is not null, trunk.Name, ownPlan, sharingModel, weightingModel, penalties.ToEquatableArray(), grid);
    }

    /// <summary>What an exact solver has no use for.</summary>
    private static void CheckFitted(Methods.SharingMethods.Fitted method, AttributeReader sharing, IReadOnlyList<AttributeReader> attributes, ParseContext context)
    {
        foreach (var norm in attributes.Where(a => method.TakesPenalties && (a.Is(WellKnownNames.L1) || a.Is(WellKnownNames.L2)) && (a.States("On") || a.States("Subgradient"))))
        {
            var option = norm.States("On") ? "On" : "Subgradient";
            context.Report(Rules.NeedsAsymmetry, norm.LocationOf(option), $"{option} of [{norm.Name}]", $"[{sharing.Name}] has weights on the inputs alone, and its solver one form of the norm; leave it out");
        }

        foreach (var other in attributes.Where(a => PlanParser.Reads(a) || MethodCatalogue.Weighting(a.MetadataName) is not null || WeightingParser.Reads(a.MetadataName)
            || (MethodCatalogue.Penalty(a.MetadataName) is { } penalty && (!method.TakesPenalties || penalty is Methods.PenaltyMethods.FeatureNorm))))
        {
            context.Report(Rules.NeedsAsymmetry, other.Location, $"[{other.Name}]", $"[{sharing.Name}] is solved exactly{(method.TakesPenalties ? "" : ", with its own penalties alone")}; leave it out");
        }
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

    private static List<MethodModel> Penalties(INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, SharingMethod sharing, TaskSetModel tasks, ParseContext context)
    {
        var models = new List<MethodModel>();
        foreach (var attribute in attributes)
        {
            if (MethodCatalogue.Penalty(attribute.MetadataName)?.Read(attribute, sharing, tasks) is not { } model)
            {
                continue;
            }

            if (models.Any(m => m.Label == model.Label))
            {
                context.Report(Rules.DuplicatePenalty, attribute.Location, type.Name, attribute.Name, model.Options.Count == 0 ? "the features" : Methods.PenaltyMethods.Parts.Where(model.Options[0]));
                continue;
            }

            if (Rival(model, models, sharing) is { } rival)
            {
                context.Report(Rules.RivalPenalties, attribute.Location, type.Name, rival.Label, model.Label, sharing.Fits ? "not smooth: the solver takes one such penalty" : "of the heads, of which one alone has an exact proximal step");
                continue;
            }

            models.Add(model);
        }

        return models;
    }

    /// <summary>A penalty that cannot stand beside another: two that are not smooth, but for L1 before L1 or a group lasso, whose steps one after
    /// the other are the step of their sum.</summary>
    private static MethodModel? Rival(MethodModel model, List<MethodModel> others, SharingMethod sharing)
    {
        var rivals = others.Where(o => Stepped(o, sharing)).ToList();
        var sum = !sharing.Fits && model.Kind is "L1" or "GroupLasso" && rivals.All(r => r.Kind == "L1");
        return !Stepped(model, sharing) || sum ? null : rivals.FirstOrDefault();
    }

    private static bool Stepped(MethodModel model, SharingMethod sharing)
    {
        var method = MethodCatalogue.Penalty(model);
        return (method.Proximal(model) is not null || method.Decomposes) && (sharing.Fits || method.OnHeads || (model.Options.Count == 1 && model.Options[0] != Methods.PenaltyMethods.Parts.Trunk));
    }

    private static string Role(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Baseline) is not null ? "Baseline"
        : attributes.Find(WellKnownNames.Proposed) is not null ? "Proposed"
        : attributes.Find(WellKnownNames.Control) is not null ? "Control"
        : attributes.Find(WellKnownNames.Reference) is not null ? "Reference"
        : "Method";
}
