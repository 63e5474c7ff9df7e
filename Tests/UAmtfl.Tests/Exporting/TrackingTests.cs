using System.Buffers.Binary;
using System.Text;
using UAmtfl.Hosting;
using UAmtfl.Tests.Training;
using UAmtfl.Training;

namespace UAmtfl.Tests.Exporting;

/// <summary>The numbers of a run are exported to TensorBoard and to MLflow, in the formats that those programs read.</summary>
public sealed class TrackingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunFolder run;
    private readonly RunManifest manifest;

    /// <summary>Makes a run of two variants, of which one is finished, with two epochs.</summary>
    public TrackingTests()
    {
        var options = new RunOptions { Experiment = Mixed.Descriptor.Name, Seeds = 1, Variants = ["Mtl", "Stl"] };
        var resolved = RunResolver.Resolve([Mixed.Descriptor], options, TestSettings.Configuration());
        manifest = RunManifest.Of(resolved, options, 0, DateTime.UnixEpoch.AddSeconds(1_000));
        run = RunFolder.Create(folder.Path, manifest);
        var cell = run.Cell(new("Mtl", 1));
        using (var metrics = cell.BeginMetrics(Mixed.Descriptor.Tasks))
        {
            metrics.Write(Epoch(1, 2.5));
            metrics.Write(Epoch(2, double.NaN));
            metrics.Complete();
        }

        File.WriteAllText(cell.TimingsFile, """
            {"epoch":1,"seconds":1.5,"liveTensors":1}
            {"epoch":2,"seconds":2,"liveTensors":1}

            """);
        cell.Finish(SavedModel.Train(Mixed.Descriptor, "Mtl"), Mixed.Descriptor.Tasks);
    }

    public void Dispose()
    {
        run.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void TheEventsAreReadBackWithTheirChecksums()
    {
        TensorBoardFile.Write(folder.File("board"), CellHistory.Read(run, manifest));
        var file = Assert.Single(Directory.GetFiles(folder.File("board"), "*", SearchOption.AllDirectories));
        Assert.Equal(Path.Combine(folder.File("board"), "Mtl-1", "events.out.tfevents.1000.uamtfl"), file);
        var events = Records(File.ReadAllBytes(file)).Select(Event.Read).ToList();
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal([1000, 1001.5, 1003.5], events.Select(e => e.Time).Distinct());
        var objective = Assert.Single(events, e => e.Values.ContainsKey("objective"));   // that of the second epoch is not finite
        Assert.Equal((1, 2.5f), (objective.Step, objective.Values["objective"]));
        var task = Mixed.Descriptor.Tasks.Tasks[0].Name;
        Assert.Equal([1f, 1f], events.Where(e => e.Values.ContainsKey($"loss/{task}")).Select(e => e.Values[$"loss/{task}"]));
        Assert.Contains(events, e => e.Step == 2 && e.Values.ContainsKey("test relative error"));
    }

    [Fact]
    public void TheStoreHasTheLayoutOfMlflow()
    {
        var store = folder.File("mlruns");
        new MlflowStore(store, manifest, run.FullPath).Write(CellHistory.Read(run, manifest));
        var first = Contents(store);
        new MlflowStore(store, manifest, run.FullPath).Write(CellHistory.Read(run, manifest));
        Assert.Equal(first, Contents(store));   // a second export replaces the first

        var experiment = Assert.Single(Directory.GetDirectories(store));
        Assert.Matches("^[1-9][0-9]{17}$", Path.GetFileName(experiment));
        Assert.Contains($"name: '{Mixed.Descriptor.Name}'\n", File.ReadAllText(Path.Combine(experiment, "meta.yaml")));
        var runs = Directory.GetDirectories(experiment).ToDictionary(r => File.ReadAllText(Path.Combine(r, "tags", "mlflow.runName")));
        var (parent, cell) = (runs[Path.GetFileName(run.FullPath)], runs["Mtl-1"]);
        Assert.Equal(2, runs.Count);
        Assert.Equal(Path.GetFileName(parent), File.ReadAllText(Path.Combine(cell, "tags", "mlflow.parentRunId")));
        Assert.Equal("Mtl", File.ReadAllText(Path.Combine(cell, "params", "variant")));
        Assert.Equal(
            $"{manifest.Variants[0].Plan.Epochs}", File.ReadAllText(Path.Combine(cell, "params", "training.epochs")));
        Assert.Equal("1001500 2.5 1\n", File.ReadAllText(Path.Combine(cell, "metrics", "objective")));
        var task = Mixed.Descriptor.Tasks.Tasks[0].Name;
        Assert.Equal("1001500 1 1\n1003500 1 2\n", File.ReadAllText(Path.Combine(cell, "metrics", "loss", task)));
        var meta = File.ReadAllLines(Path.Combine(cell, "meta.yaml"))
            .Select(line => line.Split(": ", 2)).ToDictionary(p => p[0], p => p[1]);
        Assert.Equal(
            ("1000000", "1003500", "3", "active"), (meta["start_time"], meta["end_time"], meta["status"], meta["lifecycle_stage"]));
        Assert.Equal(Path.GetFileName(cell), meta["run_id"]);
    }

    [Fact]
    public void ARunWithoutAFinishedCellIsNamed()
    {
        Directory.Delete(run.Cell(new("Mtl", 1)).FullPath, recursive: true);
        var refused = Assert.Throws<UAmtflException>(() => CellHistory.Read(run, manifest));
        Assert.Equal($"no cell of {run.FullPath} is finished: run --resume {run.FullPath} goes on with it", refused.Message);
    }

    private static EpochRecord Epoch(int number, double objective) => new()
    {
        Epoch = number, LearningRate = 0.1, Objective = objective,
        TaskLosses = [.. Mixed.Descriptor.Tasks.Tasks.Select(_ => 1.0)], Traces = new Dictionary<string, double[]>(),
    };

    private static List<(string, string)> Contents(string store) =>
        [
            .. Directory.GetFiles(store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => (file, File.ReadAllText(file))),
        ];

    /// <summary>Splits an event file into its records and checks both checksums of each.</summary>
    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            var data = file.AsSpan(at + 12, length).ToArray();
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            yield return data;
            at += 16 + length;
        }
    }

    /// <summary>The masked CRC-32C of bytes, bit by bit from the polynomial 0x1EDC6F41.</summary>
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    /// <summary>An event as TensorBoard reads it.</summary>
    private sealed record Event(double Time, int Step, string? Version, IReadOnlyDictionary<string, float> Values)
    {
        public static Event Read(byte[] message)
        {
            var (time, step, version, values) = (0.0, 0, (string?)null, new Dictionary<string, float>());
            foreach (var (field, value) in Fields(message))
            {
                switch (field)
                {
                    case 1:
                        time = BinaryPrimitives.ReadDoubleLittleEndian(value);
                        break;
                    case 2:
                        step = (int)BinaryPrimitives.ReadUInt64LittleEndian(value);
                        break;
                    case 3:
                        version = Encoding.UTF8.GetString(value);
                        break;
                    case 5:
                        foreach (var (_, inner) in Fields(value))
                        {
                            var parts = Fields(inner).ToDictionary(f => f.Field, f => f.Value);
                            values.Add(Encoding.UTF8.GetString(parts[1]), BinaryPrimitives.ReadSingleLittleEndian(parts[2]));
                        }

                        break;
                    default:
                        Assert.Fail($"field {field} is none of an event's");
                        break;
                }
            }

            return new(time, step, version, values);
        }

        private static IEnumerable<(int Field, byte[] Value)> Fields(byte[] message)
        {
            for (var at = 0; at < message.Length;)
            {
                var tag = Varint(message, ref at);
                var length = (tag & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ => 0 };
                var value = length > 0 || (tag & 7) == 2
                    ? message.AsSpan(at, length).ToArray()
                    : BitConverter.GetBytes(Varint(message, ref at));
                at += length;
                yield return ((int)(tag >> 3), value);
            }
        }

        private static ulong Varint(byte[] message, ref int at)
        {
            var value = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var part = message[at++];
                value |= (ulong)(part & 0x7f) << shift;
                if (part < 0x80)
                {
                    return value;
                }
            }
        }
    }
}
