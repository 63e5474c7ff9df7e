using UAmtfl.Evaluation;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>The finished cells of a run folder.</summary>
/// <param name="Whole">What could be read.</param>
/// <param name="Damaged">A line for each that could not.</param>
internal sealed record FinishedCells(IReadOnlyList<CellResult> Whole, IReadOnlyList<string> Damaged)
{
    /// <summary>Reads what is finished; one that is damaged does not cost the others.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="cells">The run's cells, in order.</param>
    /// <param name="tasks">The experiment's tasks.</param>
    public static FinishedCells Read(RunFolder folder, IEnumerable<Cell> cells, TaskSet tasks)
    {
        var (whole, damaged) = (new List<CellResult>(), new List<string>());
        foreach (var cell in cells)
        {
            var files = folder.Cell(cell);
            if (!files.IsFinished)
            {
                continue;
            }

            try
            {
                var result = files.Read(tasks);
                if (ResultChecks.Fault(result, cell, tasks.Count) is { } fault)
                {
                    damaged.Add($"cannot read the results in {files.FullPath}: {fault}");
                }
                else
                {
                    whole.Add(result);
                }
            }
            catch (UAmtflException failure)
            {
                damaged.Add(failure.Message);
            }
        }

        return new(whole, damaged);
    }
}
