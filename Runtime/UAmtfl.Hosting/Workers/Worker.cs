using System.Collections.Concurrent;
using TorchSharp;
using UAmtfl.Descriptors;

namespace UAmtfl.Hosting;

/// <summary>Runs the program as a worker, which trains the cells that standard input names until the input ends.</summary>
internal static class Worker
{
    /// <summary>The time that a worker may take to end by itself after its input has ended.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    /// <summary>Trains cells until standard input ends.</summary>
    /// <param name="experiments">The program's experiments.</param>
    /// <param name="path">The run folder.</param>
    /// <param name="parent">The identifier of the process that started the worker.</param>
    /// <param name="limit">The time limit of the run.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<ExperimentDescriptor> experiments, string path, int parent, TimeLimit limit)
    {
        ParentWatch.Begin(parent);

        // Signals are ignored, because a terminal sends Ctrl-C to the whole group, as timeout does with SIGTERM, and the parent decides.
        using var ignored = StopSignals.Ignore();
        using var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);

        using var folder = RunFolder.Open(path, out var manifest);
        using var mark = folder.MarkWorker();
        var trainer = new CellTrainer(manifest.Resolve(experiments), manifest, folder, CellTrainer.TrainWithTorch, limit);
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

    /// <summary>Trains the ordered cells on the main thread.</summary>
    private static void Work(BlockingCollection<Cell> orders, CellTrainer trainer, Stream output, CancellationToken parentGone)
    {
        foreach (var cell in orders.GetConsumingEnumerable())
        {
            var outcome = trainer.Train(
                cell, epoch => WorkerProtocol.Write(output, new(WorkerMessageKind.Epoch, Epoch: epoch)), parentGone);
            if (outcome.Details is not null)
            {
                Console.Error.WriteLine($"{cell}: {outcome.Details}");
            }

            WorkerProtocol.Write(output, new(WorkerMessageKind.Ended, Outcome: outcome));
        }
    }

    /// <summary>Reads orders until standard input ends, which means that the parent has no more orders or has died.</summary>
    private static void ReadOrders(BlockingCollection<Cell> orders, CancellationTokenSource parentGone)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), WorkerProtocol.Encoding);
        while (input.ReadLine() is { } line)
        {
            orders.Add(WorkerProtocol.ReadOrder(line));
        }

        parentGone.Cancel();
        orders.CompleteAdding();

        // Training checks the token once in each step. Longer work is not awaited, because nobody would use its result.
        Thread.Sleep(Grace);
        ParentWatch.EndAtOnce();
    }
}
