using UAmtfl.Tasks;

namespace UAmtfl.Evaluation;

/// <summary>What one variant with one seed measured on the test set.</summary>
public sealed record CellResult
{
    /// <summary>The variant.</summary>
    public required string Variant { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The error over all tasks: the multi-class error of one-vs-all tasks where errors are the headline, else the mean of the
    /// task errors that are defined, in their unit; where tasks have different metrics, <see cref="RelativeError"/>.</summary>
    public required double OverallError { get; init; }

    /// <summary>The mean over tasks of the error in units of the mean predictor's on the same rows
    /// (<see cref="Evaluation.RelativeError"/>): 1 is as good as the mean predictor, 0 is perfect. NaN in results that were stored before
    /// it was measured.</summary>
    public double RelativeError { get; init; } = double.NaN;

    /// <summary>[T], tasks as declared: the headline metric of each as a loss: its value where lower is better (0 or 1 errors, squared
    /// errors), 1 − its value where higher is (<see cref="Tasks.MetricTraits.Loss"/>); NaN where it is undefined, or the task has no
    /// test row.</summary>
    public required double[] TaskErrors { get; init; }

    /// <summary>[T], the mean loss of each task (cross-entropy, squared error).</summary>
    public required double[] TaskLosses { get; init; }

    /// <summary>[N][T], the error of each task on each test row (0 or 1, or a squared error); NaN where the row is not one of the
    /// task's. The mean of a column without its NaNs is the task's share of errors, or its mean squared error.</summary>
    public required float[][] RowErrors { get; init; }

    /// <summary>[N][T], the logit or the value of each task on each test row, NaN for classifications; null where the headline metrics
    /// need only errors.</summary>
    public float[][]? Scores { get; init; }

    /// <summary>[N][T], the label of each task on each test row, NaN where it is missing; null as <see cref="Scores"/>.</summary>
    public float[][]? Labels { get; init; }

    /// <summary>By metric (a name of <see cref="TaskMetric"/>), [T], every metric that any task has, as it is; NaN where a task does not
    /// have it or it is undefined.</summary>
    public IReadOnlyDictionary<string, double[]> TaskMetrics { get; init; } = new Dictionary<string, double[]>();

    /// <summary>[T], whether the prediction is the same on all test rows (of more than one): the same class, or the same number. Where
    /// the headline is an area under a curve, whether the score is.</summary>
    public bool[] ConstantPredictions { get; init; } = [];

    /// <summary>[T], N_t, how many training labels each task had.</summary>
    public double[] TrainCounts { get; init; } = [];

    /// <summary>True if every seed is tested on the same rows, in the same order (<c>Splits.SharedTest</c>).</summary>
    public required bool SharedTest { get; init; }

    /// <summary>The error over all tasks on the validation set at the end (as <see cref="OverallError"/>), by which the points of a grid
    /// are chosen.</summary>
    public double ValidationError { get; init; } = double.NaN;

    /// <summary>What a solver chose for each task, [T] by name: <c>strength</c>.</summary>
    public IReadOnlyDictionary<string, double[]> Chosen { get; init; } = new Dictionary<string, double[]>();

    /// <summary>How far an iterative solver got; null where none was at work, or one that refuses to give a result short of its tolerance.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The grid search that the cell is the best point of; empty without one.</summary>
    public IReadOnlyList<SearchedPoint> Search { get; init; } = [];

    /// <summary>[T][T], the learnt transfer from row to column (|AS|); null where the method has none. Of a stored result it is read from
    /// its file each time, because the matrices of many cells with thousands of tasks would fill the memory.</summary>
    public double[][]? Transfer
    {
        get => TransferSource();
        init => TransferSource = () => value;
    }

    /// <summary>Gives <see cref="Transfer"/>.</summary>
    internal Func<double[][]?> TransferSource { private get; init; } = () => null;

    /// <summary>Curves over epochs by name, [epochs][values]: <c>sigma</c> has one value a task, or one for all.</summary>
    public IReadOnlyDictionary<string, double[][]> Traces { get; init; } = new Dictionary<string, double[][]>();

    /// <summary>What did the optimiser's arithmetic: «fused Adam»; or what solved.</summary>
    public string Optimizer { get; init; } = "";

    /// <summary>What the user should know of the training, one line; null for nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>The data files that the cell read and the record of its run does not name; empty where every seed reads the same files.</summary>
    internal IReadOnlyList<Data.ReadFile> Files { get; init; } = [];

    /// <summary>Seconds of training.</summary>
    public double Seconds { get; init; }
}
