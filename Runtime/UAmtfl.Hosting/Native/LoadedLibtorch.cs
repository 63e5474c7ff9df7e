using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace UAmtfl.Hosting;

/// <summary>The libtorch that this process has loaded, which need not be the one that the program was built with.</summary>
internal static class LoadedLibtorch
{
    private const string Core = "libtorch_cpu";
    private const string Cuda = "libtorch_cuda";
    private const string VersionFunction = "aoti_torch_abi_version";

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate ulong Version();

    /// <summary>Its version and backend: «2.10.0 (CPU)». Loads it where it is not loaded yet.</summary>
    public static string Describe()
    {
        try
        {
            // Any call loads it.
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

    /// <summary>Windows has no «lib» before the names.</summary>
    private static string Name(string file) => Path.GetFileName(file) is var name && name.StartsWith("lib", StringComparison.Ordinal) ? name : $"lib{name}";

    /// <summary>What the library itself says: major, minor and patch in the three highest bytes (since 2.9); null where it says nothing.</summary>
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
