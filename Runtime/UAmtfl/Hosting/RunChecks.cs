using TorchSharp;

namespace UAmtfl.Hosting;

/// <summary>Checks options against the machine, before anything is written.</summary>
internal static class RunChecks
{
    /// <summary>Checks them.</summary>
    /// <exception cref="UAmtflException">The data folder or the device is not there.</exception>
    public static void Check(RunOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Output))
        {
            throw new UAmtflException("--output is empty; name the folder that run folders are made in");
        }

        RequireData(options.Data);
        if (options.Device == "cuda" && !HasCuda())
        {
            throw new UAmtflException("there is no CUDA device, or the program was built without it; use --device cpu, or build with -p:TorchBackend=cuda");
        }
    }

    /// <summary>Refuses a data folder that is not there.</summary>
    /// <exception cref="UAmtflException">It is not there.</exception>
    public static void RequireData(string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new UAmtflException($"the folder {Path.GetFullPath(folder)}, given with --data, does not exist");
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
