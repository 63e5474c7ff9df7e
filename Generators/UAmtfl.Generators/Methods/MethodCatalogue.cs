using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Methods.Penalties;
using UAmtfl.Generators.Methods.Solvers;
using UAmtfl.Generators.Methods.Transfers;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods;

/// <summary>Finds the methods of the language: every class of this assembly that derives from <see cref="Method"/>, so that a new method
/// is one file.</summary>
internal static class MethodCatalogue
{
    private static readonly IReadOnlyList<ArchitectureMethod> Architectures = Discovered.All<ArchitectureMethod>();
    private static readonly ArchitectureMethod Default = Architectures.Single(a => a.IsDefault);
    private static readonly IReadOnlyList<TransferMethod> Transfers = Discovered.All<TransferMethod>();
    private static readonly IReadOnlyList<SolverMethod> Solvers = Discovered.All<SolverMethod>();
    private static readonly IReadOnlyList<WeightingMethod> Weightings = Discovered.All<WeightingMethod>();
    private static readonly IReadOnlyList<PenaltyReader> Penalties = Discovered.All<PenaltyReader>();
    private static readonly WeightingMethod Sum = Weightings.OfType<WeightingMethods.Sum>().Single();

    /// <summary>The metadata names of the attributes of penalties.</summary>
    public static IEnumerable<string> PenaltyAttributes => Penalties.Select(p => p.Attribute);

    /// <summary>The names of the attributes of which a variant needs at least one: architectures, solvers, and transfers, which include
    /// hard sharing.</summary>
    public static IEnumerable<string> SchemeNames =>
        new IEnumerable<Method>[] { Architectures, Transfers, Solvers }.SelectMany(m => m).Select(m => m.Kind);

    public static ArchitectureMethod? Architecture(string attribute) => Architectures.FirstOrDefault(m => m.Attribute == attribute);

    public static TransferMethod? Transfer(string attribute) => Transfers.FirstOrDefault(m => m.Attribute == attribute);

    public static SolverMethod? Solver(string attribute) => Solvers.FirstOrDefault(m => m.Attribute == attribute);

    public static WeightingMethod? Weighting(AttributeReader attribute) => Weightings.FirstOrDefault(m => m.Reads(attribute));

    public static PenaltyReader? Penalty(string attribute) => Penalties.FirstOrDefault(m => m.Attribute == attribute);

    /// <summary>True if an attribute declares an architecture, a transfer or a solver.</summary>
    public static bool ReadsScheme(string attribute) =>
        Architecture(attribute) is not null || Transfer(attribute) is not null || Solver(attribute) is not null;

    /// <summary>True if a method reads the attribute.</summary>
    public static bool Reads(AttributeReader attribute) =>
        ReadsScheme(attribute.MetadataName) || Weighting(attribute) is not null || Penalty(attribute.MetadataName) is not null;

    /// <summary>Returns the scheme that the attributes of these names declare. A name that is not null must be known. A network without an
    /// attribute of an architecture has the default one.</summary>
    public static Scheme SchemeOf(string? architecture, string? transfer, string? solver) => new(
        solver is not null ? null : architecture is null ? Default : Architecture(architecture),
        transfer is null ? null : Transfer(transfer),
        solver is null ? null : Solver(solver));

    /// <summary>Returns the scheme of a variant.</summary>
    public static Scheme SchemeOf(VariantModel variant) =>
        SchemeOf(AttributeOf(variant.Architecture), AttributeOf(variant.Transfer), AttributeOf(variant.Solver));

    /// <summary>Returns the architecture of a network; the default one if the trunk has no parameters that tasks could have of their
    /// own.</summary>
    public static ArchitectureMethod Architecture(VariantFile file) =>
        file.Trunk.HasParameters ? SchemeOf(file.Variant).Architecture ?? Default : Default;

    public static TransferMethod? Transfer(VariantFile file) => SchemeOf(file.Variant).Transfer;

    public static WeightingMethod WeightingOf(VariantModel variant) =>
        variant.Weighting is { } model ? Weightings.First(m => m.Kind == model.Kind) : Sum;

    public static WeightingMethod Weighting(VariantFile file) => WeightingOf(file.Variant);

    private static string? AttributeOf(MethodModel? model) => model is null ? null : WellKnownNames.Method(model.Kind);
}
