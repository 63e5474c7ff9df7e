using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Methods.Solvers;
using UAmtfl.Generators.Methods.Transfers;

namespace UAmtfl.Generators.Methods;

/// <summary>The forms of features that heads can take. The code for heads depends on no other property of an architecture.</summary>
internal enum Representation
{
    /// <summary>All tasks have the same features, Z [N, k].</summary>
    Shared,

    /// <summary>Each task has features of its own, Z [T, N, k].</summary>
    PerTask,
}

/// <summary>The way in which the tasks of a variant are related: the architecture of a network, with or without a transfer between tasks,
/// or an exact solver.</summary>
/// <param name="Architecture">The architecture; null for an exact solver.</param>
/// <param name="Transfer">The transfer between tasks; null if there is none.</param>
/// <param name="Solver">The exact solver, which fits linear models on the inputs; null for a network.</param>
internal sealed record Scheme(ArchitectureMethod? Architecture, TransferMethod? Transfer, SolverMethod? Solver)
{
    /// <summary>True if the heads have layers of their own before their linear outputs, which then take features of each task.</summary>
    public bool HasHeadLayers { get; init; }

    /// <summary>The form of the features that the heads take. An exact solver has the shared form, because all its models take the same
    /// inputs.</summary>
    public Representation Representation =>
        HasHeadLayers ? Representation.PerTask : Architecture?.Representation ?? Representation.Shared;

    /// <summary>The name of the transfer or the solver if there is one, else that of the architecture, for messages.</summary>
    public string Name => HasHeadLayers ? "Heads" : Transfer?.Kind ?? Solver?.Kind ?? Architecture!.Kind;
}
