using System.Runtime.InteropServices;
using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.WeakSupervision;

/// <summary>The votes of weak sources on the rows of a data set.</summary>
/// <param name="Rows">The number of rows N.</param>
/// <param name="Sources">The number of sources m.</param>
/// <param name="Tasks">The number of tasks T.</param>
/// <param name="Values">[N · m · T], the class 0, 1, … that a source votes for on a task of a row, or −1 where it abstains.</param>
public sealed record Votes(int Rows, int Sources, int Tasks, short[] Values)
{
    /// <summary>The value of <see cref="Values"/> where a source abstains.</summary>
    public const short Abstains = -1;

    /// <summary>Reads votes from a tensor and checks them.</summary>
    /// <param name="votes">The votes [N, m, T] with NaN where a source abstains (<see cref="Samples.Votes"/>).</param>
    /// <param name="rows">The number of rows N of the inputs.</param>
    /// <param name="sources">The declared sources.</param>
    /// <param name="tasks">The names of the tasks, in the order of the columns.</param>
    /// <param name="classes">The number of classes of each task, [T]; 0 for a regression.</param>
    /// <exception cref="DataException">The shape is another, a vote is no class, or it is on a task that its source does not
    /// cover.</exception>
    public static Votes Of(
        Tensor votes, int rows, IReadOnlyList<WeakSource> sources, IReadOnlyList<string> tasks, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(votes);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(classes);
        if (votes.dtype != ScalarType.Float32 || !votes.shape.SequenceEqual([rows, sources.Count, tasks.Count]))
        {
            throw new DataException(
                $"the votes of the training set are {votes.dtype} of shape [{string.Join(", ", votes.shape)}]; {sources.Count} declared "
                + $"sources and {tasks.Count} tasks need Float32 of shape [{rows}, {sources.Count}, {tasks.Count}]");
        }

        using var scope = NewDisposeScope();
        var numbers = MemoryMarshal.Cast<byte, float>(votes.detach().cpu().contiguous().bytes);
        var values = new short[numbers.Length];
        var covered = sources.Select(s => tasks.Select((_, t) => s.Tasks.Contains(t)).ToArray()).ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            var (source, task) = (i / tasks.Count % sources.Count, i % tasks.Count);
            var vote = numbers[i];
            if (float.IsNaN(vote))
            {
                values[i] = Abstains;
            }
            else if (!covered[source][task] || !(vote >= 0 && vote < classes[task] && vote == MathF.Floor(vote)))
            {
                throw Wrong(sources[source], tasks[task], classes[task], covered[source][task], vote, i / tasks.Count / sources.Count);
            }
            else
            {
                values[i] = (short)vote;
            }
        }

        return new(rows, sources.Count, tasks.Count, values);
    }

    /// <summary>Returns the votes of these sources and, behind them, of others on the same rows.</summary>
    internal Votes And(Votes others)
    {
        var values = new short[Values.Length + others.Values.Length];
        var (own, further) = (Sources * Tasks, others.Sources * Tasks);
        for (var row = 0; row < Rows; row++)
        {
            Values.AsSpan(row * own, own).CopyTo(values.AsSpan(row * (own + further)));
            others.Values.AsSpan(row * further, further).CopyTo(values.AsSpan((row * (own + further)) + own));
        }

        return new(Rows, Sources + others.Sources, Tasks, values);
    }

    /// <summary>Returns the votes with those that they imply: a source that votes for a doctor votes for a person too, and for no place.
    /// It implies what all feasible vectors with its votes have in common.</summary>
    /// <param name="labels">The feasible vectors.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="tasks">The names of the tasks, in the order of the columns.</param>
    /// <exception cref="DataException">A source votes for labels that no feasible vector has together.</exception>
    internal Votes Completed(FeasibleLabels labels, IReadOnlyList<WeakSource> sources, IReadOnlyList<string> tasks)
    {
        var completed = (short[])Values.Clone();
        var known = new Dictionary<long, int[]>();
        for (var place = 0; place < Rows * Sources; place++)
        {
            var votes = Values.AsSpan(place * Tasks, Tasks);
            var code = labels.Code(votes);
            if (code == 0)
            {
                continue;
            }

            if (!known.TryGetValue(code, out var implied))
            {
                var own = labels.Own(votes);
                var agreeing = labels.Vectors.Where(y => VotingSource.Agree(own, y)).ToList();
                known[code] = implied = agreeing.Count > 0
                    ? [.. agreeing[0].Select((v, t) => agreeing.TrueForAll(y => y[t] == v) ? v : Abstains)]
                    : throw VotingSource.Infeasible(
                        sources[place % Sources].Name, own, place / Sources, [.. labels.Tasks.Select(t => tasks[t])]);
            }

            for (var t = 0; t < implied.Length; t++)
            {
                completed[(place * Tasks) + labels.Tasks[t]] = (short)implied[t];
            }
        }

        return this with { Values = completed };
    }

    /// <summary>Describes a vote that is not allowed in one line.</summary>
    internal static DataException Wrong(WeakSource source, string task, int classes, bool covered, double vote, int row) =>
        new(FormattableString.Invariant($"source '{source.Name}' votes {vote} on task {task} in training row {row} (rows count from 0); ")
            + (covered ? $"a vote must be a class, 0 to {classes - 1}, or NaN (from a function null) where the source abstains"
                : "the task is not among those that the source covers: add it to Tasks of [Source], or leave the vote out"));
}
