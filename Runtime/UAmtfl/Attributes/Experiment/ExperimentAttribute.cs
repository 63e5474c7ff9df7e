namespace UAmtfl;

/// <summary>Declares an experiment: a static partial class that contains one enum of tasks, the trunks and, as nested
/// partial classes, one variant for each row of the results table.</summary>
/// <param name="name">The name on the command line and in configuration: lower-case letters, digits and hyphens, unique in the
/// program.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExperimentAttribute(string name) : Attribute
{
    /// <summary>The experiment's name on the command line and in configuration.</summary>
    public string Name { get; } = name;

    /// <summary>The number of seeds that each variant is trained with, 1 to 10,000; the seeds are 1, 2, … up to this number.</summary>
    [Number(1, 10_000, Default = 3)]
    public int Seeds { get; init; } = 3;
}
