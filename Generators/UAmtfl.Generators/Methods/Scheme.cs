using UAmtfl.Generators.Methods.Architectures;
using UAmtfl.Generators.Methods.Solvers;
using UAmtfl.Generators.Methods.Transfers;

namespace UAmtfl.Generators.Methods;

/// <summary>The features that heads take; the writers of heads and of what stands on them ask nothing else.</summary>
internal enum Representation
{
    /// <summary>One Z [N, k] for all tasks.</summary>
    Shared,

    /// <summary>One for each task: Z [T, N, k].</summary>
    PerTask,
}

/// <summary>How the tasks of a variant are related: a network's architecture, with a transfer between its tasks or without, or an exact
/// solver.</summary>
/// <param name="Architecture">The architecture; null for an exact solver.</param>
/// <param name="Transfer">The transfer between tasks, if there is one.</param>
/// <param name="Solver">The exact solver, which fits linear models on the inputs in the place of a network.</param>
internal sealed record Scheme(ArchitectureMethod? Architecture, TransferMethod? Transfer, SolverMethod? Solver)
{
    /// <summary>The features of a network, or the inputs that linear models take.</summary>
    public Representation Representation => Architecture?.Representation ?? Representation.Shared;

    /// <summary>The attribute that says most, for messages.</summary>
    public string Name => Transfer?.Kind ?? Solver?.Kind ?? Architecture!.Kind;
}
