using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods;

namespace UAmtfl.Generators.Parsing;

/// <summary>The parts of an experiment to which attributes apply.</summary>
[Flags]
internal enum Place
{
    Nowhere = 0,
    Experiment = 1,
    Network = 2,
    Variant = 4,
    Tasks = 8,
    AttributeClass = 16,
    Member = 32,
    Enum = 64,
    Method = 128,
}

/// <summary>Knows where each attribute of the language has an effect, and reports attributes that have none.</summary>
internal static class Places
{
    private static readonly string[] OfExperiment =
    [
        WellKnownNames.Experiment, WellKnownNames.Dataset, WellKnownNames.Table, WellKnownNames.Partition, WellKnownNames.ImageFolder,
        WellKnownNames.Metric, WellKnownNames.RegressionFamily, WellKnownNames.BinaryFamily, WellKnownNames.Source, WellKnownNames.Depends,
    ];

    private static readonly string[] OfNetwork =
    [
        WellKnownNames.Input, WellKnownNames.Trunk, WellKnownNames.Split, WellKnownNames.Heads,
        WellKnownNames.BeginResidual, WellKnownNames.EndResidual,
    ];

    private static readonly string[] OfVariant =
    [
        WellKnownNames.Network, WellKnownNames.Grid, WellKnownNames.OnRequest,
        WellKnownNames.Baseline, WellKnownNames.Proposed, WellKnownNames.Control, WellKnownNames.Reference, WellKnownNames.PreTraining,
        WellKnownNames.StartFrom, WellKnownNames.Freeze, WellKnownNames.LearningRateScale, WellKnownNames.TrainOn,
        WellKnownNames.WeakLabels,
    ];

    /// <summary>Returns the places where an attribute has an effect; none for an attribute that is not of the language.</summary>
    public static Place Of(AttributeReader attribute)
    {
        var name = attribute.MetadataName;
        return PlanParser.Reads(attribute) || name == WellKnownNames.TransferSetting ? Place.Experiment | Place.Variant
            : OfExperiment.Contains(name) ? Place.Experiment
            : TaskParser.Kinds.Contains(name) ? Place.Tasks
            : name == WellKnownNames.Column ? Place.Member
            : name is WellKnownNames.Hierarchy or WellKnownNames.Under ? Place.Enum
            : name == WellKnownNames.LabellingFunction ? Place.Method
            : OfNetwork.Contains(name) ? Place.Network
            : LayerCatalogue.Find(name) is not null ? Place.Network
            : name is WellKnownNames.WeightingBy or WellKnownNames.WeightingAround ? Place.AttributeClass
            : OfVariant.Contains(name) || MethodCatalogue.Reads(attribute) || WeightingParser.IsAround(attribute) ? Place.Variant
            : Place.Nowhere;
    }

    /// <summary>Returns the place that a class nested in an experiment is, according to its attributes.</summary>
    public static Place OfNested(IReadOnlyList<AttributeReader> attributes)
    {
        var places = attributes.Select(Of).ToList();
        return attributes.Any(a => a.MetadataName is WellKnownNames.Input or WellKnownNames.Trunk) ? Place.Network
            : places.Contains(Place.Variant) ? Place.Variant
            : places.Contains(Place.Network) ? Place.Network
            : places.Any(p => p.HasFlag(Place.Variant)) ? Place.Variant
            : Place.Nowhere;
    }

    /// <summary>Reports the attributes of the language that have no effect on a symbol.</summary>
    /// <param name="attributes">The attributes of a class, an enum or a field.</param>
    /// <param name="here">The place that the symbol is.</param>
    /// <param name="name">A description of the symbol with its name, for the message.</param>
    /// <param name="context">Receives the diagnostics.</param>
    public static void Check(IReadOnlyList<AttributeReader> attributes, Place here, string name, ParseContext context)
    {
        foreach (var attribute in attributes)
        {
            if (Of(attribute) is var place && place != Place.Nowhere && (place & here) == 0)
            {
                context.Report(Rules.WrongPlace, attribute.Location, attribute.Name, name, Home(place));
            }
        }
    }

    /// <summary>Reports attributes on a type that is not part of an experiment, on fields that are not tasks, and on methods of a class
    /// that is no experiment.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isExperiment">True if the type has [Experiment].</param>
    /// <param name="isNested">True if the type around it has [Experiment].</param>
    /// <param name="context">Receives the diagnostics.</param>
    public static void CheckOutside(INamedTypeSymbol type, bool isExperiment, bool isNested, ParseContext context)
    {
        if (!isExperiment && !isNested)
        {
            Check(
                type.Attributes(context),
                type.BaseType is { } of && IsAttribute(of) ? Place.AttributeClass : Place.Nowhere,
                $"'{type.Name}', which is not nested in a class with [Experiment]",
                context);
        }

        var isTaskEnum = isNested && type.TypeKind == TypeKind.Enum;
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !isTaskEnum && !f.IsImplicitlyDeclared))
        {
            Check(
                field.Attributes(context),
                Place.Nowhere,
                $"'{field.Name}', which is no member of an enum in a class with [Experiment]",
                context);
        }

        foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(m => !isExperiment && !m.IsImplicitlyDeclared))
        {
            Check(
                method.Attributes(context), Place.Nowhere, $"'{method.Name}', which is no method of a class with [Experiment]", context);
        }
    }

    private static bool IsAttribute(INamedTypeSymbol type) =>
        AttributeReader.MetadataNameOf(type) == "System.Attribute" || (type.BaseType is { } of && IsAttribute(of));

    private static string Home(Place place) => place switch
    {
        Place.AttributeClass => "put it on an attribute class, which is then a weighting",
        Place.Experiment => "put it on the class with [Experiment]",
        Place.Tasks => "put it on the enum of the tasks or on one of its members",
        Place.Member => "put it on a member of the enum of the tasks",
        Place.Enum => "put it on an enum in the class with [Experiment]",
        Place.Method => "put it on a static method in the class with [Experiment]",
        Place.Network => "put it on a network, a nested class with [Input(…)]",
        Place.Variant => "put it on a variant, a nested class with a sharing scheme such as [HardSharing]",
        _ => "put it on the class with [Experiment], or on a variant in it",
    };
}
