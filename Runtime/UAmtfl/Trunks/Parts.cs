namespace UAmtfl.Trunks;

/// <summary>Says which part of a network a parameter or a module belongs to, by its path.</summary>
internal static class Parts
{
    /// <summary>What the paths of all that belongs to the heads begin with.</summary>
    private static readonly string[] OfHeads = ["Head", "SharedAdapters.", "OwnAdapters."];

    /// <summary>True if a path is within a part. Names of heads begin with Head, and the changes of a trunk's weights belong to them; the
    /// trunk is all modules beside them; the parameters of the network itself, such as a transfer or uncertainties, belong to
    /// neither.</summary>
    /// <param name="part">The part.</param>
    /// <param name="path">The path of a parameter, a buffer or a module, such as <c>Trunk.Conv1.weight</c>.</param>
    public static bool Has(this Part part, string path) =>
        OfHeads.Any(name => path.StartsWith(name, StringComparison.Ordinal)) ? part.HasFlag(Part.Heads)
            : part.HasFlag(Part.Trunk) && path.Contains('.');

    /// <summary>True if a path is another one, or continues it after a dot.</summary>
    /// <param name="path">The path.</param>
    /// <param name="beginning">The other one.</param>
    public static bool IsWithin(string path, string beginning) =>
        path.StartsWith(beginning, StringComparison.Ordinal) && (path.Length == beginning.Length || path[beginning.Length] == '.');
}
