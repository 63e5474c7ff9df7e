namespace UAmtfl;

/// <summary>Trains a variant on some of the experiment's tasks: labels of the others are missing for it, so that they change no loss, no
/// gradient and no validation error, and it is not tested on them.</summary>
/// <param name="tasks">The names of the tasks, <c>nameof(T.A)</c>.</param>
/// <remarks>Pre-training on all tasks but one, before fine-tuning on that one, is that of Liu, Liang and Gitter (Loss-balanced task
/// weighting, 2019). A head that is not trained keeps the bits that it starts with, unless decay or a penalty changes it.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrainOnAttribute(params string[] tasks) : Attribute
{
    /// <summary>The names of the tasks that the variant is trained on; empty if <see cref="Except"/> names the others.</summary>
    public string[] Tasks { get; } = tasks;

    /// <summary>The names of the tasks that the variant is not trained on, in place of a list of those that it is.</summary>
    public string[] Except { get; init; } = [];
}
