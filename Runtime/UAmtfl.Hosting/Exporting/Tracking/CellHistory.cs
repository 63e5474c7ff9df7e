using System.Globalization;

namespace UAmtfl.Hosting;

/// <summary>The numbers of a finished cell, by epoch, as programs that track experiments take them. Values that are not finite are left
/// out, because those programs cannot draw them.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Started">The start, in UTC. Cells record how long epochs take and not when they begin, so it is that of the run.</param>
/// <param name="Ended">The end, in UTC: the start and the seconds of all epochs.</param>
/// <param name="Scalars">The numbers in the order of epochs.</param>
internal sealed record CellHistory(Cell Cell, DateTime Started, DateTime Ended, IReadOnlyList<Scalar> Scalars)
{
    /// <summary>Reads the finished cells of a run.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="manifest">The record of the run.</param>
    /// <exception cref="UAmtflException">No cell is finished, or a file is missing or damaged.</exception>
    public static IReadOnlyList<CellHistory> Read(RunFolder folder, RunManifest manifest)
    {
        List<CellHistory> cells =
        [
            .. Cell.All(manifest.Variants.Select(v => v.Name), manifest.Seeds)
                .Where(cell => folder.Cell(cell).IsFinished)
                .Select(cell => Read(cell, folder.Cell(cell), manifest.Started)),
        ];
        return cells.Count > 0 ? cells
            : throw new UAmtflException($"no cell of {folder.FullPath} is finished: run --resume {folder.FullPath} goes on with it");
    }

    private static CellHistory Read(Cell cell, CellFolder files, DateTime started)
    {
        var (scalars, time, last) = (new List<Scalar>(), started, 0);
        var seconds = EpochTimings.All(files.TimingsFile).ToLookup(t => (t.Point, t.Epoch), t => t.Seconds);
        foreach (StoredEpoch epoch in files.ReadEpochs())
        {
            time = time.AddSeconds(seconds[(epoch.Point, epoch.Epoch)].LastOrDefault());
            var prefix = epoch.Point is { } point ? string.Create(CultureInfo.InvariantCulture, $"search-{point}/") : "";
            Add(prefix, epoch.Epoch, time, Numbers(epoch));
            last = epoch.Epoch;
        }

        Add("", last, time, Numbers(files.ReadStored()));
        return new(cell, started, time, scalars);

        void Add(string prefix, int step, DateTime at, IEnumerable<(string Tag, double Value)> numbers) => scalars.AddRange(
            numbers.Where(n => double.IsFinite(n.Value)).Select(n => new Scalar(prefix + n.Tag, step, at, n.Value)));
    }

    private static IEnumerable<(string Tag, double Value)> Numbers(StoredEpoch epoch) =>
        [
            ("learning rate", epoch.LearningRate),
            ("objective", epoch.Objective),
            .. Of("validation error", epoch.ValidationError),
            .. Of("validation relative error", epoch.ValidationRelativeError),
            .. ByTask("loss", epoch.TaskLosses),
            .. epoch.Traces.SelectMany(trace => ByTask(trace.Key, trace.Value)),
            .. (epoch.SharedTraces ?? []).SelectMany(trace =>
                trace.Value.Select((value, i) => (string.Create(CultureInfo.InvariantCulture, $"{trace.Key}/{i + 1}"), value))),
        ];

    private static IEnumerable<(string Tag, double Value)> Numbers(StoredResult result) =>
        [
            .. Of("test error", result.OverallError),
            ("test relative error", result.RelativeError),
            .. result.TaskMetrics.SelectMany(metric => ByTask($"test {metric.Key}", metric.Value)),
        ];

    private static IEnumerable<(string Tag, double Value)> Of(string tag, double? value) => value is { } number ? [(tag, number)] : [];

    private static IEnumerable<(string Tag, double Value)> ByTask(string tag, IReadOnlyDictionary<string, double> values) =>
        values.Select(value => ($"{tag}/{value.Key}", value.Value));
}
