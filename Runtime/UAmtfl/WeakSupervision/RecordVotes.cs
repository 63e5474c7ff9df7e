using System.Runtime.CompilerServices;
using UAmtfl.Data;

namespace UAmtfl.WeakSupervision;

/// <summary>Calls labelling functions, a user's code, on the records of rows.</summary>
internal static class RecordVotes
{
    /// <summary>The votes by the list of records, so that functions are called once if a data set keeps its records.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<object>, Dictionary<IReadOnlyList<LabellingFunction>, Votes>> Known = new();

    /// <summary>Returns the votes of all functions on all records. Functions run in parallel.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="records">The records [N].</param>
    /// <param name="tasks">The names of the tasks, in the order of the columns.</param>
    /// <param name="classes">The number of classes of each task, [T].</param>
    /// <exception cref="DataException">A function throws, or returns a label that is no class of its task.</exception>
    public static Votes Of(
        IReadOnlyList<LabellingFunction> functions, IReadOnlyList<object> records, IReadOnlyList<string> tasks, IReadOnlyList<int> classes)
    {
        var known = Known.GetOrCreateValue(records);
        lock (known)
        {
            return known.TryGetValue(functions, out var votes) ? votes : known[functions] = Cast(functions, records, tasks, classes);
        }
    }

    private static Votes Cast(
        IReadOnlyList<LabellingFunction> functions, IReadOnlyList<object> records, IReadOnlyList<string> tasks, IReadOnlyList<int> classes)
    {
        var values = new short[records.Count * functions.Count * tasks.Count];
        Array.Fill(values, Votes.Abstains);
        var wrong = new DataException?[records.Count];
        Parallel.For(0, records.Count, row =>
        {
            Span<int?> labels = stackalloc int?[tasks.Count];
            foreach (var (f, function) in functions.Index())
            {
                wrong[row] ??= Call(function, records[row], row, labels);
                for (var t = 0; t < function.Tasks.Count && wrong[row] is null; t++)
                {
                    var column = function.Tasks[t];
                    if (labels[t] is { } label)
                    {
                        wrong[row] = label >= 0 && label < classes[column] ? null
                            : Votes.Wrong(new(function.Name, function.Tasks), tasks[column], classes[column], true, label, row);
                        values[(((row * functions.Count) + f) * tasks.Count) + column] = (short)label;
                    }
                }
            }
        });
        return Array.Find(wrong, w => w is not null) is { } first ? throw first
            : new(records.Count, functions.Count, tasks.Count, values);
    }

    private static DataException? Call(LabellingFunction function, object? record, int row, Span<int?> labels)
    {
        if (record is null)
        {
            return new($"record {row} of the training set (records count from 0) is null: give one for each row");
        }

        try
        {
            function.Vote(record, labels);
            return null;
        }
        catch (InvalidCastException error)
        {
            return new(
                $"labelling function '{function.Name}' cannot read record {row} of the training set (records count from 0), which is of "
                + $"type {record.GetType().Name}: give Records of the type of its parameter, or mend a cast in it",
                error);
        }
        catch (Exception error) when (error is not UAmtflException)
        {
            return new(
                $"labelling function '{function.Name}' throws on training row {row} (rows count from 0) "
                + DatasetLoader.Describe(error, assembly: null),
                error);
        }
    }
}
