namespace UAmtfl.Cells;

/// <summary>The exception for a checkpoint that is damaged or of another training. Its message is one line that says which, and what to
/// do.</summary>
/// <param name="message">The line.</param>
/// <param name="inner">What was caught, if anything.</param>
public sealed class CheckpointException(string message, Exception? inner = null) : UAmtflException(message, inner)
{
    /// <inheritdoc/>
    internal override bool IsOfTraining => false;
}
