using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads what a variant starts from, which parts of it are frozen at first, and which learn at a rate of their own.</summary>
internal static class StartParser
{
    /// <summary>The value of <c>UAmtfl.FreezeAttribute.Always</c>.</summary>
    public const int Always = 1_000_000;

    /// <summary>What the names of files of weights end in.</summary>
    private static readonly string[] Extensions = [".safetensors", ".pt", ".pth"];

    public static bool Reads(AttributeReader attribute) =>
        attribute.MetadataName is WellKnownNames.StartFrom or WellKnownNames.Freeze or WellKnownNames.LearningRateScale;

    /// <summary>Returns the starting point of a variant; null if its weights are drawn.</summary>
    public static StartModel? Start(INamedTypeSymbol variant, IReadOnlyList<AttributeReader> attributes)
    {
        if (attributes.Find(WellKnownNames.StartFrom) is not { } start)
        {
            return null;
        }

        var source = start.Text("source") ?? "";
        if (start.Type("Of") is { } experiment)
        {
            return new(source, IsFile: false, PartOf(start), PathsOf(start))
            {
                Experiment = Elsewhere(variant, start, experiment, source),
            };
        }

        var isFile = Array.Exists(Extensions, e => source.EndsWith(e, StringComparison.Ordinal));
        return new(source, isFile, PartOf(start), PathsOf(start));
    }

    private static string PartOf(AttributeReader start) => start.Choice("Part") ?? "Trunk";

    private static EquatableArray<string> PathsOf(AttributeReader start) => start.Texts("Paths").ToEquatableArray();

    /// <summary>Returns the name of another experiment, and reports one that is none, or that has no such variant. Whether the networks
    /// fit is checked before a run trains, because the run of the other experiment decides what there is to start from.</summary>
    private static string Elsewhere(INamedTypeSymbol variant, AttributeReader start, INamedTypeSymbol type, string source)
    {
        var name = start.Of(type, WellKnownNames.Experiment)?.Text("name");
        var why = name is null ? $"but '{type.Name}' is no experiment: name a class with [Experiment]"
            : SymbolEqualityComparer.Default.Equals(type, variant.ContainingType)
                ? $"and '{type.Name}' is the experiment itself: leave out Of, so that a run trains '{source}' first"
            : type.GetTypeMembers(source).IsEmpty
                ? $"which is no variant of '{type.Name}': name one of its variants, nameof({type.Name}.…)"
            : null;
        if (why is not null)
        {
            start.Context.Report(Rules.BadStart, start.LocationOf(name is null ? "Of" : "source"), variant.Name, source, why);
        }

        return name ?? "";
    }

    /// <summary>Returns a plan with the epochs in which parts are frozen.</summary>
    public static PlanModel Frozen(PlanModel plan, IReadOnlyList<AttributeReader> attributes)
    {
        foreach (var freeze in attributes.Where(a => a.Is(WellKnownNames.Freeze)))
        {
            var (part, epochs) = (freeze.Choice("part"), freeze.Integer("Epochs"));
            if (part == "All" || (part == "Trunk" && plan.FrozenTrunk > 0) || (part == "Heads" && plan.FrozenHeads > 0))
            {
                freeze.Context.Report(
                    Rules.NeedsAsymmetry, freeze.Location, $"[{freeze.Name}]",
                    part == "All" ? "it leaves nothing to train; freeze the trunk or the heads"
                        : "another [Freeze] is for the same part; keep one");
                continue;
            }

            plan = part == "Trunk" ? plan with { FrozenTrunk = epochs } : plan with { FrozenHeads = epochs };
        }

        return plan;
    }

