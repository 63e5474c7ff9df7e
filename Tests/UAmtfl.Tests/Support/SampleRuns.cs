using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Reporting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Support;

/// <summary>Runs for the tests of the report: small ones whose numbers can be computed by hand, and ones of the size of a real
/// run.</summary>
internal static class SampleRuns
{
    /// <summary>A result whose task errors are the means of the columns of its rows, and whose overall error is the mean of
    /// these.</summary>
    public static CellResult Cell(string variant, int seed, float[][] rows)
    {
        var errors = Enumerable.Range(0, rows[0].Length)
            .Select(t => rows.Select(r => (double)r[t]).Where(e => !double.IsNaN(e)).DefaultIfEmpty(double.NaN).Average()).ToArray();
        return new CellResult
        {
            Variant = variant,
            Seed = seed,
            OverallError = errors.Average(),
            TaskErrors = errors,
            TaskLosses = errors,
            RowErrors = rows,
            SharedTest = true,
        };
    }

    /// <summary>A run with the given variants and results.</summary>
    public static RunResults Run(
        IReadOnlyList<VariantInfo> variants, IReadOnlyList<CellResult> cells, bool sharedTest = true, TaskSet? tasks = null) => new(
        "tiny",
        "A run made by hand.",
        tasks ?? Tasks(TaskKind.Binary, [.. Enumerable.Range(0, cells.Count == 0 ? 1 : cells[0].TaskErrors.Length).Select(t => $"T{t}")]),
        sharedTest,
        variants,
        [.. cells.Select(c => c.Seed).Distinct()],
        cells,
        ["1 thread"]);

    /// <summary>Tasks of one kind with the given names.</summary>
    public static TaskSet Tasks(TaskKind kind, IReadOnlyList<string> names, bool oneVsAll = false) =>
        new([.. names.Select(n => new TaskInfo(n, kind, 1))], [.. names.Select((_, t) => t)], oneVsAll);

    public static VariantInfo Variant(string name, VariantRole role) => new(name, name + " + L2", role);

    /// <summary>A run of ten digits with seven variants, three seeds and 80 epochs. Of the 10,000 test rows each digit has about
    /// 1,000.</summary>
    public static RunResults Mnist()
    {
        string[] digits = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
        VariantInfo[] variants =
        [
            new("Cnn", "HardSharing + L2", VariantRole.Baseline),
            new("MtCnn", "HardSharing + L2 + L1", VariantRole.Method),
            new("DeepAmtl", "Amtl + L2 + L1", VariantRole.Method),
            new("DeepAmtfl", "Amtfl + L2 + L1", VariantRole.Method),
            new("UAmtfl", "Amtfl + Uncertainty + L2 + L1", VariantRole.Proposed),
            new("SharedSigma", "Amtfl + Uncertainty(Shared) + L2 + L1", VariantRole.Control),
            new("FeatureNorm", "HardSharing + FeatureNorm + L2 + L1", VariantRole.Control),
        ];
        double[] level = [1, 0.99, 0.97, 0.74, 0.71, 0.75, 0.70];
        return Large(
            "mnist-imbalanced", "Ten one-vs-all digits, 200, 180, … 20 training images.", digits, variants, level, 980, oneTaskARow: true);
    }

    /// <summary>A run with many regressions, as in drug response.</summary>
    public static RunResults Drugs(int tasks)
    {
        VariantInfo[] variants =
        [
            new("SingleTask", "SingleTask + L2", VariantRole.Baseline),
            new("MtlNn", "HardSharing + L2 + L1", VariantRole.Method),
            new("UAmtfl", "Amtfl + Uncertainty", VariantRole.Proposed),
        ];
        var drugs = Enumerable.Range(1, tasks).Select(i => $"Drug-{i:000}").ToArray();
        return Large("gdsc", "Drug response of cell lines.", drugs, variants, [1, 0.95, 0.9], 150, oneTaskARow: false) with
        {
            Tasks = Tasks(TaskKind.Regression, drugs),
        };
    }

