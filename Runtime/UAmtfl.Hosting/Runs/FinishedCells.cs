using UAmtfl.Evaluation;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>The finished cells of a run folder.</summary>
/// <param name="Whole">The results that could be read.</param>
/// <param name="Damaged">A line for each cell that could not be read.</param>
internal sealed record FinishedCells(IReadOnlyList<CellResult> Whole, IReadOnlyList<string> Damaged)
{
    /// <summary>Reads the finished cells. A cell that is damaged, or that read a data file with another content than an earlier cell,
    /// is left out without affecting the others.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="cells">The run's cells, in order.</param>
    /// <param name="tasks">The experiment's tasks.</param>
    public static FinishedCells Read(RunFolder folder, IEnumerable<Cell> cells, TaskSet tasks)
    {
        var (whole, damaged) = (new List<CellResult>(), new List<string>());
        var read = new Dictionary<string, (string Sha256, Cell Cell)>();
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
                else if (result.Files.FirstOrDefault(
                    f => read.TryGetValue(f.Path, out var first) && first.Sha256 != f.Sha256) is { } other)
                {
                    damaged.Add($"{cell} and {read[other.Path].Cell} read different contents of {other.Path}, so they cannot be compared");
                }
                else
                {
                    foreach (var file in result.Files)
                    {
                        read.TryAdd(file.Path, (file.Sha256, cell));
                    }

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
