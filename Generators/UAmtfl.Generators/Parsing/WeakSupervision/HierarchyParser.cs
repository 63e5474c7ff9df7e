using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the enums with [Hierarchy] or [Under], each of which is one task, and checks that they form trees.</summary>
internal static class HierarchyParser
{
    /// <summary>The attributes that a member of such an enum cannot have, because it is a class and no task.</summary>
    private static readonly string[] OfTasks = [.. TaskParser.Kinds, WellKnownNames.Column];

    /// <summary>True if an enum is one task.</summary>
    public static bool Reads(INamedTypeSymbol type) => type.GetAttributes()
        .Any(a => AttributeReader.MetadataNameOf(a.AttributeClass) is WellKnownNames.Hierarchy or WellKnownNames.Under);

    /// <summary>Returns the classes of each enum that is one task, by the name of the enum. One whose place is not clear, which is
    /// reported, counts as a root.</summary>
    public static IReadOnlyDictionary<string, HierarchyModel> Parse(INamedTypeSymbol experiment, ParseContext context)
    {
        var enums = experiment.GetTypeMembers().Where(t => t.TypeKind == TypeKind.Enum && !t.IsGenerated()).ToList();
        var read = new Dictionary<string, HierarchyModel>();
        foreach (var type in enums.Where(Reads))
        {
            var attributes = type.Attributes(context);
            CheckMembers(type, attributes, context);
            var place = attributes.Find(WellKnownNames.Under) is { } under ? Parent(under, type, enums) : null;
            read[type.Name] = new([.. Members(type).Select(m => m.Name)], place?.Parent, place?.Class ?? 0)
            {
                Access = type.DeclaredAccessibility,
            };
        }

        foreach (var type in enums.Where(t => read.ContainsKey(t.Name)))
        {
            if (Cycle(type.Name, read) is { } cycle)
            {
                Report(type.Attributes(context).Find(WellKnownNames.Under)!.Location, type, $"it is below itself, {cycle}", context);
                read[type.Name] = read[type.Name] with { Parent = null };
            }
        }

        return read;
    }

    private static List<IFieldSymbol> Members(INamedTypeSymbol type) =>
        [.. type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue)];

    private static void CheckMembers(INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, ParseContext context)
    {
        if (attributes.Find(WellKnownNames.Hierarchy) is not null && attributes.Find(WellKnownNames.Under) is { } under)
        {
            Report(under.Location, type, "it has [Hierarchy], which makes it a root, and [Under]: keep one", context);
        }

        var members = Members(type);
        var all = attributes.Concat(members.SelectMany(m => m.Attributes(context)));
        foreach (var attribute in all.Where(a => OfTasks.Contains(a.MetadataName)))
        {
            Report(
                attribute.Location, type,
                $"it is one task, a classification of its members, which cannot have [{attribute.Name}]: remove it", context);
        }

        if (members.Count < (attributes.Find(WellKnownNames.Under) is null ? 2 : 1))
        {
            Report(
                type.Identifier(), type,
                members.Count == 0 ? "it has no member: declare its classes" : "a root needs two classes or more: declare another",
                context);
        }

        if (members.Where((m, i) => Convert.ToDecimal(m.ConstantValue) != i).FirstOrDefault() is { } odd)
        {
            Report(
                odd.Identifier(), type,
                $"'{odd.Name}' is {odd.ConstantValue}, and its label is {members.IndexOf(odd)}: "
                    + "number the members 0, 1, … in their order, as the compiler does",
                context);
        }
    }

    /// <summary>Returns the enum and the class below which an enum stands; null after a report that there is none.</summary>
    private static (string Parent, int Class)? Parent(AttributeReader under, INamedTypeSymbol type, List<INamedTypeSymbol> enums)
    {
        var name = under.Text("member") ?? "";
        var others = enums.Where(t => t.Name != type.Name && Reads(t)).ToList();
        var found = others.Where(t => Members(t).Exists(m => m.Name == name)).ToList();
        if (found.Count == 1)
        {
            return (found[0].Name, Members(found[0]).FindIndex(m => m.Name == name));
        }

        var known = others.SelectMany(Members).Select(m => $"'{m.Name}'").Take(10).ToList();
        Report(
            under.LocationOf("member"), type,
            found.Count > 1 ? $"'{name}' is a class of '{found[0].Name}' and of '{found[1].Name}': rename one"
            : Members(type).Exists(m => m.Name == name) ? $"'{name}' is its own member: name a class of another enum"
            : enums.Find(t => Members(t).Exists(m => m.Name == name)) is { } plain
            ? $"'{name}' is a member of '{plain.Name}', which is no task of a hierarchy: add [Hierarchy] to it"
            : known.Count == 0 ? "there is no other enum with [Hierarchy], of which it could name a class: add one"
            : $"'{name}' is none of the classes {string.Join(", ", known)}: name one of these, best by nameof(…)", under.Context);
        return null;
    }

    /// <summary>Returns the chain of enums from one to itself, in words; null if there is none.</summary>
    private static string? Cycle(string name, Dictionary<string, HierarchyModel> read)
    {
        var chain = new List<string> { name };
        while (read[chain[chain.Count - 1]].Parent is { } parent && chain.Count <= read.Count)
        {
            chain.Add(parent);
            if (parent == name)
            {
                return $"{string.Join(" → ", chain)}: let one of them be a root, with [Hierarchy]";
            }
        }

        return null;
    }

    private static void Report(Location location, INamedTypeSymbol type, string why, ParseContext context) =>
        context.Report(Rules.BadHierarchy, location, type.Name, why);
}