    /// <summary>A run of the ten digits with so many variants that tables do not fit the page.</summary>
    public static RunResults ManyVariants(int count)
    {
        var run = Mnist();
        var cells = run.Cells.Where(c => c.Variant is "Cnn" or "UAmtfl")
            .Select(c => c with { Transfer = null, Traces = new Dictionary<string, double[][]>() }).ToList();
        return run with
        {
            Variants = [.. Enumerable.Range(0, count)
                .Select(v => Variant($"Variant{v}", v == 0 ? VariantRole.Baseline : VariantRole.Method))],
            Cells = [.. Enumerable.Range(0, count).SelectMany(v =>
                cells.Where(c => c.Variant == (v % 3 == 0 ? "Cnn" : "UAmtfl")).Select(c => c with { Variant = $"Variant{v}" }))],
        };
    }

    private static RunResults Large(
        string name, string title, string[] tasks, VariantInfo[] variants, double[] level, int rowsPerTask, bool oneTaskARow)
    {
        var cells = new List<CellResult>();
        for (var v = 0; v < variants.Length; v++)
        {
            for (var seed = 0; seed < 3; seed++)
            {
                var random = new Random(17 * v + seed + 1);
                var rows = oneTaskARow
                    ? Enumerable.Range(0, rowsPerTask * tasks.Length)
                        .Select(
                            r => Enumerable.Range(0, tasks.Length).Select(
                                t => t == r % tasks.Length ? Draw(t, r) : float.NaN).ToArray()).ToArray()
                    : [
                        .. Enumerable.Range(0, rowsPerTask)
                            .Select(r => Enumerable.Range(0, tasks.Length).Select(t => Draw(t, r)).ToArray())];
                cells.Add(Cell(variants[v].Name, seed, rows) with
                {
                    Transfer = variants[v].Composition.Contains("Amtfl") ? Transfer(tasks.Length, random) : null,
                    Traces = Traces(variants[v].Composition, tasks.Length),
                    TrainCounts = [.. tasks.Select((_, t) => 200.0 - (20 * t % 190))],
                    Seconds = 24,
                });

                float Draw(int t, int row)
                {
                    // A row is hard or easy for all variants alike, which is why differences are paired by row.
                    var hard = new Random(row * 1000 + t).NextDouble();
                    var gain = 1 + (level[v] - 1) * (0.2 + 1.6 * t / tasks.Length);
                    return oneTaskARow
                        ? 0.9 * hard + 0.1 * random.NextDouble() < (0.02 + 0.012 * t) * gain + 0.02 ? 1 : 0
                        : (float)((0.5 + hard * 2) * gain * (0.8 + 0.4 * random.NextDouble()));
                }
            }
        }

        return new RunResults(
            name,
            title,
            Tasks(TaskKind.Binary, tasks, oneVsAll: true),
            true,
            variants,
            [0, 1, 2],
            cells,
            ["16 cores, 1 thread", "TorchSharp 0.107.0", "commit 0123abc"]);
    }

    private static double[][] Transfer(int tasks, Random random) =>
        [
            .. Enumerable.Range(0, tasks)
                .Select(i =>
                    Enumerable.Range(0, tasks)
                        .Select(j => i == j ? 1.1 : Math.Pow(random.NextDouble(), 4) * (1.2 - (double)i / tasks)).ToArray()),
        ];

    /// <summary>The standard deviations over the epochs of a variant with uncertainty, one for each task or one for all.</summary>
    private static Dictionary<string, double[][]> Traces(string composition, int tasks) =>
        composition.Contains("Uncertainty") ? new() { ["sigma"] = Sigma(composition.Contains("Shared") ? 1 : tasks) } : [];

    private static double[][] Sigma(int values) =>
        [
            .. Enumerable.Range(0, 80)
                .Select(epoch =>
                    Enumerable.Range(0, values)
                        .Select(t => 0.35 + 0.03 * t * 10 / values + 0.65 * Math.Exp(-epoch / (8.0 + t * 10.0 / values))).ToArray()),
        ];
}
