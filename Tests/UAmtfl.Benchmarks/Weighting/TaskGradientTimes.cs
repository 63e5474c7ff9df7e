using System.Diagnostics;
using static TorchSharp.torch;

namespace UAmtfl.Benchmarks;

/// <summary>Compares two ways to compute the gradients of all tasks with respect to the trunk's parameters: one batched backward pass,
/// and one call of autograd.grad for each task, which is how it is usually written.</summary>
/// <param name="results">Prints the results.</param>
/// <param name="budget">How long the comparison measures.</param>
internal sealed class TaskGradientTimes(Results results, TimeSpan budget) : IComparison
{
    private const int Tasks = 40, Samples = 100;

    /// <inheritdoc/>
    public void Check()
    {
        using var scope = NewDisposeScope();
        RequireEqualWork(new SharedPerceptron(Tasks, Samples, ScalarType.Float32));
        Results.Checked($"task gradients of 784-500-{Tasks}", 4);
    }

    /// <summary>Times both ways, and compares their peak memory, for 784-500-40 with batches of 100.</summary>
    public void Measure()
    {
        using var scope = NewDisposeScope();
        var network = new SharedPerceptron(Tasks, Samples, ScalarType.Float32);
        Memory(network);
        var (batched, calls) = RequireEqualWork(network);
        var rounds = Rounds.Measure(
            [
                Repeat(network.Plain), Repeat(network.OneByOneGramian), Repeat(network.BatchedGramian), Repeat(network.OneByOne),
                Repeat(network.Batched),
            ],
            100,
            budget);
        Results.Title($"task gradients of 784-500-{Tasks} with respect to the trunk, batches of {Samples} ({rounds.Count} rounds)");
        Results.ShowTime("one backward pass from the sum", rounds.Median(0));
        Results.ShowTime($"inner products: {Tasks} calls, then JJᵀ", rounds.Median(1));
        Results.ShowTime("inner products: batched", rounds.Median(2));
        Results.ShowTime($"J [{Tasks}, {network.Shared.Sum(p => p.numel())}]: {Tasks} calls", rounds.Median(3));
        Results.ShowTime("J: batched", rounds.Median(4));
        Results.Show("rounding error of inner products: calls", Scientific(calls), "of the largest, against double precision");
        Results.Show("rounding error of inner products: batched", Scientific(batched));
        results.AtLeast("inner products: calls / batched", rounds.Ratio(1, 2), 3);
        Results.Show(
            "J: calls / batched",
            FormattableString.Invariant($"{rounds.Ratio(3, 4).Median:0.00} x"),
            "the same arithmetic for the weights");
    }

    /// <summary>Measures peak memory from the cheapest way to the dearest, before all timing, because the peak of a process never
    /// falls.</summary>
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
        results.Verdict(
            "inner products, batched / one pass", FormattableString.Invariant($"{ratio:0.00} x"), "", "at most 2 x", ratio <= 2);
    }

    private static double Peak(Action action)
    {
        Repeat(action)(20);
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static string Megabytes(double bytes) => FormattableString.Invariant($"{bytes / 1048576:0.0} MB");

    /// <summary>Checks the batched gradients in double precision and in single precision.</summary>
    /// <returns>The largest errors of the inner products in single precision, by either way, relative to the largest inner
    /// product.</returns>
    private static (double Batched, double Calls) RequireEqualWork(SharedPerceptron network)
    {
        using var scope = NewDisposeScope();
        var exact = new SharedPerceptron(Tasks, Samples, ScalarType.Float64);
        var jacobian = exact.OneByOne();
        var gramian = jacobian.mm(jacobian.t());
        Require("the batched gradients", exact.Batched(), jacobian, 1e-12);
        Require("the batched inner products", exact.BatchedGramian(), gramian, 1e-12);
        Require("the batched gradients, in single precision,", network.Batched(), jacobian, 1e-4);
        return (
            Require("the batched inner products, in single precision,", network.BatchedGramian(), gramian, 1e-4),
            Require("the inner products of calls, in single precision,", network.OneByOneGramian(), gramian, 1e-4));
    }

    private static double Require(string what, Tensor values, Tensor wanted, double tolerance)
    {
        var error = ((values.to(ScalarType.Float64) - wanted).abs().max() / wanted.abs().max()).item<double>();
        return error <= tolerance
            ? error
            : throw new UAmtflException($"784-500-{Tasks}: {what} are off by {Scientific(error)} of the largest number: not equal work");
    }

    private static string Scientific(double number) => FormattableString.Invariant($"{number:0.0e0}");

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
