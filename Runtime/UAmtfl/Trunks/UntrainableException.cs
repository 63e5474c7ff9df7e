namespace UAmtfl.Trunks;

/// <summary>A trunk whose gradients cannot be computed.</summary>
/// <param name="problem">What is wrong and what to do, as the end of a sentence.</param>
public sealed class UntrainableException(string problem) : UAmtflException($"the trunk cannot be trained: {problem}")
{
    /// <summary>What is wrong and what to do, as the end of a sentence.</summary>
    public string Problem { get; } = problem;

    /// <summary>What libtorch said, without the trace of its program, and what to do where that is known.</summary>
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
