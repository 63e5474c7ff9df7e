namespace UAmtfl.WeakSupervision;

/// <summary>The weak supervision of an experiment, as the generator registers it.</summary>
public sealed record WeakDeclaration
{
    /// <summary>The sources whose votes the data set gives, in the order of the votes.</summary>
    public IReadOnlyList<WeakSource> Sources { get; init; } = [];

    /// <summary>The labelling functions, which are further sources behind <see cref="Sources"/>.</summary>
    public IReadOnlyList<LabellingFunction> Functions { get; init; } = [];

    /// <summary>The pairs of sources that depend on each other, by name.</summary>
    public IReadOnlyList<(string First, string Second)> Dependencies { get; init; } = [];

    /// <summary>The feasible label vectors, with a set for each group of tasks that a hierarchy or a condition connects.</summary>
    public required IReadOnlyList<FeasibleLabels> Labels { get; init; }

    /// <summary>All sources: those of the data set, then the labelling functions.</summary>
    public IEnumerable<WeakSource> AllSources => Sources.Concat(Functions.Select(f => new WeakSource(f.Name, f.Tasks)));
}

/// <summary>A source of weak labels.</summary>
/// <param name="Name">The name.</param>
/// <param name="Tasks">The columns of the tasks that it may label, its coverage set.</param>
public sealed record WeakSource(string Name, IReadOnlyList<int> Tasks);

/// <summary>A method that labels rows from their records (<see cref="LabellingFunctionAttribute"/>).</summary>
/// <param name="Name">The name of the source.</param>
/// <param name="Tasks">The columns of the tasks that it labels.</param>
/// <param name="Vote">Writes the label of each of these tasks, or null to abstain.</param>
public sealed record LabellingFunction(string Name, IReadOnlyList<int> Tasks, Vote Vote);

/// <summary>Labels a row.</summary>
/// <param name="record">The record of the row.</param>
/// <param name="labels">Takes the label 0, 1, … of each task, or null where the source abstains.</param>
public delegate void Vote(object record, Span<int?> labels);

/// <summary>How a variant makes its labels (<see cref="WeakLabelsAttribute"/>).</summary>
public sealed record WeakLabelPlan
{
    /// <inheritdoc cref="WeakLabelsAttribute.Model"/>
    public WeakLabelModel Model { get; init; }

    /// <inheritdoc cref="WeakLabelsAttribute.Dependencies"/>
    public SourceDependencies Dependencies { get; init; }

    /// <inheritdoc cref="WeakLabelsAttribute.Balance"/>
    public ClassBalance Balance { get; init; }

    /// <inheritdoc cref="WeakLabelsAttribute.Prior"/>
    public IReadOnlyList<double> Prior { get; init; } = [];

    /// <inheritdoc cref="WeakLabelsAttribute.Abstentions"/>
    public bool Abstentions { get; init; } = true;
}
