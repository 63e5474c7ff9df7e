using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Methods.WeightingMethods;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads an annotated class: the generator uses the model, and the analyzer the diagnostics.</summary>
internal static class ExperimentParser
{
    /// <summary>Returns the model, or null if the declaration has an error.</summary>
    public static ExperimentModel? Parse(INamedTypeSymbol type, ParseContext context)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            current.CheckExtensible(context);
        }

        type.CheckReachable(context);

        var attributes = type.Attributes(context);
        var experiment = attributes.Find(WellKnownNames.Experiment)!;
        CheckVersion(experiment, context);
        var name = experiment.Text("name") ?? "";
        if (!Regex.IsMatch(name, "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))
        {
            context.Report(Rules.BadName, experiment.LocationOf("name"), name);
        }

        if (DatasetParser.Find(attributes) is null)
        {
            context.Report(Rules.NoDataset, type.Identifier(), type.Name);
        }

        Places.Check(attributes, Place.Experiment, $"the experiment '{type.Name}'", context);
        CheckNames(type, context);
        var perTask = DatasetParser.IsPerTask(attributes);
        var tasks = TaskParser.Parse(type, attributes, context) with { PerTask = perTask };
        tasks = tasks with { Metrics = MetricParser.Parse(attributes, tasks, context) };
        var (dataset, shape) = DatasetParser.Parse(type, attributes, tasks, context);
        if (perTask && tasks.OneVsAll)
        {
            context.Report(
                Rules.BadShape, DatasetParser.Find(attributes)!.Location, "OneVsAll",
                "the rows of this data set are of one task each, "
                + "so that no row has a label for all classes: remove OneVsAll");
        }

        PlanParser.Check(type.Name, attributes, tasks);
        var weak = WeakParser.Parse(type, attributes, tasks, context);
        var seeds = experiment.Integer("Seeds");
        var (trunks, variants) = Nested(type, attributes, tasks, weak, shape, context);
        var complete = !context.HasErrors
            && type.Name.Length > 0
            && tasks.Tasks.All(t => t.Name.Length > 0)
            && trunks.All(t => t is not null)
            && variants.All(v => v is not null);
        return !complete || dataset is null ? null
            : new(type.ToModel(context), name, type.Summary(context.Cancellation) ?? type.Name, seeds, dataset, tasks, weak,
                trunks.OfType<TrunkModel>().ToEquatableArray(), variants.OfType<VariantModel>().ToEquatableArray());
    }

    /// <summary>Reports a library with another version of the language, in which the generated code may not compile.</summary>
    private static void CheckVersion(AttributeReader experiment, ParseContext context)
    {
        if (experiment.LanguageVersion is var version && version != WellKnownNames.Version)
        {
            var stated = version is { } number ? $"has version {number}" : "has none";
            context.Report(Rules.OtherVersion, experiment.Location, WellKnownNames.Version, stated);
        }
    }

    /// <summary>Returns the models of the nested classes; null for one that cannot be read, which is an error here or of the
    /// compiler.</summary>
    private static (List<TrunkModel?> Trunks, List<VariantModel?> Variants) Nested(
        INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks, WeakModel? weak, EquatableArray<int>? shape,
        ParseContext context)
    {
        var classes = type.GetTypeMembers().Where(t => t.TypeKind == TypeKind.Class)
            .Select(t => (Type: t, Attributes: t.Attributes(context)))
            .Where(c => c.Attributes.Find(WellKnownNames.Experiment) is null).ToList();
        var trunkClasses = classes.Where(c => Places.OfNested(c.Attributes) == Place.Network).ToList();
        var variantClasses = classes.Where(c => Places.OfNested(c.Attributes) == Place.Variant).ToList();
        CheckOthers(classes.Where(c => Places.OfNested(c.Attributes) == Place.Nowhere), context);
        if (trunkClasses.Count == 0)
        {
            context.Report(Rules.NoTrunk, type.Identifier(), type.Name);
        }

        if (variantClasses.Count == 0)
        {
            context.Report(Rules.NoVariant, type.Identifier(), type.Name);
        }

        var trunks = trunkClasses
            .Select(c => c.Type.Name.Length == 0 ? null : TrunkParser.Parse(c.Type, c.Attributes, tasks, context)).ToList();
        CheckShape(shape, [.. trunkClasses.Zip(trunks, (c, t) => (c.Attributes, t))]);
        var types = trunkClasses.Select(c => c.Type).ToList();

        // Without tasks, which is an error already, variants are not read, because what fits a variant depends on the tasks.
        var variants = variantClasses.Where(_ => tasks.Count > 0).Select(c => c.Type.Name.Length == 0
            ? null
            : VariantParser.Parse(c.Type, c.Attributes, type, attributes, tasks, types, context)).ToList();
        variants = new WeakLabelsParser(weak, tasks).Set([.. variantClasses.Zip(variants, (c, v) => (c.Attributes, v))]);
        variants = TransferSettingParser.Set(attributes, [.. variantClasses.Zip(variants, (c, v) => (c.Attributes, v))], tasks);
        CheckFiles([.. types, .. variantClasses.Select(c => c.Type)], context);
        CheckRole(variantClasses, WellKnownNames.Baseline, context);
        CheckRole(variantClasses, WellKnownNames.Proposed, context);
        foreach (var (owner, variant) in variantClasses.Zip(variants, (c, v) => (c, v)))
        {
            if (variant is not null && trunks.FirstOrDefault(t => t?.Name == variant.Trunk) is { } trunk)
            {
                SchemeParser.CheckShapes(variant, owner.Attributes, trunk);
                GradientReading.CheckHeads(variant, owner.Attributes, trunk);
                Sizes.Check(owner.Type, variant, trunk, tasks, context);
            }
        }

        // A variant that cannot be read may be the one that another starts from.
        if (variants.All(v => v is not null))
        {
            StartParser.Check([.. variantClasses.Zip(variants, (c, v) => (c.Attributes, v!))]);
        }

        PlanParser.CheckRead(type.Name, attributes, [.. variantClasses.Select(c => c.Attributes)], context);
        if (!context.HasErrors && variants.All(v => v is not null))
        {
            foreach (var unused in types.Where(t => !variants.Exists(v => v!.Trunk == t.Name)))
            {
                context.Report(Rules.UnusedNetwork, unused.Identifier(), unused.Name);
            }
        }

        return (trunks, variants);
    }

    /// <summary>Reports nested classes that look like a trunk or a variant and have no attribute that makes them one.</summary>
    private static void CheckOthers(
        IEnumerable<(INamedTypeSymbol Type, IReadOnlyList<AttributeReader> Attributes)> classes, ParseContext context)
    {
        foreach (var (type, attributes) in classes)
        {
            Places.Check(attributes, Place.Nowhere, $"'{type.Name}', which is neither a network nor a variant", context);

            // A helper class of the user has members or a base class, and one for another generator has an attribute.
            var declarations = type.Declarations(context.Cancellation).ToList();
            if (type.GetAttributes().IsEmpty
                && declarations.Count > 0
                && declarations.All(d => d.Members.Count == 0
                    && d.BaseList is null
                    && d.Modifiers.Any(Microsoft.CodeAnalysis.CSharp.SyntaxKind.PartialKeyword)))
            {
                context.Report(Rules.NeitherNetworkNorVariant, type.Identifier(), type.Name);
            }
        }
    }

    /// <summary>Reports networks whose input is not that of a row of the data.</summary>
    private static void CheckShape(
        EquatableArray<int>? shape, List<(IReadOnlyList<AttributeReader> Attributes, TrunkModel? Trunk)> trunks)
    {
        foreach (var (attributes, trunk) in trunks.Where(_ => shape is not null))
        {
            if (trunk is not null && !trunk.Input.SequenceEqual(shape!.Value))
            {
                var input = attributes.Find(WellKnownNames.Input)!;
                input.Context.Report(
                    Rules.BadWidth, input.Location, trunk.Name, string.Join(", ", trunk.Input), string.Join(", ", shape.Value));
            }
        }
    }

    private static void CheckRole(
        List<(INamedTypeSymbol Type, IReadOnlyList<AttributeReader> Attributes)> variants, string role, ParseContext context)
    {
        var marked = variants.Where(v => v.Attributes.Find(role) is not null).ToList();
        foreach (var (type, attributes) in marked.Skip(1))
        {
            var attribute = attributes.Find(role)!;
            context.Report(Rules.TwoOfRole, attribute.Location, type.Name, attribute.Name, marked[0].Type.Name);
        }
    }

    private static void CheckFiles(IReadOnlyList<INamedTypeSymbol> types, ParseContext context)
    {
        foreach (var same in types.GroupBy(t => t.Name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var type in same.Skip(1))
            {
                context.Report(
                    Rules.ReservedName, type.Identifier(), type.Name,
                    $"class; its file would be that of '{same.First().Name}' where the case of letters does not count");
            }
        }
    }

    private static void CheckNames(INamedTypeSymbol type, ParseContext context)
    {
        // Generated members are skipped: they do not exist yet when the generator runs, but they do when the analyzer runs.
        foreach (var member in type.GetMembers().Where(m => ReservedNames.Types.Contains(m.Name) && !m.IsGenerated()))
        {
            context.Report(Rules.ReservedName, member.Identifier(), member.Name, member is INamedTypeSymbol ? "nested type" : "member");
        }
    }
}
