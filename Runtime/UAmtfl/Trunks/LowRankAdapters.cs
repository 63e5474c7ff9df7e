using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>The low-rank changes of all weights of a trunk, under the paths of its layers: one of all tasks, or one of each.</summary>
public sealed class LowRankAdapters : nn.Module
{
    /// <summary>Creates the changes, which start at 0, and makes the trunk take them.</summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="rank">The rank of each change; a weight with fewer rows or columns is changed in full rank.</param>
    /// <param name="ofAll">True for one change of all tasks, false for one of each.</param>
    public LowRankAdapters(AdaptedTrunk trunk, int rank, bool ofAll)
        : base(nameof(LowRankAdapters))
    {
        ArgumentNullException.ThrowIfNull(trunk);
        foreach (var (path, module) in trunk.named_modules())
        {
            if (module is AdaptedLayer layer)
            {
                Submodules.Register(this, path, layer.Change(rank, ofAll));
            }
        }
    }

    /// <summary>Does nothing, because the constructor registers each change by the path of its layer.</summary>
    protected override void RegisterComponents()
    {
    }
}
