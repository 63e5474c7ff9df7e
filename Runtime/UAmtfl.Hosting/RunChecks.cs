using TorchSharp;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>Checks the options of a run against the machine, before anything is written.</summary>
internal static class RunChecks
{
    /// <summary>Throws if the data folder, the output folder or the device of a run is missing.</summary>
    /// <exception cref="UAmtflException">The data folder, the output folder or the device is missing.</exception>
    public static void Check(RunOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Output))
        {
            throw new UAmtflException("--output is empty; name the folder that run folders are made in");
        }

        RequireData(options.Data);
        if (options.Device == "cuda" && !HasCuda())
        {
            throw new UAmtflException(
                "there is no CUDA device, or the program was built without it; use --device cpu, or build with -p:TorchBackend=cuda");
        }
    }

    /// <summary>Throws if a data folder is missing, cannot be read or is empty.</summary>
    /// <exception cref="UAmtflException">The folder is missing, cannot be read, or is empty.</exception>
    public static void RequireData(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new UAmtflException("--data is empty; name the folder that has the data, or drop it");
        }

        if (!Directory.Exists(folder))
        {
            throw new UAmtflException($"the folder {Path.GetFullPath(folder)}, given with --data, does not exist");
        }

        try
        {
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new UAmtflException($"the folder {Path.GetFullPath(folder)}, given with --data, is empty; name the folder that " +
                    "has the data, or drop it");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UAmtflException($"the folder {Path.GetFullPath(folder)}, given with --data, cannot be read " +
                $"({Words.Clause(error.Message)})", error);
        }
    }

    private static bool HasCuda()
    {
        try
        {
            return torch.cuda.is_available();
        }
        catch (Exception e) when (e is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            return false;
        }
    }
}
