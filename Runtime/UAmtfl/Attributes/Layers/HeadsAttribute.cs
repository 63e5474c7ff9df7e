namespace UAmtfl.Layers;

/// <summary>Marks where heads begin, between the attributes of a network's layers: each task of the mark has the layers up to the next
/// mark for itself, before its linear output. They are computed side by side, in one batched product a layer. The layers before the first
/// mark must end in a row of features, which are what architectures and weightings of gradients share.</summary>
/// <param name="tasks">The names of the tasks, <c>nameof(T.A)</c>; without any and without <see cref="For"/> the mark is for all tasks
/// that no other mark names. Tasks without a mark have linear heads. Heads of different marks may end in different numbers of
/// features.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class HeadsAttribute(params string[] tasks) : Attribute
{
    /// <summary>The names of the tasks that have the heads.</summary>
    public string[] Tasks { get; } = tasks;

    /// <summary>The kinds of task that have the heads, in place of names.</summary>
    public TaskKinds For { get; init; }
}
