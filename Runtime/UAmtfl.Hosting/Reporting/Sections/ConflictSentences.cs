using UAmtfl.Weighting;

namespace UAmtfl.Reporting.Sections;

/// <summary>Says which tasks' gradients conflict most in the trainings of each variant, in words.</summary>
internal static class ConflictSentences
{
    private const string Gradients = "g_t: ";

    /// <summary>Returns the sentences; none if no variant compares gradients.</summary>
    public static IEnumerable<string> Of(Report report)
    {
        var compared = report.Variants
            .Where(v => v.GradientConflicts is not null || v.Traces.ContainsKey(StepMeasures.Conflicts)).ToList();
        if (compared.Count == 0)
        {
            yield break;
        }

        yield return "Two tasks conflict in a step if the inner product of their gradients is below 0. The cosine of a pair is the mean "
            + "over all steps of a training in which both tasks have a gradient, because the steps of a single epoch are few.";
        foreach (var variant in compared.Where(v => v.GradientConflicts is not null))
        {
            yield return $"{variant.Info.Name}: {Sentence(variant.GradientConflicts!, variant.Seeds.Count, report.Tasks)}";
        }

        List<string> without = [.. compared.Where(v => v.GradientConflicts is null).Select(v => v.Info.Name)];
        if (without.Count > 0)
        {
            yield return $"No cosines of single pairs are recorded of {Formats.Listed(without)}, because "
                + (report.Tasks.Count > PairSums.MostTasks
                    ? $"there are more than {PairSums.MostTasks} tasks."
                    : "an earlier version of the program trained it.");
        }
    }

    /// <summary>Returns the gradients that a weighting compares, such as «∂L_t/∂θ of the trunk»; null if the run did not record
    /// them.</summary>
    public static string? Site(VariantInfo variant) =>
        variant.Weighting?.StartsWith(Gradients, StringComparison.Ordinal) == true
            ? variant.Weighting[Gradients.Length..].Split(';')[0]
            : null;

    private static string Sentence(GradientConflicts conflicts, int seeds, IReadOnlyList<string> tasks)
    {
        if (conflicts.Pairs is not [var lowest, ..])
        {
            return "no two tasks had a gradient in the same step.";
        }

        var highest = conflicts.Pairs[^1];
        var range = seeds == 1 ? "" : $" ({Number(lowest.Low)} to {Number(lowest.High)} over seeds)";
        var often = $"in {Numbers.Fixed(100 * lowest.Conflicts, 0)} % of the steps";
        return lowest == highest
                ? $"the gradients of {Names(lowest)} have a mean cosine of {Number(lowest.Cosine)}{range}, and conflict {often}."
            : lowest.Cosine < 0
                ? $"the gradients of {Names(lowest)} conflict most, with a mean cosine of {Number(lowest.Cosine)}{range}, and {often}; "
                    + $"those of {Names(highest)} agree most ({Number(highest.Cosine)})."
            : $"no two tasks have a mean cosine below 0; that of {Names(lowest)} is the lowest, {Number(lowest.Cosine)}{range}, and they "
                + $"conflict {often}; that of {Names(highest)} is the highest ({Number(highest.Cosine)}).";

        string Names(GradientPair pair) => $"{tasks[pair.First]} and {tasks[pair.Second]}";
    }

    private static string Number(double cosine) => Numbers.Significant(cosine, 2);
}
