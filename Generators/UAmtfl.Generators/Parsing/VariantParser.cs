using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Penalties;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads a variant: one row of the results table.</summary>
internal static class VariantParser
{
    private static readonly string[] Roles =
    [
        WellKnownNames.Baseline, WellKnownNames.Proposed, WellKnownNames.Control, WellKnownNames.Reference, WellKnownNames.PreTraining,
    ];

    public static VariantModel? Parse(
        INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, INamedTypeSymbol experiment,
        IReadOnlyList<AttributeReader> shared, TaskSetModel tasks, IReadOnlyList<INamedTypeSymbol> trunks, ParseContext context)
    {
        Places.Check(attributes, Place.Variant, $"the variant '{type.Name}'", context);
        var fits = attributes.Any(a => MethodCatalogue.Solver(a.MetadataName) is not null);
        type.CheckNested("variant", fits ? "global::UAmtfl.LinearModels.FittedVariant" : null, context);
        var weighting = One(type, [.. attributes.Where(a => MethodCatalogue.Weighting(a) is not null)], context);
        var around = One(type, [.. attributes.Where(WeightingParser.IsAround)], context);
        if (SchemeParser.Find(type, attributes, context) is not { } parser)
        {
            return null;
        }

        var scheme = parser.Scheme;
        var trunk = scheme.Solver is not null && attributes.Find(WellKnownNames.Network) is null && trunks.Count > 0
            ? trunks[0]
            : Trunk(type, attributes, experiment, trunks, context);
        if (scheme.Solver is null && trunk?.Attributes(context).Find(WellKnownNames.Heads) is not null)
        {
            scheme = scheme with { HasHeadLayers = true };
            parser.CheckHeads(trunk, tasks);
        }

        if (scheme.Solver is { } solver)
        {
            CheckSolved(solver, parser.Attribute, attributes, context);
        }

        var readable = parser.Read(tasks, out var architectureModel, out var transferModel, out var solverModel);
        var weightingModel = WeightingParser.Parse(weighting, around, scheme, trunk, tasks);
        var penalties = Penalties(type, attributes, scheme, tasks, context);
        if (parser.Penalty is { } own)
        {
            penalties.Insert(0, own);
        }

        One(type, [.. attributes.Where(a => Roles.Contains(a.MetadataName))], context);
        if (trunk is not null && readable)
        {
            parser.Check(trunk, tasks, transferModel);
        }

        if (trunk is not null)
        {
            type.CheckReach("Variant", trunk, type.Identifier(), context);
        }

        foreach (var attribute in new[] { weighting, around }.OfType<AttributeReader>())
        {
            if (WeightingParser.ClassOf(attribute) is { } weightingClass)
            {
                type.CheckReach("Variant", weightingClass, attribute.Location, context);
            }
        }

        var hypers = new[] { architectureModel, transferModel, solverModel, weightingModel }.OfType<MethodModel>()
            .Concat(penalties)
            .SelectMany(m => m.Hypers).ToList();
        var grid = GridParser.Parse(type.Name, attributes, hypers, context);
        var ownPlan = StartParser.Scaled(
            StartParser.Frozen(PlanParser.Parse(type.Name, attributes, shared, tasks), attributes), attributes);
        var trainedOn = TrainOnParser.Parse(type.Name, attributes, ownPlan, tasks);
        if (scheme.Solver is null)
        {
            Contradictions.CheckMethods(type.Name, ownPlan, attributes, weightingModel?.Module is null ? null : weighting);
        }

        return trunk is null || !readable || (weighting is not null && weightingModel is null)
            ? null
            : new(
                type.Name,
                Role(attributes),
                attributes.Find(WellKnownNames.OnRequest) is not null,
                trunk.Name,
                ownPlan,
                architectureModel,
                transferModel,
                solverModel,
                weightingModel,
                penalties.ToEquatableArray(),
                grid,
                StartParser.Start(type, attributes),
                trainedOn)
            {
                Declared = SyntaxText.Declaration([.. type.Declarations(context.Cancellation)]).ToEquatableArray(),
            };
    }

