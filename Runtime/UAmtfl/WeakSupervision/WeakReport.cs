namespace UAmtfl.WeakSupervision;

/// <summary>What a label model made of the votes on the training rows, for the report and beside the trained model.</summary>
public sealed record WeakReport
{
    /// <summary>The kind of label model.</summary>
    public required WeakLabelModel Model { get; init; }

    /// <summary>The sources, each with the tasks on which it votes.</summary>
    public required IReadOnlyList<SourceReport> Sources { get; init; }

    /// <summary>The labels of each task.</summary>
    public required IReadOnlyList<WeakTaskReport> Tasks { get; init; }

    /// <summary>The fitted models, one for each set of tasks that is modelled together.</summary>
    public required IReadOnlyList<WeakGroupReport> Groups { get; init; }

    /// <summary>What a reader should know of the sources, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What is known of a source on one task.</summary>
/// <param name="Source">The name of the source.</param>
/// <param name="Task">The name of the task.</param>
/// <param name="Coverage">The share of the rows on which it votes.</param>
/// <param name="Overlap">The share of the rows on which it votes and another source does.</param>
/// <param name="Conflict">The share of the rows on which it votes and another source votes for another class.</param>
/// <param name="Accuracy">The share of its votes that are right, as the label model estimates it; NaN if the model does not.</param>
/// <param name="HalfWidth">Half the width of the 95 % interval of <paramref name="Accuracy"/>; NaN if there is none.</param>
/// <param name="TrueAccuracy">The share of its votes that are right on rows with a true label; NaN if there are none.</param>
public sealed record SourceReport(
    string Source, string Task, double Coverage, double Overlap, double Conflict, double Accuracy, double HalfWidth, double TrueAccuracy);

/// <summary>The labels that a label model gives a task.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Labelled">The share of the rows that have a label.</param>
/// <param name="Accuracy">The share of the labelled rows with a true label on which the most probable class is right; NaN if there are
/// none.</param>
/// <param name="Calibration">The labelled rows with a true label by the probability of their most probable class.</param>
public sealed record WeakTaskReport(string Task, double Labelled, double Accuracy, IReadOnlyList<CalibrationBin> Calibration);

/// <summary>Rows whose most probable class has about the same probability.</summary>
/// <param name="Probability">The mean of the probability.</param>
/// <param name="Right">The share of the rows on which that class is right.</param>
/// <param name="Rows">The number of rows.</param>
public sealed record CalibrationBin(double Probability, double Right, int Rows);

/// <summary>The label model of tasks that are modelled together.</summary>
/// <param name="Tasks">The names of the tasks.</param>
/// <param name="Vectors">The feasible label vectors, [k][tasks].</param>
/// <param name="Balance">The share of each, P(Y) [k].</param>
/// <param name="Certificate">How well the estimate satisfies its equations; null for a model that solves none.</param>
/// <param name="Cliques">What the sources say given the labels; empty for a model that does not estimate it.</param>
public sealed record WeakGroupReport(
    IReadOnlyList<string> Tasks, IReadOnlyList<int[]> Vectors, IReadOnlyList<double> Balance, LabelModelCertificate? Certificate,
    IReadOnlyList<CliqueReport> Cliques);

/// <summary>The probabilities of what the sources of a clique say, P(λ_C | Y).</summary>
/// <param name="Sources">The names of the sources.</param>
/// <param name="Alphabets">What each source says, [sources][symbols][tasks], −1 where it abstains.</param>
/// <param name="Probabilities">[symbols of the first source · … · symbols of the last · k], the last changing fastest.</param>
public sealed record CliqueReport(
    IReadOnlyList<string> Sources, IReadOnlyList<IReadOnlyList<int[]>> Alphabets, IReadOnlyList<double> Probabilities);
