using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Messages;
using UAmtfl.Models;
using UAmtfl.Numerics;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Sections;
using UAmtfl.Training;
using UAmtfl.WeakSupervision;
using static TorchSharp.torch;

namespace UAmtfl.Hosting;

/// <summary>The checks of a run on one batch, which take the place of the run and write no folder.</summary>
internal enum BatchCheckKind
{
    /// <summary>No check: the run itself.</summary>
    None,

    /// <summary>Makes one step with each variant (<c>--dry-run</c>).</summary>
    DryRun,

    /// <summary>Trains each variant on one batch only (<c>--overfit-batch</c>).</summary>
    OverfitBatch,
}

/// <summary>Checks each variant of a run on one batch of the first seed, and prints a table. What a variant cannot do is an error of one
/// line, and the others are checked all the same.</summary>
/// <param name="run">The run.</param>
/// <param name="options">The options of the run, with the folder of its data.</param>
/// <param name="context">The program.</param>
internal sealed class BatchCheck(ResolvedRun run, RunOptions options, ProgramContext context)
{
    /// <summary>The number of steps with which a network is given the chance to learn a batch by heart.</summary>
    private const int OverfitSteps = 500;

    private readonly int seed = run.Seeds[0];

    /// <summary>Checks the variants.</summary>
    /// <param name="stopping">Stops the check.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UAmtflException">The data cannot be loaded.</exception>
    public int Run(CancellationToken stopping)
    {
        using var scope = NewDisposeScope();
        var request = new DataRequest(options.Data, seed, run.DatasetOptions);
        var data = CellData.Load(run.Experiment, request, device(options.Device), ResolvedVariant.Terms(run.Variants));
        var checkedVariants = new List<CheckedVariant>();
        var weak = new List<(string, IReadOnlyList<WeakReport>)>();
        var failed = false;
        foreach (var variant in run.Variants.Where(v => !v.Descriptor.Fitted))
        {
            try
            {
                using var cell = NewDisposeScope();
                var own = data.For(run.Experiment, variant.Descriptor);
                weak.Add((variant.Descriptor.Name, own.WeakLabels is { } report ? [report] : []));
                checkedVariants.Add(Check(variant, own, stopping));
            }
            catch (UAmtflException failure)
            {
                failed = true;
                context.Errors.Write($"{variant.Descriptor.Name}: {failure.Message}", failure.ToString());
            }
        }

        foreach (var section in Sections(checkedVariants).Append(WeakSection.Of(weak)).OfType<Section>())
        {
            ConsoleReport.Print(section, context.Console);
        }

        return failed ? ExitCode.Failure : ExitCode.Success;
    }

    private IEnumerable<Section> Sections(IReadOnlyList<CheckedVariant> variants) => options.Check == BatchCheckKind.DryRun
        ? [CheckedLayers.Section([.. variants.Select(v => (v.Name, v.Layers))]), Shapes(variants)]
        : [Learnt(variants)];

    private CheckedVariant Check(ResolvedVariant variant, CellData data, CancellationToken stopping)
    {
        var overfits = options.Check == BatchCheckKind.OverfitBatch;
        var rows = Math.Min(data.Train.Inputs.shape[0], (long)variant.Plan.BatchSize * variant.Plan.Accumulate);
        using var order = RandomStreams.Generator(seed, "batches", 0);
        var chosen = randperm(data.Train.Inputs.shape[0], generator: order).narrow(0, 0, rows).to(data.Train.Inputs.device);
        var (inputs, labels) = (data.Train.Inputs.index_select(0, chosen), data.Train.Labels.Select(chosen));
        var plan = variant.Plan with
        {
            Epochs = overfits ? options.Epochs ?? OverfitSteps : 1,
            EvaluateEvery = int.MaxValue,
            BatchSize = overfits ? (int)rows : variant.Plan.BatchSize,
            Accumulate = overfits ? 1 : variant.Plan.Accumulate,
            Schedule = ScheduleKind.Step,
            DecayAt = 1,
            DecayAlsoAt = [],
            WarmUp = 0,
            Patience = 0,
        };
        var bound = (BoundNetwork)variant.Bound;
        RandomStreams.Start(seed, "initialisation");
        using var network = bound.Network(data.Counts.dtype, data.Counts.device);
        if (variant.Descriptor.Start is { } start)
        {
            StartingWeights.RequirePaths(
                network, start, start.Variant ?? start.File ?? $"{start.Elsewhere!.Experiment}/{start.Elsewhere.Variant}");
        }

        using var objective = bound.Objective(network, data.Counts);
        using var optimizer = Trainer.CreateOptimizer(plan, objective);
        var epochs = new List<EpochRecord>();
        if (objective.Search?.Contradiction(variant.Plan.Epochs, data.Train.Labels, run.Experiment.Tasks) is { } contradiction)
        {
            throw new UAmtflException($"it cannot be trained: {contradiction}");
        }

        new Trainer(objective, plan, run.Experiment.Tasks, seed) { Searches = false }
            .Train(inputs, labels, overfits ? (inputs, labels) : null, optimizer, epochs.Add, stopping);
        List<CheckedParameter> parameters =
        [
            .. network.named_parameters().Select(p => new CheckedParameter(
                p.name, $"[{string.Join(", ", p.parameter.shape)}]", p.parameter.NumberOfElements, p.parameter.requires_grad)),
        ];
        return new(
            variant.Descriptor.Name, inputs.shape, CheckedLayers.Of(network, inputs, run.Experiment.Tasks), parameters,
            epochs[0].Objective, epochs[^1].Objective, epochs[^1].ValidationError);
    }

