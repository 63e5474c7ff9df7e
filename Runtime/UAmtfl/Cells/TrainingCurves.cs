using UAmtfl.Training;

namespace UAmtfl.Cells;

/// <summary>What the epochs of a training add up to.</summary>
internal sealed class TrainingCurves
{
    private readonly Dictionary<string, List<double[]>> traces = [];

    /// <summary>The number of epochs that were trained.</summary>
    public int Epochs { get; private set; }

    /// <summary>The last validation error; NaN if none was measured.</summary>
    public double ValidationError { get; private set; } = double.NaN;

    /// <summary>The notice of the last epoch; null for none.</summary>
    public string? Notice { get; private set; }

    /// <summary>Adds the epochs that an earlier process has trained.</summary>
    /// <param name="before">The training after these epochs.</param>
    public void Continue(TrainingProgress before)
    {
        foreach (var record in before.Epochs)
        {
            Add(record);
        }

        // A record in a file has no notice, and does not tell an error that is NaN from one that was not measured.
        (ValidationError, Notice) = (before.Summary.ValidationError, before.Summary.Notice);
    }

    /// <summary>Adds the record of an epoch.</summary>
    public void Add(EpochRecord record)
    {
        foreach (var (name, values) in record.Traces)
        {
            (traces.TryGetValue(name, out var list) ? list : traces[name] = []).Add(values);
        }

        Epochs = record.Epoch;
        ValidationError = record.ValidationError ?? ValidationError;
        Notice = record.Notice;
    }

    /// <summary>Returns the curves, [epochs][values] for each name.</summary>
    public Dictionary<string, double[][]> Traces() => traces.ToDictionary(t => t.Key, t => t.Value.ToArray());
}