    /// <summary>Returns a plan with the learning rates of parts.</summary>
    public static PlanModel Scaled(PlanModel plan, IReadOnlyList<AttributeReader> attributes)
    {
        var seen = new HashSet<string>();
        foreach (var scale in attributes.Where(a => a.Is(WellKnownNames.LearningRateScale)))
        {
            var part = scale.Choice("part") ?? "";
            var why = part == "All" ? "it scales every learning rate; change that of the optimiser, or name the trunk or the heads"
                : (part == "Trunk" ? plan.FrozenTrunk : plan.FrozenHeads) == Always
                    ? "[Freeze] keeps the same part for the whole training; leave one of the two out"
                : seen.Add(part) ? null
                : $"another [{scale.Name}] is for the same part; keep one";
            if (why is not null)
            {
                scale.Context.Report(Rules.NeedsAsymmetry, scale.Location, $"[{scale.Name}]", why);
                continue;
            }

            var value = scale.Number("scale");
            plan = part == "Trunk" ? plan with { TrunkRate = value } : plan with { HeadRate = value };
        }

        return plan;
    }

    /// <summary>Reports starting points that no variant is, and pre-trained variants that none starts from.</summary>
    /// <param name="variants">The attributes and the models of the variants.</param>
    public static void Check(IReadOnlyList<(IReadOnlyList<AttributeReader> Attributes, VariantModel Model)> variants)
    {
        var models = variants.Select(v => v.Model).ToList();
        foreach (var (attributes, model) in variants)
        {
            if (attributes.Find(WellKnownNames.StartFrom) is { } start
                && model.Start is { Sibling: not null } from
                && Why(model, from, models) is { } why)
            {
                start.Context.Report(Rules.BadStart, start.LocationOf("source"), model.Name, from.Source, why);
            }

            if (attributes.Find(WellKnownNames.PreTraining) is { } role
                && models.All(m => m.Start?.Sibling != model.Name))
            {
                role.Context.Report(
                    Rules.NeedsAsymmetry, role.Location, $"[{role.Name}]",
                    $"no variant starts from '{model.Name}'; mark one with [StartFrom(nameof({model.Name}))]");
            }
        }
    }

    /// <summary>True if a network has a source for each part of its trunk. A trunk for each task starts from that of all, too.</summary>
    private static bool Fits(ArchitectureMethod source, ArchitectureMethod target) => source.WeightForm == target.WeightForm
        || (source.WeightForm == ArchitectureMethod.OneTrunk && target.WeightForm == ArchitectureMethod.TrunkOfEachTask);

    private static string? Why(VariantModel variant, StartModel start, IReadOnlyList<VariantModel> all)
    {
        if (all.FirstOrDefault(v => v.Name == start.Source) is not { } source)
        {
            return $"which is no variant of the experiment, nor a file that ends in {string.Join(", ", Extensions)}: name one of "
                + string.Join(", ", all.Where(v => v != variant).Take(10).Select(v => $"'{v.Name}'"));
        }

        if (source.Solver is not null)
        {
            return "which an exact solver fits: start from a network";
        }

        if (start.Part != "Heads" && start.Paths.Count == 0 && source.Trunk != variant.Trunk)
        {
            return $"whose network is '{source.Trunk}' and not '{variant.Trunk}': give both the same [Network]";
        }

        if (start.Part != "Heads" && start.Paths.Count == 0
            && MethodCatalogue.SchemeOf(source).Architecture is { } has && MethodCatalogue.SchemeOf(variant).Architecture is { } needs
            && !Fits(has, needs))
        {
            return $"whose parts are those of [{has.Kind}] and not of [{needs.Kind}]: start from a variant of the same architecture, or "
                + "name the parts that both have with Paths";
        }

        if (source.Plan.Monitor == "*")
        {
            return "which keeps a network for each task by [EarlyStopping(PerTask = true)]: leave PerTask out there";
        }

        var (path, next) = (new List<string> { variant.Name }, source);
        while (!path.Contains(next.Name))
        {
            path.Add(next.Name);
            if (next.Start?.Sibling is not { } before || all.FirstOrDefault(v => v.Name == before) is not { } further)
            {
                return null;
            }

            next = further;
        }

        return next.Name == variant.Name
            ? $"which starts from it in turn ({string.Join(" → ", path)} → {next.Name}): break the circle"
            : null;
    }
}
