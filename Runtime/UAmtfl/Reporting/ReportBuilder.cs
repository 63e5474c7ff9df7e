using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Hosting;

namespace UAmtfl.Reporting;

/// <summary>Computes a <see cref="Report"/>: groups the cells by variant and leaves each question to the class that answers it.</summary>
internal sealed class ReportBuilder
{
    private readonly RunResults _results;
    private readonly Dictionary<string, SortedDictionary<int, CellResult>> _cells;
    private readonly List<int> _seeds;

    public ReportBuilder(RunResults results)
    {
        _results = results;
        _cells = results.Variants.ToDictionary(v => v.Name, _ => new SortedDictionary<int, CellResult>());
        foreach (var cell in results.Cells)
        {
            Check(cell);
            _cells[cell.Variant].Add(cell.Seed, cell);
        }

        _seeds = [.. results.Cells.Select(c => c.Seed).Distinct().Order()];
    }

    public Report Build()
    {
        var baseline = _results.Variants.FirstOrDefault(v => v.Role == VariantRole.Baseline && _cells[v.Name].Count > 0)?.Name;
        var transfers = baseline is null
            ? []
            : new TransferAnalysis(_results.Tasks, _results.SharedTest).Against(_cells[baseline], _cells.Where(c => c.Key != baseline));
        return new Report
        {
            Experiment = _results.Experiment,
            Title = _results.Title,
            Tasks = _results.Tasks,
            TestRows = TestRows(),
            TaskMetric = _results.TaskMetric,
            OverallMetric = _results.OverallMetric,
            Percent = _results.Percent,
            SharedTest = _results.SharedTest,
            Seeds = _seeds,
            Baseline = baseline,
            Variants = [.. _results.Variants.OrderBy(v => v.Role == VariantRole.Control).Select(v => Variant(v, transfers.GetValueOrDefault(v.Name)))],
            Comparisons = Comparisons(baseline),
            Unusable = [.. Unusable()],
            Facts = _results.Facts,
        };
    }

    private VariantReport Variant(VariantInfo info, TaskTransfers? transfer)
    {
        var cells = _cells[info.Name].Values;
        var matrices = cells.Select(c => c.Transfer).OfType<double[][]>().ToList();
        return new VariantReport
        {
            Info = info,
            Seeds = [.. _cells[info.Name].Keys],
            Overall = Summary.Of([.. cells.Select(c => c.OverallError)]),
            TaskErrors = [.. Enumerable.Range(0, _results.Tasks.Count).Select(t => Summary.Of([.. cells.Select(c => c.TaskErrors[t])]).Mean)],
            Transfer = transfer,
            LearntTransfer = matrices.Count == 0 ? null : Mean(matrices),
            Traces = cells.SelectMany(c => c.Traces.Keys).Distinct().Order(StringComparer.Ordinal).ToDictionary(
                name => name,
                name => Mean([.. cells.Where(c => c.Traces.ContainsKey(name)).Select(c => c.Traces[name])])),
            Seconds = Summary.Of([.. cells.Select(c => c.Seconds)]).Mean,
        };
    }

    /// <summary>The element-wise mean, as long as the shortest.</summary>
    private static double[][] Mean(List<double[][]> matrices) =>
        [.. Enumerable.Range(0, matrices.Min(m => m.Length)).Select(i =>
            Enumerable.Range(0, matrices[0][i].Length).Select(j => matrices.Sum(m => m[i][j]) / matrices.Count).ToArray())];

    private List<PairedComparison> Comparisons(string? baseline)
    {
        var order = _results.Variants.OrderBy(v => v.Role == VariantRole.Control).ToList();
        var proposed = order.Where(v => v.Role == VariantRole.Proposed).ToList();
        var pairs = proposed.Count > 0
            ? proposed.SelectMany(p => order.Where(o => o != p).Select(o => (p.Name, Other: o.Name)))
            : baseline is null ? [] : order.Where(o => o.Name != baseline).Select(o => (o.Name, Other: baseline));
        return [.. pairs.Select(p => Compare(p.Name, p.Other))];
    }

    private PairedComparison Compare(string variant, string other)
    {
        var pairs = _cells[variant].Values
            .Where(c => _cells[other].ContainsKey(c.Seed))
            .Select(c => (A: c.OverallError, B: _cells[other][c.Seed].OverallError))
            .Where(p => double.IsFinite(p.A) && double.IsFinite(p.B))
            .ToList();
        var p = pairs.Count == 0 ? double.NaN : SignedRank.P([.. pairs.Select(x => x.A)], [.. pairs.Select(x => x.B)]);
        return new PairedComparison(variant, other, Summary.Of([.. pairs.Select(x => x.A - x.B)]), p, SignedRank.SmallestP(pairs.Count));
    }

    private IEnumerable<UnusableCell> Unusable()
    {
        foreach (var variant in _results.Variants.Select(v => v.Name))
        {
            if (_cells[variant].Count == 0)
            {
                yield return new UnusableCell(variant, null, "not finished");
                continue;
            }

            foreach (var seed in _seeds)
            {
                if (!_cells[variant].TryGetValue(seed, out var cell))
                {
                    yield return new UnusableCell(variant, seed, "not finished");
                }
                else if (!double.IsFinite(cell.OverallError))
                {
                    yield return new UnusableCell(variant, seed, "its overall error is not finite");
                }
            }
        }
    }

    private List<int> TestRows() =>
        [.. Enumerable.Range(0, _results.Tasks.Count).Select(t => _results.Cells
            .DistinctBy(c => _results.SharedTest ? 0 : c.Seed)
            .Select(c => c.RowErrors.Count(row => !float.IsNaN(row[t])))
            .DefaultIfEmpty(0)
            .Min())];

    private void Check(CellResult cell)
    {
        if (!_cells.TryGetValue(cell.Variant, out var seeds))
        {
            throw new ArgumentException($"A cell belongs to '{cell.Variant}', which is no variant of this run.");
        }

        if (seeds.ContainsKey(cell.Seed))
        {
            throw new ArgumentException($"{cell.Variant} with seed {cell.Seed} occurs twice.");
        }

        var tasks = _results.Tasks.Count;
        if (cell.TaskErrors.Length != tasks || cell.RowErrors.Any(row => row.Length != tasks))
        {
            throw new ArgumentException($"{cell.Variant} with seed {cell.Seed} does not have one error for each of {tasks} tasks.");
        }
    }
}
