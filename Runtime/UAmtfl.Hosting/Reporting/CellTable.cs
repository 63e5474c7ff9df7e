using UAmtfl.Evaluation;

namespace UAmtfl.Reporting;

/// <summary>The finished cells of a run by variant and seed, checked to fit together.</summary>
internal sealed class CellTable
{
    private readonly RunResults results;
    private readonly Dictionary<string, SortedDictionary<int, CellResult>> cells;

    /// <summary>Sorts the cells of a run by variant and seed.</summary>
    /// <exception cref="ArgumentException">A cell occurs twice, belongs to no variant or seed, or its arrays do not fit the
    /// tasks.</exception>
    public CellTable(RunResults results)
    {
        this.results = results;
        cells = results.Variants.ToDictionary(v => v.Name, _ => new SortedDictionary<int, CellResult>());
        foreach (var cell in results.Cells)
        {
            Check(cell);
            cells[cell.Variant].Add(cell.Seed, cell);
        }
    }

    /// <summary>Returns the cells of a variant by seed.</summary>
    public SortedDictionary<int, CellResult> this[string variant] => cells[variant];

    /// <summary>Returns the cells of every variant but one.</summary>
    public IEnumerable<KeyValuePair<string, SortedDictionary<int, CellResult>>> Others(string variant) =>
        cells.Where(c => c.Key != variant);

    /// <summary>Returns the cells that the run should have and that have no usable result.</summary>
    public IEnumerable<UnusableCell> Unusable(IReadOnlyList<MetricGroup> groups)
    {
        var names = results.Tasks.Tasks.Select(t => t.Name).ToList();
        foreach (var info in results.Variants)
        {
            var variant = info.Name;
            if (cells[variant].Count == 0)
            {
                yield return new UnusableCell(variant, null, "not finished");
                continue;
            }

            foreach (var seed in results.Seeds.Order())
            {
                if (!cells[variant].TryGetValue(seed, out var cell))
                {
                    yield return new UnusableCell(variant, seed, "not finished");
                }
                else if (groups.Any(g => !double.IsFinite(g.Loss(cell)) && g.Tasks.Any(t => Defined(cell, t))))
                {
                    yield return new UnusableCell(variant, seed, "its overall error is not finite");
                }
            }

            // A mean over no task, because the metric is undefined on all or none is trained, is no fault of the cell.
            bool Defined(CellResult cell, int task) => info.Trains(names[task]) && !double.IsNaN(cell.TaskErrors[task]);
        }
    }

    private void Check(CellResult cell)
    {
        if (!cells.TryGetValue(cell.Variant, out var seeds))
        {
            throw new ArgumentException($"A cell belongs to '{cell.Variant}', which is no variant of this run.");
        }

        if (!results.Seeds.Contains(cell.Seed))
        {
            throw new ArgumentException($"{cell.Variant} has a cell with seed {cell.Seed}, which was not asked for.");
        }

        if (seeds.ContainsKey(cell.Seed))
        {
            throw new ArgumentException($"{cell.Variant} with seed {cell.Seed} occurs twice.");
        }

        var tasks = results.Tasks.Count;
        if (cell.TaskErrors.Length != tasks || cell.RowErrors.Any(row => row.Length != tasks))
        {
            throw new ArgumentException($"{cell.Variant} with seed {cell.Seed} does not have one error for each of {tasks} tasks.");
        }
    }
}
