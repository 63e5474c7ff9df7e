using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Methods.Penalties;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which tasks mix subspaces of their activations, and each mixes the outputs of its stretches.</summary>
internal sealed class Sluice() : Stitched("UAmtfl.Methods.SluiceAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks)
    {
        var subspaces = attribute.Integer("Subspaces");
        return new StitchedModel(
            Kind, $"Sluice({subspaces})",
            new[] { Hyper(attribute, "LearningRateScale", "The learning rate of α and β in units of the network's.", Rate) }
                .ToEquatableArray(),
            attribute.Number("Self"), attribute.Number("Cross"))
        {
            Subspaces = subspaces, MixesLayers = true, Last = attribute.Number("Last"),
        };
    }

    public override string? Misfit(MethodModel model, TrunkModel trunk)
    {
        var subspaces = ((StitchedModel)model).Subspaces;
        var odd = trunk.Stretches.Select(s => trunk.Of(s).Output).FirstOrDefault(o => o.FirstOrDefault() % subspaces != 0);
        return odd.Count > 0
            ? $"{subspaces} subspaces of equal size cannot be made of the {odd[0]} {(odd.Count == 1 ? "features" : "channels")} of a "
                + $"stretch that gives {Layers.LayerShape.Text(odd)}; use a divisor as Subspaces"
            : null;
    }

    public override Penalty PenaltyOf(AttributeReader attribute) => new SubspacePenalty(
        Hyper(attribute, "Orthogonality", "The strength λ of the pull of a task's subspaces towards orthogonal ones."),
        attribute.Integer("Subspaces"));
}

/// <summary>The penalty that makes the subspaces of a task orthogonal.</summary>
/// <param name="Strength">The strength λ.</param>
/// <param name="Subspaces">The number of subspaces.</param>
internal sealed record SubspacePenalty(HyperModel Strength, int Subspaces) : Penalty("Sluice", "", [Strength])
{
    public override string Of => "the subspaces";

    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file)
    {
        var weights = file.Trunk.Stretches
            .Select((stretch, i) => PlacedLayer.Of(file.Trunk.Of(stretch))
                .Select(l => l.Layer.StackedWeight($"Network.Trunks{i + 1}.{l.Module}")).OfType<string>().LastOrDefault())
            .OfType<string>().Select(w => (Code)w).ToArray();
        return weights.Length == 0 ? [] :
        [
            new(
                "λ Σ_t Σ_l Σ_g<h ‖W_tg^lᵀ W_th^l‖²",
                Code.Hyper(Strength.Name) * Code.Call(
                    "global::UAmtfl.Penalties.Subspaces.Overlap", Code.List(weights), $"{file.Tasks.Count}", $"{Subspaces}")),
        ];
    }
}
