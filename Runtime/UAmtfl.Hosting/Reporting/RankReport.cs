using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>How methods rank over the tasks.</summary>
/// <param name="Variants">[k], the methods with a finished run, controls excepted.</param>
/// <param name="Test">Their mean ranks and Friedman's test, over the tasks that are defined for all of them.</param>
public sealed record RankReport(IReadOnlyList<string> Variants, FriedmanTest Test)
{
    /// <summary>The mean rank of a variant; NaN where it is not ranked.</summary>
    /// <param name="variant">Its name.</param>
    public double RankOf(string variant)
    {
        var index = Variants.ToList().IndexOf(variant);
        return index < 0 ? double.NaN : Test.MeanRanks[index];
    }

    /// <summary>Ranks the means over seeds.</summary>
    /// <param name="variants">The methods, each with its finished cells.</param>
    /// <param name="tasks">T.</param>
    internal static RankReport? Of(IReadOnlyList<(string Name, IReadOnlyCollection<CellResult> Cells)> variants, int tasks)
    {
        var losses = Enumerable.Range(0, tasks)
            .Select(t => variants.Select(v => v.Cells.Sum(c => c.TaskErrors[t]) / v.Cells.Count).ToArray())
            .Where(task => task.All(double.IsFinite))
            .ToList();
        return FriedmanTest.Of(losses) is { } test ? new([.. variants.Select(v => v.Name)], test) : null;
    }
}
