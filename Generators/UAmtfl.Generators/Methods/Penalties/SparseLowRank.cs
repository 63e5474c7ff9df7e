using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty λ‖P‖_* + μ‖Q‖₁ on heads W = P + Q, where P has a low rank and Q has few weights.</summary>
/// <param name="LowRank">The strength λ.</param>
/// <param name="Sparse">The strength μ.</param>
internal sealed record SparseLowRank(HyperModel LowRank, HyperModel Sparse) : DecomposedPenalty("SparseLowRank", [LowRank, Sparse])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) => [new("λ‖P‖_* + μ‖Q‖₁, W = P + Q")];

    public override Code Decomposition => Code.Call($"new {Space}SparseLowRank", Code.Hyper(LowRank.Name), Code.Hyper(Sparse.Name));
}

/// <summary>Reads <c>[SparseLowRank]</c> into a penalty.</summary>
internal sealed class SparseLowRankReader() : HeadPenaltyReader("SparseLowRank")
{
    protected override Penalty Read(AttributeReader attribute) => new SparseLowRank(
        Hyper(attribute, "lowRank", "λ of ‖P‖_*.", "LowRank"),
        Hyper(attribute, "sparse", "μ of ‖Q‖₁.", "Sparse"));
}
