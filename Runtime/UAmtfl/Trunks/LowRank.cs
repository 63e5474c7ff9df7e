using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C low-rank matrices side by side, B A (Hu et al. 2022, eq. 3). They start at 0.</summary>
public sealed class LowRank : nn.Module
{
    /// <summary>Creates the matrices and draws A from the current random state, uniform in ±1/√columns; B is 0.</summary>
    /// <param name="copies">The number C of matrices.</param>
    /// <param name="rows">The number O of rows.</param>
    /// <param name="columns">The number I of columns.</param>
    /// <param name="rank">The rank r.</param>
    /// <param name="dtype">The type of the factors.</param>
    /// <param name="device">The device of the factors.</param>
    public LowRank(int copies, long rows, long columns, long rank, ScalarType dtype, Device device)
        : base(nameof(LowRank))
    {
        var bound = 1 / Math.Sqrt(columns);
        var drawn = empty([copies, rank, columns], dtype: dtype, device: device);
        nn.init.uniform_(drawn, -bound, bound);
        (A, B) = (new Parameter(drawn), Parameters.Zeros([copies, rows, rank], dtype, device));
        register_parameter(nameof(A), A);
        register_parameter(nameof(B), B);
    }

    /// <summary>The right factors A [C, r, I].</summary>
    public Parameter A { get; }

    /// <summary>The left factors B [C, O, r].</summary>
    public Parameter B { get; }

    /// <summary>Returns the matrices B A [C, O, I].</summary>
    public Tensor Product() => B.bmm(A);

    /// <summary>Does nothing, because the constructor registers the parameters by their names.</summary>
    protected override void RegisterComponents()
    {
    }
}
