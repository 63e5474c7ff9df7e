using System.Runtime.InteropServices;

namespace UAmtfl.Hosting;

/// <summary>Describes the machine of a run.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Processor">The processor's model.</param>
/// <param name="Cores">The number of cores that the program may use.</param>
/// <param name="MemoryBytes">The memory that the program may use, in bytes.</param>
internal sealed record MachineFacts(string System, string Processor, int Cores, long MemoryBytes)
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>Reads the facts of this machine.</summary>
    public static MachineFacts Read() => new(
        RuntimeInformation.OSDescription,
        Model() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    private static string? Model() => File.Exists(CpuInfo)
        ? File.ReadLines(CpuInfo).Where(l => l.StartsWith("model name", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()).FirstOrDefault()
        : null;
}
