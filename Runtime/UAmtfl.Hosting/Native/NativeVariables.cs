namespace UAmtfl.Hosting;

/// <summary>The variables of the environment by which native libraries choose how to compute. They decide last digits, and so belong to a result.</summary>
internal static class NativeVariables
{
    /// <summary>MKL's «conditional numerical reproducibility»: which code it computes with.</summary>
    public const string Branch = "MKL_CBWR";

    /// <summary>One code for all addresses: left alone, MKL chooses by how a matrix happens to be aligned, and last digits differ from run to run.
    /// COMPATIBLE does the same on any processor, but a step then takes 1.5 times as long; this value costs nothing that could be measured.</summary>
    public const string SameForAllAddresses = "AVX2,STRICT";

    private static readonly string[] Deciding = [Branch, "MKL_ENABLE_INSTRUCTIONS", "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"];

    /// <summary>What MKL is told: the user's own value, else <see cref="SameForAllAddresses"/>.</summary>
    public static string BranchValue => Environment.GetEnvironmentVariable(Branch) is { Length: > 0 } own ? own : SameForAllAddresses;

    /// <summary>Sets the variable in this process and for its children. MKL reads it once, at its first product: before that.</summary>
    public static void Settle()
    {
        var value = BranchValue;
        Environment.SetEnvironmentVariable(Branch, value);
        if (OperatingSystem.IsLinux())
        {
            _ = Libc.SetVariable(Branch, value, 1);
        }
    }

    /// <summary>Those that are set, by name.</summary>
    public static IReadOnlyDictionary<string, string> Read() => Deciding
        .Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name)!))
        .Where(v => !string.IsNullOrEmpty(v.Value)).ToDictionary();
}
