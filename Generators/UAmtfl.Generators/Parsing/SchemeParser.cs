using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Layers;
using UAmtfl.Generators.Methods;
using UAmtfl.Generators.Methods.Transfers;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads how the tasks of a variant are related: its architecture, its transfer or its solver.</summary>
internal sealed class SchemeParser
{
    private readonly AttributeReader? architecture;
    private readonly AttributeReader? transfer;
    private readonly AttributeReader? solver;

    private SchemeParser(AttributeReader? architecture, AttributeReader? transfer, AttributeReader? solver)
    {
        (this.architecture, this.transfer, this.solver) = (architecture, transfer, solver);
        Scheme = MethodCatalogue.SchemeOf(architecture?.MetadataName, transfer?.MetadataName, solver?.MetadataName);
    }

    public Scheme Scheme { get; }

    /// <summary>The attribute that diagnostics about the scheme point to: the transfer or the solver if there is one, else the
    /// architecture.</summary>
    public AttributeReader Attribute => transfer ?? solver ?? architecture!;

    /// <summary>Finds the attributes of a variant that declare its architecture, transfer or solver, and reports those that exclude each
    /// other.</summary>
    /// <returns>The parser with the attributes; null if the variant has none.</returns>
    public static SchemeParser? Find(INamedTypeSymbol type, IReadOnlyList<AttributeReader> attributes, ParseContext context)
    {
        List<AttributeReader> stated = [.. attributes.Where(a => MethodCatalogue.ReadsScheme(a.MetadataName))];
        if (stated.Count == 0)
        {
            context.Report(
                Rules.NoSharing, type.Identifier(), type.Name, string.Join(", ", MethodCatalogue.SchemeNames.Select(n => $"[{n}]")));
            return null;
        }

        var first = stated[0];
        var second = stated.Skip(1).FirstOrDefault(other => !GoTogether(first.MetadataName, other.MetadataName));
        var several = second is not null || stated.Count > 2;
        if (several)
        {
            context.Report(Rules.SeveralMethods, (second ?? stated[2]).Location, type.Name, first.Name, (second ?? stated[2]).Name);
        }

        List<AttributeReader> kept = several ? [first] : stated;
        return new(
            kept.FirstOrDefault(a => MethodCatalogue.Architecture(a.MetadataName) is not null),
            kept.FirstOrDefault(a => MethodCatalogue.Transfer(a.MetadataName) is not null),
            kept.FirstOrDefault(a => MethodCatalogue.Solver(a.MetadataName) is not null));
    }

    /// <summary>Reads the models of the attributes that were found.</summary>
    /// <returns>False if one of them cannot be read, which is reported.</returns>
    public bool Read(
        TaskSetModel tasks, out MethodModel? architectureModel, out TransferModel? transferModel, out MethodModel? solverModel)
    {
        architectureModel = architecture is null ? null : Scheme.Architecture!.Read(architecture, tasks);
        transferModel = transfer is null ? null : Scheme.Transfer!.Read(transfer, tasks);
        solverModel = solver is null ? null : Scheme.Solver!.Read(solver, tasks);
        return (architecture is null || architectureModel is not null)
            && (transfer is null || transferModel is not null)
            && (solver is null || solverModel is not null);
    }

    /// <summary>The penalty that belongs to the architecture; null if there is none.</summary>
    public Methods.Penalties.Penalty? Penalty => architecture is null ? null : Scheme.Architecture!.PenaltyOf(architecture);

    /// <summary>Reports what cannot stand beside heads with layers of their own: a transfer between tasks, and layers that mix the rows of
    /// tasks.</summary>
    public void CheckHeads(INamedTypeSymbol trunk, TaskSetModel tasks)
    {
        var mixing = trunk.Attributes(Attribute.Context).SkipWhile(a => !a.Is(WellKnownNames.Heads))
            .FirstOrDefault(a => LayerCatalogue.Find(a.MetadataName)?.Kind.MixesSamples == true);
        if (tasks.PerTask && mixing is not null && Scheme.Architecture?.StacksTrunk != true)
        {
            Attribute.Context.Report(
                Rules.BadShape, Attribute.Location, $"[Heads] on '{trunk.Name}'",
                $"each row of this data set is of one task, but [{mixing.Name}] would normalise a task's head by the rows of all: "
                    + "leave it out of the heads");
        }

        if (transfer is not null)
        {
            transfer.Context.Report(
                Rules.BadArchitecture, transfer.Location, $"[{transfer.Name}] on '{trunk.Name}'",
                "it rebuilds what the linear outputs of all tasks take, and [Heads] gives each task layers of its own; leave [Heads] out");
        }
    }

    /// <summary>Reports an architecture that the shapes in the trunk of a variant do not fit.</summary>
    public static void CheckShapes(VariantModel variant, IReadOnlyList<AttributeReader> attributes, TrunkModel trunk)
    {
        if (variant.Architecture is { } model
            && MethodCatalogue.SchemeOf(variant).Architecture!.Misfit(model, trunk) is { } why
            && attributes.FirstOrDefault(a => MethodCatalogue.Architecture(a.MetadataName) is not null) is { } attribute)
        {
            attribute.Context.Report(Rules.BadArchitecture, attribute.Location, $"[{attribute.Name}] on '{trunk.Name}'", why);
        }
    }

    /// <summary>Reports a trunk that does not fit the scheme.</summary>
    public void Check(INamedTypeSymbol trunk, TaskSetModel tasks, TransferModel? transferModel)
    {
        if (architecture is not null)
        {
            Scheme.Architecture!.Check(architecture, trunk, tasks);
        }

        if (transfer is not null)
        {
            Scheme.Transfer!.Check(transfer, transferModel!, trunk, tasks);
        }

        if (solver is not null)
        {
            Scheme.Solver!.Check(solver, trunk, tasks);
        }
    }

    /// <summary>True if one of two attributes is a transfer and the other is an architecture whose tasks share features.</summary>
    private static bool GoTogether(string one, string other) =>
        (MethodCatalogue.Transfer(one) is not null && MethodCatalogue.Architecture(other)?.Representation == Representation.Shared)
        || (MethodCatalogue.Transfer(other) is not null && MethodCatalogue.Architecture(one)?.Representation == Representation.Shared);
}
