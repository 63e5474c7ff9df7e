using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty λ Σ_i ‖p_i‖_∞ + μ‖Q‖₁ on heads W = P + Q, where P uses few features and Q has few weights.</summary>
/// <param name="Shared">The strength λ.</param>
/// <param name="Own">The strength μ.</param>
internal sealed record Dirty(HyperModel Shared, HyperModel Own) : DecomposedPenalty("Dirty", [Shared, Own])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) => [new("λ Σ_i ‖p_i‖_∞ + μ‖Q‖₁, W = P + Q")];

    public override Code Decomposition => Code.Call($"new {Space}Dirty", Code.Hyper(Shared.Name), Code.Hyper(Own.Name));
}

/// <summary>Reads <c>[Dirty]</c> into a penalty.</summary>
internal sealed class DirtyReader() : HeadPenaltyReader("Dirty")
{
    protected override Penalty Read(AttributeReader attribute) => new Dirty(
        Hyper(attribute, "shared", "λ of Σ_i ‖p_i‖_∞.", "DirtyShared"),
        Hyper(attribute, "own", "μ of ‖Q‖₁.", "DirtyOwn"));
}
