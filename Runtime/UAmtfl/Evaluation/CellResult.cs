using UAmtfl.Files;

namespace UAmtfl.Evaluation;

/// <summary>The results of one cell, that is, of one variant with one seed, on the test set.</summary>
public sealed record CellResult
{
    /// <summary>The name of the variant.</summary>
    public required string Variant { get; init; }

    /// <summary>The seed of the training.</summary>
    public required int Seed { get; init; }

    /// <summary>The error over all tasks: the multi-class error of one-vs-all tasks whose headline metric is the error, else the mean
    /// of the task errors that are defined, in their unit. If tasks have different headline metrics, it is
    /// <see cref="RelativeError"/>.</summary>
    public required double OverallError { get; init; }

    /// <summary>The mean over tasks of the error divided by the mean predictor's error on the same rows
    /// (<see cref="Evaluation.RelativeError"/>): 1 is as good as the mean predictor, 0 is perfect. It is NaN in results of older versions,
    /// which did not measure it.</summary>
    public double RelativeError { get; init; } = double.NaN;

    /// <summary>True for each task, [T], that <see cref="RelativeError"/> leaves out, because its labels do not vary or its metric is
    /// undefined on the test rows; empty if it leaves out none, and in results of older versions.</summary>
    public bool[] LeftOut { get; init; } = [];

    /// <summary>The headline metric of each task as a loss, [T], tasks as declared: its value if lower is better, 1 − its value if
    /// higher is better (<see cref="Tasks.MetricTraits.Loss"/>); NaN if it is undefined or the task has no test row.</summary>
    public required double[] TaskErrors { get; init; }

    /// <summary>The mean loss (cross-entropy or squared error) of each task, [T].</summary>
    public required double[] TaskLosses { get; init; }

    /// <summary>The error of each task on each test row, [N][T]: 0 or 1, or a squared error; NaN if the row is not one of the task's.
    /// The mean of a column without its NaNs is the task's share of errors, or its mean squared error.</summary>
    public required float[][] RowErrors { get; init; }

    /// <summary>The logit or the value that the network predicts for each task on each test row, [N][T], NaN for classifications; null if
    /// the headline metrics need only errors.</summary>
    public float[][]? Scores { get; init; }

    /// <summary>The label of each task on each test row, [N][T], NaN if it is missing; null if <see cref="Scores"/> is.</summary>
    public float[][]? Labels { get; init; }

    /// <summary>The values of every metric that any task has, [T] for each name of a <see cref="TaskMetric"/>; NaN if a task does not
    /// have the metric or it is undefined.</summary>
    public IReadOnlyDictionary<string, double[]> TaskMetrics { get; init; } = new Dictionary<string, double[]>();

    /// <summary>True for each task, [T], whose prediction is the same class or number on all test rows (of more than one). If the
    /// headline metric is an area under a curve, the score is compared instead.</summary>
    public bool[] ConstantPredictions { get; init; } = [];

    /// <summary>The number of training labels of each task, N_t [T].</summary>
    public double[] TrainCounts { get; init; } = [];

    /// <summary>True if every seed is tested on the same rows, in the same order (<c>Splits.SharedTest</c>).</summary>
    public required bool SharedTest { get; init; }

    /// <summary>The error over all tasks on the validation set after the last epoch, by which a grid search chooses. It is defined as
    /// <see cref="OverallError"/> is for the test set.</summary>
    public double ValidationError { get; init; } = double.NaN;

    /// <summary>The hyper-parameters that a solver chose for each task, [T] for each name, such as <c>strength</c>.</summary>
    public IReadOnlyDictionary<string, double[]> Chosen { get; init; } = new Dictionary<string, double[]>();

    /// <summary>The optimality gap that an iterative solver reached; null if there was no such solver, or one that fails unless it reaches
    /// its tolerance.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The points of the grid search whose best point the cell is; empty if there was no search.</summary>
    public IReadOnlyList<SearchedPoint> Search { get; init; } = [];

    /// <summary>The learnt transfer from the row's task to the column's, [T][T] (|AS|); null if the method learns none. A stored result
    /// reads it from its file each time, because the matrices of many cells with thousands of tasks would fill the memory.</summary>
    public double[][]? Transfer
    {
        get => TransferSource();
        init => TransferSource = () => value;
    }

    /// <summary>Computes or reads <see cref="Transfer"/>.</summary>
    internal Func<double[][]?> TransferSource { private get; init; } = () => null;

    /// <summary>The mean cosines and the conflicts of each pair of task gradients; null if the variant has no weighting that takes their
    /// inner products, or too many tasks. Read from the files of a stored result each time.</summary>
    public GradientPairs? Gradients
    {
        get => GradientsSource();
        init => GradientsSource = () => value;
    }

    /// <summary>Computes or reads <see cref="Gradients"/>.</summary>
    internal Func<GradientPairs?> GradientsSource { private get; init; } = () => null;

    /// <summary>The small weight matrices of a trained network by parameter (<c>Trunk.Linear1.weight</c>), as rows; those of heads are in
    /// the order of the network's tasks. Empty for a linear model that an exact solver fitted; read from the files of a stored result each
    /// time.</summary>
    public IReadOnlyDictionary<string, float[][]> Weights
    {
        get => WeightsSource();
        init => WeightsSource = () => value;
    }

    /// <summary>Computes or reads <see cref="Weights"/>.</summary>
    internal Func<IReadOnlyDictionary<string, float[][]>> WeightsSource { private get; init; } = () => new Dictionary<string, float[][]>();

    /// <summary>Curves over the epochs, [epochs][values] for each name: <c>sigma</c> has one value for each task, or one for
    /// all.</summary>
    public IReadOnlyDictionary<string, double[][]> Traces { get; init; } = new Dictionary<string, double[][]>();

    /// <summary>The name of the optimiser or of the solver, such as «fused Adam».</summary>
    public string Optimizer { get; init; } = "";

    /// <summary>A line that the user should read about the training; null if there is none.</summary>
    public string? Notice { get; init; }

    /// <summary>The numbers of the epochs whose networks were tested, because their validation errors were the smallest
    /// (<see cref="EarlyStoppingAttribute"/>): one for all tasks, or [T], tasks as declared; null if the last epoch was tested.</summary>
    public int[]? TestedEpochs { get; init; }

    /// <summary>The error that was the smallest in the tested epoch: the name of a task, «*» for each task's own, null for the error over
    /// all tasks or if the last epoch was tested.</summary>
    public string? Monitor { get; init; }

    /// <summary>What a label model made of the votes of weak sources; null if the variant was trained on the data set's labels.</summary>
    public WeakSupervision.WeakReport? WeakLabels { get; init; }

    /// <summary>The data files that only this cell read, so that the record of its run does not name them; empty if every seed reads the
    /// same files.</summary>
    internal IReadOnlyList<Data.ReadFile> Files { get; init; } = [];

    /// <summary>The trained model, of a grid search that of the point that was kept; null in a stored result, which has it in files of its
    /// own.</summary>
    internal ModelFiles? Model { get; init; }

    /// <summary>The seconds that the training took.</summary>
    public double Seconds { get; init; }

    /// <summary>The median seconds of an epoch, with what is evaluated after it; NaN if they are not recorded.</summary>
    public double EpochSeconds { get; init; } = double.NaN;
}
