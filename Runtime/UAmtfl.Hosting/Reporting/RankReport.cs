using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>The ranking of methods over the tasks.</summary>
/// <param name="Variants">The names of the methods with a finished run, [k], without controls.</param>
/// <param name="Test">The mean ranks and Friedman's test, over the tasks that are defined for all methods.</param>
public sealed record RankReport(IReadOnlyList<string> Variants, FriedmanTest Test)
{
    /// <summary>Returns the mean rank of a variant; NaN if it is not ranked.</summary>
    /// <param name="variant">The name of the variant.</param>
    public double RankOf(string variant)
    {
        var index = Variants.ToList().IndexOf(variant);
        return index < 0 ? double.NaN : Test.MeanRanks[index];
    }

    /// <summary>Ranks methods by their means over seeds on each task; null if there are fewer than two methods or two tasks.</summary>
    /// <param name="variants">The methods, each with its finished cells.</param>
    /// <param name="tasks">The number of tasks T.</param>
    internal static RankReport? Of(IReadOnlyList<(string Name, IReadOnlyCollection<CellResult> Cells)> variants, int tasks)
    {
        var losses = Enumerable.Range(0, tasks)
            .Select(t => variants.Select(v => v.Cells.Sum(c => c.TaskErrors[t]) / v.Cells.Count).ToArray())
            .Where(task => task.All(double.IsFinite))
            .ToList();
        return FriedmanTest.Of(losses) is { } test ? new([.. variants.Select(v => v.Name)], test) : null;
    }
}
