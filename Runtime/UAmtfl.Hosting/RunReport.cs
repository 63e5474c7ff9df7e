using System.Globalization;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Messages;
using UAmtfl.Reporting;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Collects the results and facts from which a report is made.</summary>
internal static class RunReport
{
    /// <summary>Returns the results of a run.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="manifest">The record of the run.</param>
    /// <param name="finished">The finished cells.</param>
    public static RunResults Of(ExperimentDescriptor experiment, RunManifest manifest, IReadOnlyList<CellResult> finished)
    {
        var shown = manifest.Variants.Where(v => v.Role != VariantRole.PreTraining).ToList();
        return new(
            manifest.Experiment,
            manifest.Title,
            experiment.Tasks.Declared,
            SharedTest: finished.All(c => c.SharedTest),
            [
                .. shown.Select(v => new VariantInfo(v.Name, v.Composition, v.Role, v.Weighting, v.Objective, v.TrainedOn)
                {
                    Setting = v.Setting,
                    Size = v.Network?.Size(),
                }),
            ],
            manifest.Seeds,
            [.. finished.Where(c => shown.Exists(v => v.Name == c.Variant))],
            Facts(experiment, manifest, finished));
    }

    /// <summary>Returns the lines at the foot of the report.</summary>
    private static IReadOnlyList<string> Facts(ExperimentDescriptor experiment, RunManifest manifest, IReadOnlyList<CellResult> finished)
    {
        var machine = manifest.Machine;
        var gibibytes = machine.MemoryBytes / (double)(1 << 30);
        var facts = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"Machine: {machine.Processor}, {machine.Cores} cores, {gibibytes:0.0} GiB, {machine.System}"),
            $"Versions: {string.Join(", ", manifest.Versions.Select(v => $"{v.Key} {v.Value}"))}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Device: {manifest.Device}, {manifest.Threads} {(manifest.Threads == 1 ? "thread" : "threads")} a worker"),
            manifest.Git is { } git
                ? $"Source: commit {git.Commit}{(git.Dirty ? ", with changes not committed" : "")}"
                : "Source: not in a git repository",
            string.Create(CultureInfo.InvariantCulture, $"Started: {manifest.Started:yyyy-MM-dd HH:mm:ss} UTC"),
            $"Seeds: {string.Join(", ", manifest.Seeds)}",
        };
        facts.AddRange(manifest.Variants.Where(v => v.Network is not null).GroupBy(v => v.Network!.ToString())
            .Select(g => $"Network of {string.Join(", ", g.Select(v => v.Name))}: {g.Key}"));
        facts.AddRange(manifest.Variants.Select(v => (v.Name, v.Find(experiment).Start?.Elsewhere)).Where(v => v.Elsewhere is not null)
            .Select(v => $"Start of {v.Name}: {v.Elsewhere!.Variant} of {v.Elsewhere.Experiment} with the same seed, "
                + $"from {Path.GetFileName(manifest.StartRuns[v.Elsewhere.Experiment])}"));
        var fitted = experiment.Variants.Where(v => v.Fitted).Select(v => v.Name).ToHashSet();
        facts.AddRange(finished.Where(c => !fitted.Contains(c.Variant)).Select(c => c.Optimizer).Where(o => o.Length > 0).Distinct()
            .Select(o => $"Optimiser: {o}"));
        foreach (var plan in manifest.Variants.Where(v => !fitted.Contains(v.Name)).GroupBy(v => v.Plan))
        {
            var some = plan.Count() == manifest.Variants.Count ? "" : $" of {string.Join(", ", plan.Select(v => v.Name))}";
            facts.Add($"Schedule{some}: {Schedule(plan.Key)}");
        }

        facts.AddRange(finished.Where(c => fitted.Contains(c.Variant)).GroupBy(c => c.Optimizer)
            .Select(g => $"Solver of {string.Join(", ", g.Select(c => c.Variant).Distinct())}: {g.Key}"));
        facts.AddRange(finished.Where(c => c.Search.Count > 0).GroupBy(c => c.Variant).Select(Searched));
        return facts;
    }

    /// <summary>Returns a line about a grid search, such as «Search of GoMtl: 5 points a seed, the smallest validation error at Mu
    /// 0.01, Lambda 0.01
    /// (seed 1, 3)».</summary>
    private static string Searched(IGrouping<string, CellResult> cells)
    {
        var chosen = cells
            .GroupBy(c => string.Join(", ", Best(c).Values.Select(v => FormattableString.Invariant($"{v.Key} {v.Value:G4}"))))
            .Select(g => $"{g.Key} (seed {string.Join(", ", g.Select(c => c.Seed))})");
        var failed = cells.Sum(c => c.Search.Count(s => s.Problem is not null));
        return $"Search of {cells.Key}: {cells.First().Search.Count} points a seed, "
            + $"the smallest validation error at {string.Join("; ", chosen)}"
            + (failed > 0 ? $"; {failed} points failed" : "");
    }

    private static SearchedPoint Best(CellResult cell) =>
        cell.Search.First(s => s.ValidationError.Equals(cell.ValidationError) && s.Problem is null);

    /// <summary>Returns the epochs, batches, optimiser and learning rate of a plan in words.</summary>
    public static string Schedule(TrainingPlan plan)
    {
        IReadOnlyList<double> times = [.. plan.DecayAlsoAt.Prepend(plan.DecayAt).Where(at => at < 1).Order()];
        var floor = plan.DecayFloor > 0 ? FormattableString.Invariant($", at least {plan.DecayFloor} of it") : "";
        var after = string.Join(" and ", times.Select(at => FormattableString.Invariant($"{at:0.##}")));
        var schedule = plan.Schedule switch
        {
            ScheduleKind.Cosine => FormattableString.Invariant($", along a cosine to {plan.DecayFloor} of it"),
            ScheduleKind.Exponential => FormattableString.Invariant($", times {plan.DecayFactor} after each epoch{floor}"),
            ScheduleKind.Plateau => FormattableString.Invariant(
                $", times {plan.DecayFactor} after {Words.Count(plan.PlateauPatience, "epoch")} without a smaller validation error")
                + floor,
            _ => times.Count > 0 && plan.DecayFactor != 1
                ? FormattableString.Invariant($", times {plan.DecayFactor} after {after} of the epochs")
                : "",
        };
        var batches = plan.Accumulate > 1 ? $"{plan.Accumulate} batches of {plan.BatchSize} a step" : $"batches of {plan.BatchSize}";
        var momentum = plan.Momentum > 0 && plan.Optimizer == OptimizerKind.Sgd
            ? FormattableString.Invariant($" with {(plan.Nesterov ? "Nesterov's " : "")}momentum {plan.Momentum}")
            : "";
        var warmUp = plan.WarmUp > 0 ? $", after a warm-up of {Words.Count(plan.WarmUp, "epoch")}" : "";
        var clip = plan.ClipNorm > 0 ? FormattableString.Invariant($", gradients clipped to norm {plan.ClipNorm}")
            : plan.ClipValue > 0 ? FormattableString.Invariant($", gradients clipped to ±{plan.ClipValue} each")
            : "";
        return FormattableString.Invariant(
            $"{Words.Count(plan.Epochs, "epoch")}, {batches}, {plan.Optimizer} {plan.LearningRate}{momentum}{warmUp}{schedule}{clip}")
            + Of("trunk", plan.TrunkRate, plan.FrozenTrunk) + Of("heads", plan.HeadRate, plan.FrozenHeads) + Stop(plan);
    }

    /// <summary>Returns what is special about the training of a part of the network.</summary>
    private static string Of(string part, double rate, int frozen) =>
        frozen >= FreezeAttribute.Always ? $", {part} frozen"
        : (frozen > 0 ? $", {part} frozen for {Words.Count(frozen, "epoch")}" : "")
            + (rate == 1 ? "" : FormattableString.Invariant($", {part} at {rate} of the rate"));

    private static string Stop(TrainingPlan plan) => plan.Patience == 0 ? ""
        : $", ends after {Words.Count(plan.Patience, "epoch")} without a smaller validation error"
            + (plan.Monitor switch { null => "", TrainingPlan.EachTask => " of any task", var task => $" of {task}" });
}
