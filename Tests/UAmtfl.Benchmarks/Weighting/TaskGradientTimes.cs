using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>The gradients of all tasks with respect to a trunk's parameters: by one batched backward pass, and by one call of
/// autograd.grad a task, which is how it is usually written.</summary>
/// <param name="results">Takes the verdicts.</param>
/// <param name="budget">How long the comparison measures.</param>
internal sealed class TaskGradientTimes(Results results, TimeSpan budget)
{
    private const int Tasks = 40, Samples = 100;

    /// <summary>784-500-40, batches of 100.</summary>
    public void Perceptron()
    {
        using var scope = NewDisposeScope();
        var network = new SharedPerceptron(Tasks, Samples, ScalarType.Float32);
        Memory(network);
        RequireEqualWork();
        var rounds = Rounds.Measure([Repeat(network.Plain), Repeat(network.OneByOneGramian), Repeat(network.BatchedGramian), Repeat(network.OneByOne), Repeat(network.Batched)], 100, budget);
        Results.Title($"task gradients of 784-500-{Tasks} with respect to the trunk, batches of {Samples} ({rounds.Count} rounds)");
        Results.ShowTime("one backward pass from the sum", rounds.Median(0));
        Results.ShowTime($"inner products: {Tasks} calls, then JJᵀ", rounds.Median(1));
        Results.ShowTime("inner products: batched", rounds.Median(2));
        Results.ShowTime($"J [{Tasks}, {network.Shared.Sum(p => p.numel())}]: {Tasks} calls", rounds.Median(3));
        Results.ShowTime("J: batched", rounds.Median(4));
        results.AtLeast("inner products: calls / batched", rounds.Ratio(1, 2), 3);
        Results.Show("J: calls / batched", FormattableString.Invariant($"{rounds.Ratio(3, 4).Median:0.00} x"), "the same arithmetic for the weights");
    }

    /// <summary>Measured in this order and before all else, since a process's peak never falls.</summary>
    private void Memory(SharedPerceptron network)
    {
        Results.Title($"peak memory of the process, gradients of 784-500-{Tasks} with respect to the trunk");
        var before = Peak(() => { });
        var plain = Peak(network.Plain);
        var gramian = Peak(() => network.BatchedGramian());
        var jacobian = Peak(() => network.Batched());
        var calls = Peak(() => network.OneByOneGramian());
        Results.Show("before", Megabytes(before));
        Results.Show("one backward pass from the sum", Megabytes(plain));
        Results.Show("inner products: batched", Megabytes(gramian));
        Results.Show("J: batched", Megabytes(jacobian));
        Results.Show($"inner products: {Tasks} calls, then JJᵀ", Megabytes(calls));
        var ratio = gramian / plain;
        results.Verdict("inner products, batched / one pass", FormattableString.Invariant($"{ratio:0.00} x"), "", "at most 2 x", ratio <= 2);
    }

    private static double Peak(Action action)
    {
        Repeat(action)(20);
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static string Megabytes(double bytes) => FormattableString.Invariant($"{bytes / 1048576:0.0} MB");

    private static void RequireEqualWork()
    {
        using var scope = NewDisposeScope();
        var exact = new SharedPerceptron(Tasks, Samples, ScalarType.Float64);
        var wanted = exact.OneByOne();
        Require("the batched gradients", exact.Batched(), wanted, 1e-12);
        Require("the batched inner products", exact.BatchedGramian(), wanted.mm(wanted.t()), 1e-12);
        var network = new SharedPerceptron(Tasks, Samples, ScalarType.Float32);
        Require("the batched gradients, in single precision,", network.Batched(), wanted, 1e-4);
        Require("the batched inner products, in single precision,", network.BatchedGramian(), wanted.mm(wanted.t()), 1e-4);
    }

    private static void Require(string what, Tensor values, Tensor wanted, double tolerance)
    {
        var error = ((values.to(ScalarType.Float64) - wanted).abs().max() / wanted.abs().max()).item<double>();
        if (!(error <= tolerance))
        {
            throw new UAmtflException(FormattableString.Invariant($"784-500-{Tasks}: {what} are off by {error:0.0e0} of the largest number: not equal work"));
        }
    }

    private static Action<int> Repeat(Func<Tensor> compute) => Repeat(() => compute().Dispose());

    private static Action<int> Repeat(Action action) => repetitions =>
    {
        for (var i = 0; i < repetitions; i++)
        {
            using var scope = NewDisposeScope();
            action();
        }
    };
}
