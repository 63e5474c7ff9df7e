using System.Collections.Concurrent;
using TorchSharp;
using UAmtfl.Descriptors;

namespace UAmtfl.Hosting;

/// <summary>The program as a worker: trains the cells that standard input names, until it ends.</summary>
internal static class Worker
{
    /// <summary>How long a worker whose parent has no more for it may take to end by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    /// <summary>Works until standard input ends.</summary>
    /// <param name="experiments">The program's experiments.</param>
    /// <param name="path">The run folder.</param>
    /// <param name="parent">The process that started it.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<ExperimentDescriptor> experiments, string path, int parent)
    {
        ParentWatch.Begin(parent);

        // A terminal sends Ctrl-C to the whole group, and so does timeout with SIGTERM; it is the parent who decides.
        using var ignored = StopSignals.Ignore();
        using var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);

        var folder = RunFolder.Open(path, out var manifest);
        var trainer = new CellTrainer(manifest.Resolve(experiments), manifest, folder, CellTrainer.TrainWithTorch);
        torch.set_num_threads(manifest.Threads);

        using var orders = new BlockingCollection<Cell>();
        using var parentGone = new CancellationTokenSource();
        new Thread(() => ReadOrders(orders, parentGone)) { IsBackground = true }.Start();
        try
        {
            Work(orders, trainer, output, parentGone.Token);
            return ExitCode.Success;
        }
        catch (IOException) when (parentGone.IsCancellationRequested)
        {
            return ExitCode.Failure;
        }
    }

    /// <summary>Trains, on the main thread.</summary>
    private static void Work(BlockingCollection<Cell> orders, CellTrainer trainer, Stream output, CancellationToken parentGone)
    {
        foreach (var cell in orders.GetConsumingEnumerable())
        {
            var outcome = trainer.Train(cell, epoch => WorkerProtocol.Write(output, new(WorkerMessageKind.Epoch, Epoch: epoch)), parentGone);
            if (outcome.Details is not null)
            {
                Console.Error.WriteLine($"{cell}: {outcome.Details}");
            }

            WorkerProtocol.Write(output, new(WorkerMessageKind.Ended, Outcome: outcome));
        }
    }

    /// <summary>Reads orders until standard input ends, because the parent has no more, or is no more.</summary>
    private static void ReadOrders(BlockingCollection<Cell> orders, CancellationTokenSource parentGone)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), WorkerProtocol.Encoding);
        while (input.ReadLine() is { } line)
        {
            orders.Add(WorkerProtocol.ReadOrder(line));
        }

        parentGone.Cancel();
        orders.CompleteAdding();

        // Training looks at the token once a step. What takes longer is not waited for: nothing that it made would be used.
        Thread.Sleep(Grace);
        ParentWatch.EndAtOnce();
    }
}
