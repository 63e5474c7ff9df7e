using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Files;
using UAmtfl.Models;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Trains one cell of a run; it is <see cref="CellTrainer.TrainWithTorch"/> except in tests.</summary>
internal delegate CellResult TrainCell(
    ExperimentDescriptor experiment,
    ResolvedVariant variant,
    Cell cell,
    RunManifest manifest,
    CellJournal? journal,
    Action<EpochRecord> epochEnded,
    CancellationToken cancellation);

/// <summary>Trains cells on the calling thread and writes their folders.</summary>
/// <param name="run">The run.</param>
/// <param name="manifest">The record of the run, with the device and the data folder.</param>
/// <param name="folder">The run folder.</param>
/// <param name="train">Trains a cell.</param>
/// <param name="limit">The time at which a training stops after its epoch; null for none.</param>
internal sealed class CellTrainer(ResolvedRun run, RunManifest manifest, RunFolder folder, TrainCell train, TimeLimit? limit = null)
{
    /// <summary>Trains a cell and writes its folder.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="epochEnded">Called after each epoch.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <returns>The outcome; a failure of the cell does not throw.</returns>
    public CellOutcome Train(Cell cell, Action<EpochProgress> epochEnded, CancellationToken cancellation)
    {
        var files = folder.Cell(cell);
        try
        {
            using var journal = CellJournal.Open(
                files, cell, run.Experiment.Tasks, new(manifest.CheckpointEvery, TimeProvider.System), limit ?? TimeLimit.None);
            var variant = run[cell.Variant] with { StartFile = StartFile(cell) };
            var result = train(run.Experiment, variant, cell, manifest, journal, Record, cancellation);
            journal.Complete();
            files.Finish(result with { Files = [.. result.Files.Except(manifest.DataFiles)] }, run.Experiment.Tasks);
            journal.Discard();
            return new(CellEnd.Finished, result.OverallError, result.Seconds);

            void Record(EpochRecord epoch)
            {
                journal.Write(epoch);
                var before = (epoch.Point ?? 0) * run[cell.Variant].Plan.Epochs;
                epochEnded(new(before + epoch.Epoch, epoch.Objective, epoch.ValidationError));
            }
        }
        catch (TimeLimitException)
        {
            return new(CellEnd.OutOfTime);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new(CellEnd.Stopped);
        }
        catch (Exception failure)
        {
            var end = failure switch
            {
                DataException => CellEnd.DataFault,
                OutputException => CellEnd.OutputFault,
                _ => CellEnd.Failed,
            };
            return new(end, Message: ErrorLines.OneLine(failure), Details: failure.ToString());
        }
        finally
        {
            // Free the large objects that the data set was loaded into. Otherwise they wait for a full collection, which may not happen
            // for many cells, and each cell adds to them.
            GC.Collect();
        }
    }

    /// <summary>Trains a cell with libtorch.</summary>
    public static CellResult TrainWithTorch(
        ExperimentDescriptor experiment,
        ResolvedVariant variant,
        Cell cell,
        RunManifest manifest,
        CellJournal? journal,
        Action<EpochRecord> epochEnded,
        CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var terms = ResolvedVariant.Terms(variant) with { Before = manifest.DataFiles };
        var request = new DataRequest(manifest.DataFolder, cell.Seed, manifest.DatasetOptions);
        var data = CellData.Load(experiment, request, torch.device(manifest.Device), terms);
        var start = variant.StartFile is { } file ? StartingWeights.Read(file, new(null, manifest.DataFiles)) : null;
        return variant.Points.Count == 0
            ? Train(variant.Bound, epochEnded, null)
            : GridSearch.Run(
                variant.Points,
                i => Train(variant.At(variant.Points[i]), epoch => epochEnded(epoch with { Point = i }), i),
                journal?.Search,
                search => journal?.PointEnded(search));

        CellResult Train(BoundVariant bound, Action<EpochRecord> ended, int? point) => CellRunner.Run(
            experiment, variant.Descriptor, bound, variant.Plan, data, ended, cancellation, journal?.Of(point, bound.Values), start);
    }

    private string? StartFile(Cell cell) => run.Parent(cell) is { } parent
        ? Path.Combine(folder.Cell(parent).FullPath, ModelFiles.TensorsName)
        : StartFiles.Of(run, cell);
}
