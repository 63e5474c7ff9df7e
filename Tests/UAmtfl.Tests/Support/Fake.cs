using Spectre.Console;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Hosting;
using UAmtfl.LinearModels;
using UAmtfl.Tasks;
using UAmtfl.Training;

namespace UAmtfl.Tests.Support;

/// <summary>Makes experiments, runs and results without networks, to test what surrounds the training.</summary>
internal static class Fake
{
    public static ExperimentDescriptor Experiment(double alpha = 0.1, string name = "mnist") => new()
    {
        Name = name,
        Title = "Ten digits",
        Seeds = 3,
        Tasks = Tasks(oneVsAll: true, TaskKind.Binary, TaskKind.Binary),
        Dataset = () => new NoData(),
        Variants =
        [
            Variant("Cnn", alpha, VariantRole.Baseline), Variant("UAmtfl", alpha, VariantRole.Proposed),
            Variant("Slow", alpha, onRequest: true),
        ],
        GeneratedFiles = [],
    };

    public static TaskSet Tasks(bool oneVsAll, params TaskKind[] kinds) =>
        new([.. kinds.Select((k, i) => new TaskInfo($"Task{i}", k, 1))], [.. kinds.Select((_, i) => i)], oneVsAll);

    public static ResolvedRun Resolve(RunOptions options, params (string Key, string Value)[] settings) =>
        RunResolver.Resolve([Experiment()], options, TestSettings.Configuration(settings));

    public static RunManifest Manifest(ResolvedRun run) =>
        RunManifest.Of(run, new() { Experiment = run.Experiment.Name }, 2, new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));

    /// <summary>Makes the folder of a run of two variants whose cells are all finished.</summary>
    /// <param name="output">The folder in which the run folder is made.</param>
    /// <param name="seeds">The number of seeds.</param>
    /// <param name="edit">Changes the record of the run; null to leave it as it is.</param>
    public static RunFolder Finished(string output, int seeds, Func<RunManifest, RunManifest>? edit = null)
    {
        var run = Resolve(new() { Experiment = "mnist", Seeds = seeds });
        var made = RunFolder.Create(output, edit is null ? Manifest(run) : edit(Manifest(run)));
        foreach (var cell in Cell.All(run.Variants.Select(v => v.Descriptor.Name), run.Seeds))
        {
            Finish(made, Result(cell), run.Experiment.Tasks);
        }

        return made;
    }

    /// <summary>Writes a result into a run folder.</summary>
    public static void Finish(RunFolder run, CellResult result, TaskSet tasks)
    {
        var files = run.Cell(new(result.Variant, result.Seed));
        using (var metrics = files.BeginMetrics(tasks))
        {
            metrics.Complete();
        }

        files.Finish(result, tasks);
    }

    public static CellResult Result(Cell cell) => new()
    {
        Variant = cell.Variant,
        Seed = cell.Seed,
        OverallError = 0.1 + (0.2 * cell.Seed),
        TaskErrors = [0.5, double.NaN],
        TaskLosses = [1d / 3, double.NaN],
        RowErrors = [[0, float.NaN], [1, float.NaN], [0.1f, 2]],
        SharedTest = true,
        TaskMetrics = new Dictionary<string, double[]> { ["Error"] = [0.5, double.NaN] },
        ConstantPredictions = [true, false],
        TrainCounts = [40, 2],
        Transfer = [[0, 1e-300], [double.NaN, 1]],
        Gradients = new([[1, -0.5], [-0.5, 1]], [[0, 0.75], [0.75, 0]]),
        Traces = new Dictionary<string, double[][]> { ["sigma"] = [[1, 2], [double.NaN, 3]] },
        Seconds = 12.5,
    };

    public static ProgramContext Context(TextWriter output, params string[] args) => Context(output, Experiment(), args);

    public static ProgramContext Context(TextWriter output, ExperimentDescriptor experiment, params string[] args)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        var rest = CommandLineSettings.Split(args, out var settings);
        return new(
            args, rest, settings, services => services.AddExperiment(experiment), console, new ErrorLines(console, verbose: false));
    }

    private static VariantDescriptor Variant(string name, double alpha, VariantRole role = VariantRole.Method, bool onRequest = false) =>
        new()
        {
            Name = name,
            Composition = $"HardSharing + {name}",
            Role = role,
            OnRequest = onRequest,
            Plan = new TrainingPlan { Epochs = 8, BatchSize = 10 },
            Bind = settings => new BoundSolver(
                new Dictionary<string, object> { ["Alpha"] = settings.Number("Alpha", alpha, 0) }, () => new NoNetwork()),
        };
}

/// <summary>A variant that has no network and fits nothing.</summary>
internal sealed class NoNetwork : FittedVariant
{
    public override Fit Solve(FitData data) => throw new NotSupportedException();
}
