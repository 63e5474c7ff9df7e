namespace UAmtfl;

/// <summary>Declares a source of weak labels whose votes the data set gives (<see cref="Data.Samples.Votes"/>). The sources are in the
/// order of the attributes.</summary>
/// <param name="name">The name of the source in reports.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SourceAttribute(string name) : Attribute
{
    /// <summary>The name of the source.</summary>
    public string Name { get; } = name;

    /// <summary>The tasks that the source may label (its coverage set τ), <c>[nameof(Entity)]</c>; empty, the default, for all.</summary>
    public string[] Tasks { get; init; } = [];
}

/// <summary>Declares that sources of weak labels depend on each other even if the true labels are known, because they share a rule or
/// one was copied from the other.</summary>
/// <param name="sources">The names of at least two sources, each of which depends on each other one.</param>
/// <remarks>These are the edges between sources of G_source of Ratner et al. 2019. A dependence that is not declared makes the votes of
/// its sources count twice.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class DependsAttribute(params string[] sources) : Attribute
{
    /// <summary>The names of the sources.</summary>
    public string[] Sources { get; } = sources;
}

/// <summary>Makes a static method of an experiment a source of weak labels: it takes the record of a row and returns a label, or null to
/// abstain.</summary>
/// <remarks>A method that returns an enum of a hierarchy (<see cref="HierarchyAttribute"/>) labels that task. One that returns
/// <c>bool?</c> labels the binary task, and one that returns <c>int?</c> the classification, that <see cref="Task"/> names. One that
/// returns the generated <c>Labels?</c> labels all tasks, with null for those on which it abstains; there is no vote for the N/A of a
/// task with <see cref="UnderAttribute"/>. The records are those of a data set that is an <see cref="Data.IRecordDataset{T}"/>. Methods
/// run in parallel, so that they must not change anything.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LabellingFunctionAttribute : Attribute
{
    /// <summary>The task that a method with <c>bool?</c> or <c>int?</c> labels, <c>nameof(Task.Rain)</c>; null if the type that the method
    /// returns says it.</summary>
    public string? Task { get; init; }

    /// <summary>The name of the source in reports; null for that of the method.</summary>
    public string? Name { get; init; }
}
