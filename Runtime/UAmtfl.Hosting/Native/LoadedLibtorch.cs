using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace UAmtfl.Hosting;

/// <summary>Describes the libtorch that this process has loaded, which may differ from the one that the program was built with.</summary>
internal static class LoadedLibtorch
{
    private const string Core = "libtorch_cpu";
    private const string Cuda = "libtorch_cuda";
    private const string VersionFunction = "aoti_torch_abi_version";

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate ulong Version();

    /// <summary>Returns the version and the backend of libtorch, such as «2.10.0 (CPU)»; it loads libtorch if necessary.</summary>
    public static string Describe()
    {
        try
        {
            // Any call loads libtorch.
            _ = torch.get_num_threads();
        }
        catch (Exception e) when (e is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            return "not loaded";
        }

        using var self = Process.GetCurrentProcess();
        var files = self.Modules.Cast<ProcessModule>().Select(m => m.FileName).OfType<string>().ToList();
        var backend = files.Any(f => Name(f).StartsWith(Cuda, StringComparison.Ordinal)) ? "CUDA" : "CPU";
        var core = files.FirstOrDefault(f => Name(f).StartsWith(Core, StringComparison.Ordinal));
        return $"{(core is null ? null : Of(core)) ?? "of unknown version"} ({backend})";
    }

    /// <summary>Returns the name of a library with the prefix «lib», which names on Windows lack.</summary>
    private static string Name(string file) =>
        Path.GetFileName(file) is var name && name.StartsWith("lib", StringComparison.Ordinal) ? name : $"lib{name}";

    /// <summary>Returns the version that the library itself reports in the three highest bytes of a number (since 2.9); null if it reports
    /// none.</summary>
    private static string? Of(string file)
    {
        if (!NativeLibrary.TryLoad(file, out var library) || !NativeLibrary.TryGetExport(library, VersionFunction, out var function))
        {
            return null;
        }

        var version = Marshal.GetDelegateForFunctionPointer<Version>(function)();
        return FormattableString.Invariant($"{version >> 56}.{(version >> 48) & 0xFF}.{(version >> 40) & 0xFF}");
    }
}
