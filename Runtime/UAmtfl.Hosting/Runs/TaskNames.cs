using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>Converts arrays of values of the tasks, in the order of declaration, into objects with a key for each task, and
/// back.</summary>
/// <param name="tasks">The tasks, in any order.</param>
internal sealed class TaskNames(TaskSet tasks)
{
    /// <summary>The names of the tasks, in the order of their declaration [T].</summary>
    public IReadOnlyList<string> All { get; } = [.. tasks.Declared.Tasks.Select(t => t.Name)];

    /// <summary>Converts an array into an object with a key for each task; an empty array becomes an empty object.</summary>
    /// <param name="values">[T], or empty.</param>
    public Dictionary<string, T> Object<T>(IReadOnlyList<T> values)
    {
        var named = new Dictionary<string, T>(values.Count);
        for (var t = 0; t < values.Count; t++)
        {
            named.Add(All[t], values[t]);
        }

        return named;
    }

    /// <summary>Converts an object with a key for each task into an array, [T]; an empty object becomes an empty array.</summary>
    /// <param name="named">The values by the name of the task.</param>
    /// <exception cref="InvalidDataException">A task is missing.</exception>
    public T[] Array<T>(IReadOnlyDictionary<string, T> named) => named.Count == 0
        ? []
        : [
            .. All.Select(name => named.TryGetValue(name, out var value)
                ? value
                : throw new InvalidDataException($"task {name} is missing")),
        ];

    /// <summary>True if each epoch of a curve has a value for each task.</summary>
    /// <param name="curve">[epochs][values].</param>
    public bool Fits(double[][] curve) => curve.Length > 0 && curve.All(epoch => epoch.Length == All.Count);
}
