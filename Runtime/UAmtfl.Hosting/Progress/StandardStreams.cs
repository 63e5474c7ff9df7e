namespace UAmtfl.Hosting;

/// <summary>The guarded standard output and standard error of the program.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record StandardStreams(GuardedWriter Output, GuardedWriter Error)
{
    private const string Nowhere = "/dev/null";

    /// <summary>Replaces the console's writers by guarded ones.</summary>
    public static StandardStreams Guard()
    {
        var closed = OperatingSystem.IsLinux() ? FillClosed() : [];
        var streams = new StandardStreams(new(Console.Out), new(Console.Error));
        Console.SetOut(streams.Output);
        Console.SetError(streams.Error);
        foreach (var descriptor in closed)
        {
            (descriptor == 1 ? streams.Output : descriptor == 2 ? streams.Error : null)?.Silence("it is closed");
        }

        return streams;
    }

    /// <summary>Returns a line for each stream that cannot be written.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var (name, fault) in new[] { ("standard output", Output.Fault), ("standard error", Error.Fault) })
        {
            if (fault is not null)
            {
                yield return $"{name} cannot be written: {fault}; what is missing there changes no result";
            }
        }
    }

    /// <summary>Opens /dev/null under each of the descriptors 0, 1 and 2 that is closed, because the next file opened would otherwise
    /// get the number, and a library that prints would write into that file. The runtime may have done so already, before this program
    /// began; a descriptor that it opened is closed for children, which one inherited from a parent never is.</summary>
    /// <returns>The descriptors that were closed.</returns>
    private static List<int> FillClosed()
    {
        var closed = new List<int>();
        for (var descriptor = 0; descriptor <= 2; descriptor++)
        {
            var flags = Libc.Control(descriptor, Libc.GetDescriptorFlags);
            if (flags < 0)
            {
                _ = Libc.Open(Nowhere, Libc.ReadWrite);
            }

            if (flags < 0 || (flags & Libc.CloseForChildren) != 0)
            {
                closed.Add(descriptor);
            }
        }

        return closed;
    }
}
