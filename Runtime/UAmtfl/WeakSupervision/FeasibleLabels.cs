using UAmtfl.Data;

namespace UAmtfl.WeakSupervision;

/// <summary>The label vectors that tasks can have together: the set Y of Ratner et al. 2019. Tasks that nothing connects have a set
/// each.</summary>
public sealed class FeasibleLabels
{
    /// <summary>The largest number of label vectors of one set.</summary>
    public const int Most = 4096;

    private readonly Lazy<IReadOnlyList<int[]>> vectors;

    private FeasibleLabels(IReadOnlyList<int> tasks, IReadOnlyList<int> classes, Func<IEnumerable<int[]>> vectors)
    {
        (Tasks, Classes) = (tasks, classes);
        this.vectors = new(() =>
        {
            try
            {
                return [.. vectors()];
            }
            catch (Exception error) when (error is not UAmtflException)
            {
                throw new DataException($"the method Feasible throws {DatasetLoader.Describe(error, assembly: null)}", error);
            }
        });
    }

    /// <summary>The columns of the tasks in the labels of the data set, [t].</summary>
    public IReadOnlyList<int> Tasks { get; }

    /// <summary>The number of classes of each task, [t].</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>The feasible vectors, each with the class 0, 1, … of each task, [k][t].</summary>
    /// <exception cref="DataException">No vector is feasible.</exception>
    public IReadOnlyList<int[]> Vectors => vectors.Value is { Count: > 0 } some ? some
        : throw new DataException("no label vector is feasible: the method Feasible returns false for all of them");

    /// <summary>Makes the set of given vectors.</summary>
    /// <param name="tasks">The columns of the tasks, [t].</param>
    /// <param name="classes">The number of classes of each task, [t].</param>
    /// <param name="vectors">The feasible vectors, [k][t].</param>
    public static FeasibleLabels Of(int[] tasks, int[] classes, int[][] vectors) => new(tasks, classes, () => vectors);

    /// <summary>Makes the set of all combinations of classes, the last task changing fastest.</summary>
    /// <param name="tasks">The columns of the tasks, [t].</param>
    /// <param name="classes">The number of classes of each task, [t]; their product is at most <see cref="Most"/>.</param>
    public static FeasibleLabels All(int[] tasks, int[] classes) => new(tasks, classes, () => Combinations(classes));

    /// <summary>Keeps the vectors that a condition allows. It is asked when the vectors are first needed.</summary>
    /// <param name="condition">The condition on a vector [t].</param>
    public FeasibleLabels Where(Func<int[], bool> condition) => new(Tasks, Classes, () => vectors.Value.Where(condition));

    /// <summary>Returns a number of the votes of a source on the tasks of the set, 0 if it abstains on all.</summary>
    /// <param name="votes">The votes on all tasks, [T], −1 where it abstains.</param>
    internal long Code(ReadOnlySpan<short> votes)
    {
        var code = 0L;
        for (var t = 0; t < Tasks.Count; t++)
        {
            code = (code * (Classes[t] + 1)) + votes[Tasks[t]] + 1;
        }

        return code;
    }

    /// <summary>Returns the votes of a source on the tasks of the set, [t].</summary>
    /// <param name="votes">The votes on all tasks, [T], −1 where it abstains.</param>
    internal int[] Own(ReadOnlySpan<short> votes)
    {
        var own = new int[Tasks.Count];
        for (var t = 0; t < own.Length; t++)
        {
            own[t] = votes[Tasks[t]];
        }

        return own;
    }

    /// <summary>Returns the set of the classes of one task.</summary>
    /// <param name="task">The place of the task in the vectors.</param>
    internal FeasibleLabels Alone(int task) => All([Tasks[task]], [Classes[task]]);

    private static IEnumerable<int[]> Combinations(int[] classes)
    {
        var count = classes.Aggregate(1, (product, k) => product * k);
        for (var i = 0; i < count; i++)
        {
            var vector = new int[classes.Length];
            for (var (t, rest) = (classes.Length - 1, i); t >= 0; rest /= classes[t], t--)
            {
                vector[t] = rest % classes[t];
            }

            yield return vector;
        }
    }
}
