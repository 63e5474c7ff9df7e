namespace UAmtfl.Hosting;

/// <summary>Standard output and standard error of the program.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record StandardStreams(GuardedWriter Output, GuardedWriter Error)
{
    private const string Nowhere = "/dev/null";

    /// <summary>Puts guarded writers in the place of the console's.</summary>
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

    /// <summary>A line for each stream that cannot be written.</summary>
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

    /// <summary>Opens /dev/null under the numbers 0, 1 and 2 where they are closed. Else the next file that is opened would get the number,
    /// and a library that prints would write into it. The runtime may have done that already, before this program began; what it opens it
    /// closes for children, which nothing that a parent hands over can be.</summary>
    /// <returns>Which were closed.</returns>
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
