namespace UAmtfl.Hosting;

/// <summary>The environment variables by which native libraries choose how to compute. They are recorded with a result, because they
/// decide its last digits.</summary>
internal static class NativeVariables
{
    /// <summary>The variable of MKL's «conditional numerical reproducibility», which chooses the code that MKL computes with.</summary>
    public const string Branch = "MKL_CBWR";

    /// <summary>The value that makes MKL use the same code for all addresses. It is needed because MKL otherwise chooses by the
    /// alignment of a matrix, and last digits differ from run to run. COMPATIBLE would give the same digits on any processor, but makes
    /// a step take 1.5 times as long; this value has no measurable cost.</summary>
    public const string SameForAllAddresses = "AVX2,STRICT";

    private static readonly string[] Deciding = [
        Branch, "MKL_ENABLE_INSTRUCTIONS", "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"];

    /// <summary>The value that MKL gets: the user's own, else <see cref="SameForAllAddresses"/>.</summary>
    public static string BranchValue => Environment.GetEnvironmentVariable(Branch) is { Length: > 0 } own ? own : SameForAllAddresses;

    /// <summary>Sets the variable in this process and for its children. Call it before any computation, because MKL reads the variable
    /// at its first
    /// product.</summary>
    public static void Settle()
    {
        var value = BranchValue;
        Environment.SetEnvironmentVariable(Branch, value);
        if (OperatingSystem.IsLinux())
        {
            _ = Libc.SetVariable(Branch, value, 1);
        }
    }

    /// <summary>Returns the variables that are set, with their values.</summary>
    public static IReadOnlyDictionary<string, string> Read() => Deciding
        .Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name)!))
        .Where(v => !string.IsNullOrEmpty(v.Value)).ToDictionary();
}
