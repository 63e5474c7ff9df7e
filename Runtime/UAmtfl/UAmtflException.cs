namespace UAmtfl;

/// <summary>A mistake that the user can mend. The message is one line that says what, where and what to do; the program prints
/// it without a stack trace and exits with a code other than 0.</summary>
/// <param name="message">The line.</param>
/// <param name="inner">What was caught, if anything.</param>
public class UAmtflException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True if the mistake lies in how a variant is trained, so that another point of a grid may succeed; false for data, files
    /// and disks, which all trainings share.</summary>
    internal virtual bool IsOfTraining => true;
}
