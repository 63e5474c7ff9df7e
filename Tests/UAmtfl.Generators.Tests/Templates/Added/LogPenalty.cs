using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty λ Σ log(1 + w²) on the heads' weights, which hardly shrinks large weights.</summary>
/// <param name="Strength">The strength λ.</param>
internal sealed record LogPenalty(HyperModel Strength) : HeadPenalty("LogPenalty", [Strength])
{
    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) =>
        [new("λ Σ log(1 + w²)", Code.Hyper(Strength.Name) * "Network.HeadWeight.square().log1p().sum()")];
}

/// <summary>Reads <c>[LogPenalty]</c> into a penalty.</summary>
internal sealed class LogPenaltyReader() : HeadPenaltyReader("LogPenalty")
{
    public override bool FitsLinearModels => false;

    protected override Penalty Read(AttributeReader attribute) =>
        new LogPenalty(Hyper(attribute, "strength", "λ of Σ log(1 + w²).", "LogPenalty"));
}
