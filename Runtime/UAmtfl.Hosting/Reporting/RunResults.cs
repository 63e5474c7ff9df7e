using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Hosting;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>Everything that a report is made of: what was run, and what each finished run measured.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Title">One line about it.</param>
/// <param name="Tasks">The tasks, in the order of every per-task array below, with their headline metrics.</param>
/// <param name="SharedTest">True if all seeds were tested on the same rows in the same order.</param>
/// <param name="Variants">The variants that were asked for, as declared.</param>
/// <param name="Seeds">The seeds that were asked for.</param>
/// <param name="Cells">The finished ones; some may be missing.</param>
/// <param name="Facts">Lines for the report's foot: machine, versions, threads, git commit, schedule.</param>
public sealed record RunResults(
    string Experiment,
    string Title,
    TaskSet Tasks,
    bool SharedTest,
    IReadOnlyList<VariantInfo> Variants,
    IReadOnlyList<int> Seeds,
    IReadOnlyList<CellResult> Cells,
    IReadOnlyList<string> Facts);

/// <summary>A variant, for the report.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Composition">What it is composed of.</param>
/// <param name="Role">What it is to the report.</param>
/// <param name="Weighting">What its weighting compares, sums to, and gives the heads.</param>
/// <param name="Objective">What it minimises, as its generated file prints it; empty where the run did not record it.</param>
public sealed record VariantInfo(string Name, string Composition, VariantRole Role, string? Weighting = null, string Objective = "");
