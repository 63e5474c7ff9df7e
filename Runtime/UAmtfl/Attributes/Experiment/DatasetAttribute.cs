using UAmtfl.Data;

namespace UAmtfl;

/// <summary>Names the data set of an experiment.</summary>
/// <typeparam name="T">The class that loads the data; its labels have one column for each task, in the order of the task enum.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DatasetAttribute<T> : Attribute
    where T : IDataset, new();
