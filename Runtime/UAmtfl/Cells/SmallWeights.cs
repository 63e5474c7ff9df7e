using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Cells;

/// <summary>Reads the small weight matrices of a network, so that a report can look at what was learnt without training again.</summary>
internal static class SmallWeights
{
    /// <summary>The largest number of entries of a matrix that is read, because all cells of a run keep theirs.</summary>
    private const long Most = 10_000;

    /// <summary>Reads them.</summary>
    /// <param name="network">A trained network.</param>
    /// <returns>By the parameter's path, the matrix as rows.</returns>
    public static IReadOnlyDictionary<string, float[][]> Of(Network network)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return network.named_parameters()
            .Where(p => p.parameter.dim() == 2 && p.parameter.numel() <= Most && IsFilePart(p.name))
            .ToDictionary(p => p.name, p => Rows(p.parameter));
    }

    /// <summary>True if a name can be part of a file's name on every system.</summary>
    private static bool IsFilePart(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');

    private static float[][] Rows(Tensor matrix) =>
        [.. matrix.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray().Chunk((int)matrix.shape[1])];
}