    /// <summary>Returns the table of parameters by variant. A parameter that has another shape in another variant has a row of its
    /// own.</summary>
    private Section Shapes(IReadOnlyList<CheckedVariant> variants)
    {
        var rows = variants.SelectMany(v => v.Parameters.Select(p => (p.Path, p.Shape))).Distinct()
            .Select(row => Counts(row.Path, row.Shape, p => (p.Path, p.Shape) == row)).ToList();
        rows.Add(Counts("all that are trained", "", p => p.Trained));
        if (variants.Any(v => v.Parameters.Any(p => !p.Trained)))
        {
            rows.Add(Counts("all that are frozen", "", p => !p.Trained));
        }

        rows.Add(new(["objective of the batch", "", .. variants.Select(v => Cell(v.First))]));
        return new(
            "Dry run: parameters of each variant, after one step",
            [new(["parameter", "shape", .. variants.Select(v => v.Name)], TextColumns: 2, rows)],
            [
                .. variants.GroupBy(v => string.Join(", ", v.Inputs), v => v.Name)
                    .Select(g => $"One step was made with inputs [{g.Key}] by {string.Join(", ", g)}."),
                .. Solved(), "Nothing was written.",
            ]);

        Row Counts(string name, string shape, Func<CheckedParameter, bool> which) =>
            new([name, shape, .. variants.Select(v => Count(v.Parameters.Where(which).Sum(p => p.Count)))]);
    }

    private Section Learnt(IReadOnlyList<CheckedVariant> variants)
    {
        var metric = Metric.For(run.Experiment.Tasks);
        var steps = options.Epochs ?? OverfitSteps;
        return new(
            "Training on one batch: a check, and not a result",
            [
                new(
                    ["variant", "rows", "objective, first step", "objective, last step", $"{metric.Name} on the batch"],
                    TextColumns: 1,
                    [
                        .. variants.Select(v => new Row(
                            v.Name, Count(v.Inputs[0]), Cell(v.First), Cell(v.Last),
                            v.Error is { } error ? metric.Text(error) : Numbers.None)),
                    ]),
            ],
            [
                $"Each variant made {Words.Count(steps, "step")} on a batch of training rows, without a schedule, and is measured on the "
                    + "same rows: an error that stays large says that the network cannot learn them, "
                    + "and a small one nothing about other rows.",
                .. Solved(), "Nothing was written.",
            ]);
    }

    private IEnumerable<string> Solved() => run.Variants.Where(v => v.Descriptor.Fitted)
        .Select(v => $"{v.Descriptor.Name} is solved exactly, without steps, and was not checked.");

    private static Reporting.Sections.Cell Count(long count) => CheckedLayers.Count(count);

    private static Reporting.Sections.Cell Cell(double value) => new(Numbers.Significant(value)) { Value = value };

    /// <summary>A parameter of a network.</summary>
    private sealed record CheckedParameter(string Path, string Shape, long Count, bool Trained);

    /// <summary>What a variant did with a batch.</summary>
    private sealed record CheckedVariant(
        string Name, long[] Inputs, IReadOnlyList<CheckedLayer> Layers, IReadOnlyList<CheckedParameter> Parameters,
        double First, double Last, double? Error);
}
