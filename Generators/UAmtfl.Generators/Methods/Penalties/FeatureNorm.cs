using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The penalty γ/N ‖Z‖² on the features that all tasks share.</summary>
/// <param name="Strength">The strength γ.</param>
internal sealed record FeatureNorm(HyperModel Strength) : Penalty("FeatureNorm", "FeatureNorm", [Strength])
{
    public override string Of => "the features";

    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) =>
        [new("γ/N ‖Z‖²", Code.Hyper(Strength.Name) * "outputs.Features.square().sum(1).mean()")];
}

/// <summary>Reads <c>[FeatureNorm]</c> into a penalty.</summary>
internal sealed class FeatureNormReader() : PenaltyReader("FeatureNorm")
{
    public override bool FitsLinearModels => false;

    public override Penalty? Read(AttributeReader attribute, Scheme scheme, TaskSetModel tasks)
    {
        if (scheme.Representation != Representation.Shared)
        {
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.Location, "[FeatureNorm]",
                $"[{scheme.Name}] has no shared features; use it with one that shares them");
            return null;
        }

        return new FeatureNorm(Hyper(attribute, "strength", "γ of γ/N ‖Z‖².", "FeatureNorm"));
    }
}
