namespace UAmtfl.Descriptors;

/// <summary>Where the initial weights of a network come from (<see cref="StartFromAttribute"/>).</summary>
public sealed record StartingPoint
{
    /// <summary>The name of the variant of the same experiment whose model is taken; null if it is none.</summary>
    public string? Variant { get; init; }

    /// <summary>The path of the file, relative to the working directory; null if it is a variant's model.</summary>
    public string? File { get; init; }

    /// <summary>The variant of another experiment whose model is taken; null if it is none.</summary>
    public OtherVariant? Elsewhere { get; init; }

    /// <summary>The part of the network that takes over weights, if no <see cref="Paths"/> are given.</summary>
    public Part Part { get; init; } = Part.Trunk;

    /// <summary>The paths, or beginnings of paths, of the tensors that are taken over; empty for those of the part.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];
}

/// <summary>A variant of another experiment.</summary>
/// <param name="Experiment">The name of the experiment on the command line.</param>
/// <param name="Variant">The name of the variant.</param>
public sealed record OtherVariant(string Experiment, string Variant);
