using System.Globalization;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Reporting;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Puts together what a report is made of.</summary>
internal static class RunReport
{
    /// <summary>The results of a run.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="manifest">The run.</param>
    /// <param name="finished">Its finished cells.</param>
    public static RunResults Of(ExperimentDescriptor experiment, RunManifest manifest, IReadOnlyList<CellResult> finished) => new(
        manifest.Experiment,
        manifest.Title,
        experiment.Tasks.Declared,
        SharedTest: finished.All(c => c.SharedTest),
        [.. manifest.Variants.Select(v => new VariantInfo(v.Name, v.Composition, v.Role, v.Weighting, v.Objective))],
        manifest.Seeds,
        finished,
        Facts(experiment, manifest, finished));

    /// <summary>The lines at the report's foot.</summary>
    private static IReadOnlyList<string> Facts(ExperimentDescriptor experiment, RunManifest manifest, IReadOnlyList<CellResult> finished)
    {
        var machine = manifest.Machine;
        var facts = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"Machine: {machine.Processor}, {machine.Cores} cores, {machine.MemoryBytes / (double)(1 << 30):0.0} GiB, {machine.System}"),
            $"Versions: {string.Join(", ", manifest.Versions.Select(v => $"{v.Key} {v.Value}"))}",
            string.Create(CultureInfo.InvariantCulture, $"Device: {manifest.Device}, {manifest.Threads} {(manifest.Threads == 1 ? "thread" : "threads")} a worker"),
            manifest.Git is { } git ? $"Source: commit {git.Commit}{(git.Dirty ? ", with changes not committed" : "")}" : "Source: not in a git repository",
            string.Create(CultureInfo.InvariantCulture, $"Started: {manifest.Started:yyyy-MM-dd HH:mm:ss} UTC"),
            $"Seeds: {string.Join(", ", manifest.Seeds)}",
        };
        facts.AddRange(manifest.Variants.Where(v => v.Network is not null).GroupBy(v => v.Network!.ToString()).Select(g => $"Network of {string.Join(", ", g.Select(v => v.Name))}: {g.Key}"));
        var fitted = experiment.Variants.Where(v => v.Fitted).Select(v => v.Name).ToHashSet();
        facts.AddRange(finished.Where(c => !fitted.Contains(c.Variant)).Select(c => c.Optimizer).Where(o => o.Length > 0).Distinct().Select(o => $"Optimiser: {o}"));
        facts.AddRange(manifest.Variants.Where(v => !fitted.Contains(v.Name)).GroupBy(v => v.Plan).Select(g =>
            $"Schedule{(g.Count() == manifest.Variants.Count ? "" : $" of {string.Join(", ", g.Select(v => v.Name))}")}: {Schedule(g.Key)}"));
        facts.AddRange(finished.Where(c => fitted.Contains(c.Variant)).GroupBy(c => c.Optimizer).Select(g => $"Solver of {string.Join(", ", g.Select(c => c.Variant).Distinct())}: {g.Key}"));
        facts.AddRange(finished.Where(c => c.Search.Count > 0).GroupBy(c => c.Variant).Select(Searched));
        return facts;
    }

    /// <summary>«Search of GoMtl: 5 points a seed, the smallest validation error at Mu 0.01, Lambda 0.01 (seed 1, 3)».</summary>
    private static string Searched(IGrouping<string, CellResult> cells)
    {
        var chosen = cells.Select(c => (c.Seed, Values: string.Join(", ", Best(c).Values.Select(v => FormattableString.Invariant($"{v.Key} {v.Value:G4}"))))).GroupBy(c => c.Values);
        var failed = cells.Sum(c => c.Search.Count(s => s.Problem is not null));
        return $"Search of {cells.Key}: {cells.First().Search.Count} points a seed, the smallest validation error at {string.Join("; ", chosen.Select(g => $"{g.Key} (seed {string.Join(", ", g.Select(c => c.Seed))})"))}"
            + (failed > 0 ? $"; {failed} points failed" : "");
    }

    private static SearchedPoint Best(CellResult cell) => cell.Search.First(s => s.ValidationError.Equals(cell.ValidationError) && s.Problem is null);

    private static string Schedule(TrainingPlan plan) => FormattableString.Invariant(
        $"{plan.Epochs} epochs, batches of {plan.BatchSize}, {plan.Optimizer} {plan.LearningRate}{(plan.DecayAt < 1 && plan.DecayFactor != 1 ? $", times {plan.DecayFactor} after {plan.DecayAt:0.##} of the epochs" : "")}");
}
