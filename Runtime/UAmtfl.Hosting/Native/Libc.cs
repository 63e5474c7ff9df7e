using System.Runtime.InteropServices;

namespace UAmtfl.Hosting;

/// <summary>The functions of Linux's C library that .NET does not offer.</summary>
internal static class Libc
{
    private const string Library = "libc";

    /// <summary>The command of <see cref="Control"/> that returns a descriptor's flags (F_GETFD).</summary>
    public const int GetDescriptorFlags = 1;

    /// <summary>The flag of a descriptor that child processes do not inherit (FD_CLOEXEC).</summary>
    public const int CloseForChildren = 1;

    /// <summary>The flag of <see cref="Open"/> for reading and writing (O_RDWR).</summary>
    public const int ReadWrite = 2;

    /// <summary>Returns the identifier of the parent process, which changes when the parent dies.</summary>
    [DllImport(Library, EntryPoint = "getppid")]
    public static extern int ParentProcess();

    /// <summary>Sets an environment variable for native libraries, because .NET changes only its own copy of the environment.</summary>
    /// <returns>0, or −1 for a failure.</returns>
    [DllImport(Library, EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int SetVariable(string name, string value, int overwrite);

    /// <summary>Queries a file descriptor.</summary>
    /// <returns>The result; −1 if the descriptor is closed.</returns>
    [DllImport(Library, EntryPoint = "fcntl")]
    public static extern int Control(int descriptor, int question);

    /// <summary>Opens a file under the lowest descriptor that is free.</summary>
    /// <returns>The descriptor, or −1 for a failure.</returns>
    [DllImport(Library, EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int Open(string path, int flags);
}
