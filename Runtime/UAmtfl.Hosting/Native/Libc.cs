using System.Runtime.InteropServices;

namespace UAmtfl.Hosting;

/// <summary>The few functions of Linux's C library that .NET has no way to.</summary>
internal static class Libc
{
    private const string Library = "libc";

    /// <summary>The question for a descriptor's flags (F_GETFD).</summary>
    public const int GetDescriptorFlags = 1;

    /// <summary>The flag of a descriptor that a child does not inherit (FD_CLOEXEC).</summary>
    public const int CloseForChildren = 1;

    /// <summary>Opens for reading and writing (O_RDWR).</summary>
    public const int ReadWrite = 2;

    /// <summary>The number of the process that this one belongs to; another one once the parent is dead.</summary>
    [DllImport(Library, EntryPoint = "getppid")]
    public static extern int ParentProcess();

    /// <summary>Sets a variable of the environment that native libraries read; .NET's own is a copy of it.</summary>
    /// <returns>0, or −1.</returns>
    [DllImport(Library, EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int SetVariable(string name, string value, int overwrite);

    /// <summary>Asks about a descriptor.</summary>
    /// <returns>The answer; −1 where the descriptor is closed.</returns>
    [DllImport(Library, EntryPoint = "fcntl")]
    public static extern int Control(int descriptor, int question);

    /// <summary>Opens a file under the lowest descriptor that is free.</summary>
    /// <returns>The descriptor, or −1.</returns>
    [DllImport(Library, EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int Open(string path, int flags);
}