    /// <summary>Reports attributes and options of a variant that have no effect because an exact solver fits it.</summary>
    private static void CheckSolved(
        Methods.Solvers.SolverMethod method, AttributeReader solver, IReadOnlyList<AttributeReader> attributes, ParseContext context)
    {
        foreach (var (penalty, attribute) in attributes
            .Select(a => (MethodCatalogue.Penalty(a.MetadataName), a))
            .Where(_ => method.TakesPenalties))
        {
            if (penalty?.NetworkOptions.FirstOrDefault(attribute.States) is { } option)
            {
                context.Report(Rules.NeedsAsymmetry, attribute.LocationOf(option), $"{option} of [{attribute.Name}]",
                    $"[{solver.Name}] has weights on the inputs alone, and its solver one form of the norm; leave it out");
            }
        }

        foreach (var other in attributes.Where(a => PlanParser.Reads(a) || StartParser.Reads(a) || a.Is(WellKnownNames.TrainOn)
            || MethodCatalogue.Weighting(a) is not null || WeightingParser.IsAround(a)
            || (MethodCatalogue.Penalty(a.MetadataName) is { } penalty && !(method.TakesPenalties && penalty.FitsLinearModels))))
        {
            context.Report(
                Rules.NeedsAsymmetry,
                other.Location,
                $"[{other.Name}]",
                $"[{solver.Name}] is solved exactly{(method.TakesPenalties ? "" : ", with its own penalties alone")}; leave it out");
        }
    }

    private static INamedTypeSymbol? Trunk(
        INamedTypeSymbol type,
        IReadOnlyList<AttributeReader> attributes,
        INamedTypeSymbol experiment,
        IReadOnlyList<INamedTypeSymbol> trunks,
        ParseContext context)
    {
        var declared = trunks.Count == 0
            ? $"'{experiment.Name}' declares no trunk"
            : $"'{experiment.Name}' declares {string.Join(", ", trunks.Select(t => $"'{t.Name}'"))}";
        if (attributes.Find(WellKnownNames.Network) is { } network)
        {
            var name = network.Text("name") ?? "";
            if (trunks.FirstOrDefault(t => t.Name == name) is { } named)
            {
                return named;
            }

            context.Report(
                Rules.UnknownTrunk,
                network.LocationOf("name"),
                type.Name,
                $"names the trunk '{name}', but {declared}: name one of these, or declare it with [Input(…)] and its layers");
            return null;
        }

        if (trunks.Count > 1)
        {
            context.Report(
                Rules.UnknownTrunk,
                type.Identifier(),
                type.Name,
                $"names no trunk, and {declared}: add [Network(nameof({trunks[0].Name}))] or another");
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

    private static List<Penalty> Penalties(
        INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, Scheme scheme, TaskSetModel tasks, ParseContext context)
    {
        var penalties = new List<Penalty>();
        foreach (var attribute in attributes)
        {
            if (MethodCatalogue.Penalty(attribute.MetadataName)?.Read(attribute, scheme, tasks) is not { } penalty)
            {
                continue;
            }

            if (penalties.Any(other => other.Label == penalty.Label))
            {
                context.Report(Rules.DuplicatePenalty, attribute.Location, type.Name, attribute.Name, penalty.Of);
                continue;
            }

            if (Rival(penalty, penalties, scheme) is { } rival)
            {
                context.Report(Rules.RivalPenalties, attribute.Location, type.Name, rival.Label, penalty.Label, scheme.Solver is not null
                    ? "not smooth: the solver takes one such penalty"
                    : "of the heads, of which one alone has an exact proximal step");
                continue;
            }

            penalties.Add(penalty);
        }

        return penalties;
    }

    /// <summary>Returns a penalty that cannot stand beside another; null if there is none. Two penalties that are not smooth exclude each
    /// other unless their steps one after the other are the step of their sum.</summary>
    private static Penalty? Rival(Penalty penalty, List<Penalty> others, Scheme scheme)
    {
        var rivals = others.Where(other => IsStepped(other, scheme)).ToList();
        var sum = scheme.Solver is null && rivals.All(penalty.StepsAfter);
        return !IsStepped(penalty, scheme) || sum ? null : rivals.FirstOrDefault();
    }

    private static bool IsStepped(Penalty penalty, Scheme scheme) =>
        scheme.Solver is null ? penalty.StepsHeads : penalty.Proximal is not null || penalty.Decomposes;

    private static string Role(IReadOnlyList<AttributeReader> attributes) =>
        attributes.Find(WellKnownNames.Baseline) is not null ? "Baseline"
        : attributes.Find(WellKnownNames.Proposed) is not null ? "Proposed"
        : attributes.Find(WellKnownNames.Control) is not null ? "Control"
        : attributes.Find(WellKnownNames.Reference) is not null ? "Reference"
        : attributes.Find(WellKnownNames.PreTraining) is not null ? "PreTraining"
        : "Method";
}
