namespace UAmtfl.Trunks;

/// <summary>The exception that is thrown if the gradients of a trunk cannot be computed.</summary>
/// <param name="problem">The problem and what to do about it, as the end of a sentence.</param>
public sealed class UntrainableException(string problem) : UAmtflException($"the trunk cannot be trained: {problem}")
{
    /// <summary>The problem and what to do about it, as the end of a sentence.</summary>
    public string Problem { get; } = problem;

    /// <summary>Returns the message of libtorch without the trace of its program, and with advice if the cause is known.</summary>
    internal static string Reason(string message)
    {
        const string mark = "Error: ";
        var from = message.LastIndexOf(mark, StringComparison.Ordinal);
        var reason = (from < 0 ? message : message[(from + mark.Length)..]).Trim().Split('\n')[0];
        return reason.Contains("inplace operation", StringComparison.Ordinal)
            ? $"{reason.Split(". Hint:")[0]}: let forward make a new tensor where it changes one in place (mul for mul_)"
            : reason;
    }
}
