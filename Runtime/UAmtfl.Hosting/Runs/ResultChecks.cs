using UAmtfl.Evaluation;

namespace UAmtfl.Hosting;

/// <summary>Checks that the parts of a stored result fit together, because they are in several files, any of which may be
/// damaged.</summary>
internal static class ResultChecks
{
    /// <summary>Returns a message about the first part that does not fit; null if all parts fit.</summary>
    /// <param name="result">The result that was read.</param>
    /// <param name="cell">The cell to which the result must belong.</param>
    /// <param name="tasks">The number of tasks T.</param>
    public static string? Fault(CellResult result, Cell cell, int tasks)
    {
        if (result.Variant != cell.Variant || result.Seed != cell.Seed)
        {
            return FormattableString.Invariant($"result.json is of {result.Variant}, seed {result.Seed}");
        }

        var gradients = result.Gradients;
        (string Name, int Length)[] arrays =
        [
            ("taskErrors", result.TaskErrors.Length),
            ("taskLosses", result.TaskLosses.Length),
            .. result.TaskMetrics.Select(m => ($"taskMetrics.{m.Key}", m.Value.Length)),
            .. result.Chosen.Select(c => ($"chosen.{c.Key}", c.Value.Length)),
            .. Optional("constantPredictions", result.ConstantPredictions),
            .. Optional("leftOut", result.LeftOut),
            .. Optional("trainCounts", result.TrainCounts),
            .. Rows("transfer.npy", result.Transfer),
            .. Rows("gradient-cosines.npy", gradients?.Cosines),
            .. Rows("gradient-conflicts.npy", gradients?.Conflicts),
            .. Each("test-errors.npy", result.RowErrors),
            .. Each("test-scores.npy", result.Scores),
            .. Each("test-labels.npy", result.Labels),
        ];
        if (Array.Find(arrays, a => a.Length != tasks) is { Name: not null } wrong)
        {
            return FormattableString.Invariant($"{wrong.Name} has {wrong.Length} values for {tasks} tasks");
        }

        return (result.Scores ?? result.RowErrors).Length == result.RowErrors.Length
            && (result.Labels ?? result.RowErrors).Length == result.RowErrors.Length
            ? null
            : "test-errors.npy, test-scores.npy and test-labels.npy have different numbers of rows";
    }

    /// <summary>Returns the length of an array, or nothing if the array is empty, because older formats do not have it.</summary>
    private static IEnumerable<(string Name, int Length)> Optional(string name, Array values) =>
        values.Length == 0 ? [] : [(name, values.Length)];

    private static IEnumerable<(string Name, int Length)> Rows(string name, double[][]? matrix) =>
        matrix is null ? [] : [(name, matrix.Length), .. matrix.Select(r => (name, r?.Length ?? 0)).Distinct()];

    private static IEnumerable<(string Name, int Length)> Each(string name, float[][]? rows) =>
        rows is { Length: > 0 } ? [(name, rows[0].Length)] : [];
}
