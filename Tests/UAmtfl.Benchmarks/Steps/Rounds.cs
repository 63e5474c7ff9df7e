using System.Diagnostics;
using UAmtfl.Training;

namespace UAmtfl.Benchmarks;

/// <summary>Times alternatives in rounds. In each round every alternative has a turn of about the same length, in reverse order in every
/// second round, so that other load of the machine affects all of them alike.</summary>
internal sealed class Rounds
{
    /// <summary>The number of bytes that a turn may allocate without a garbage collection. It is large because a loop over a thousand
    /// heads allocates megabytes in each step.</summary>
    public const long Allocations = 128 << 20;

    private const int Least = 9;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(60);

    private readonly List<double>[] times;

    private Rounds(int alternatives) => times = [.. Enumerable.Range(0, alternatives).Select(_ => new List<double>())];

    /// <summary>The number of rounds that were made.</summary>
    public int Count => times[0].Count;

    /// <summary>Warms up all alternatives, then times them in rounds.</summary>
    /// <param name="actions">The alternatives; each takes the number of repetitions in a turn.</param>
    /// <param name="most">The largest number of repetitions in a turn.</param>
    /// <param name="budget">How long to measure; at least nine rounds are made.</param>
    public static Rounds Measure(IReadOnlyList<Action<int>> actions, int most, TimeSpan budget)
    {
        var rounds = new Rounds(actions.Count);
        var repetitions = actions.Select(action => Repetitions(action, most)).ToArray();
        var watch = Stopwatch.StartNew();
        while (rounds.Count < Least || watch.Elapsed < budget)
        {
            var reverse = rounds.Count % 2 == 1;
            for (var i = 0; i < actions.Count; i++)
            {
                var turn = reverse ? actions.Count - 1 - i : i;
                rounds.times[turn].Add(Time(actions[turn], repetitions[turn]));
            }
        }

        return rounds;
    }

    /// <summary>The median time of an alternative, in seconds.</summary>
    public double Median(int alternative) => Quantile(times[alternative], 0.5);

    /// <summary>The quartiles of the ratio of one alternative's time to another's, each ratio taken within a round.</summary>
    public Spread Ratio(int alternative, int other)
    {
        var ratios = times[alternative].Zip(times[other], (a, b) => a / b).ToList();
        return new(Quantile(ratios, 0.25), Quantile(ratios, 0.5), Quantile(ratios, 0.75));
    }

    private static int Repetitions(Action<int> action, int most)
    {
        action(1);
        action(1);
        return (int)Math.Clamp(Math.Round(Turn.TotalSeconds / Time(action, 1)), 1, most);
    }

    private static double Time(Action<int> action, int repetitions)
    {
        using var pause = new CollectionPause(Allocations);
        var start = Stopwatch.GetTimestamp();
        action(repetitions);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repetitions;
    }

    private static double Quantile(List<double> values, double q)
    {
        var sorted = values.Order().ToList();
        var position = q * (sorted.Count - 1);
        var low = (int)position;
        return sorted[low] + ((position - low) * (sorted[Math.Min(low + 1, sorted.Count - 1)] - sorted[low]));
    }
}

/// <summary>The quartiles of a measured quantity.</summary>
internal readonly record struct Spread(double Lower, double Median, double Upper);
