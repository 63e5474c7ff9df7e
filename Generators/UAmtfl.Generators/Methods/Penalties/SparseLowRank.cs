using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>Heads W = P + Q, where P has a low rank and Q few weights.</summary>
/// <param name="LowRank">λ.</param>
/// <param name="Sparse">μ.</param>
internal sealed record SparseLowRank(HyperModel LowRank, HyperModel Sparse) : DecomposedPenalty("SparseLowRank", [LowRank, Sparse])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) => [new("λ‖P‖_* + μ‖Q‖₁, W = P + Q")];

    public override Code Decomposition => Code.Call($"new {Space}SparseLowRank", Code.Hyper(LowRank.Name), Code.Hyper(Sparse.Name));
}

/// <summary>Reads <c>[SparseLowRank]</c>.</summary>
internal sealed class SparseLowRankReader() : HeadPenaltyReader("SparseLowRank")
{
    protected override Penalty Read(AttributeReader attribute) => new SparseLowRank(
        Hyper(attribute, "lowRank", "λ of ‖P‖_*.", "LowRank"),
        Hyper(attribute, "sparse", "μ of ‖Q‖₁.", "Sparse"));
}
