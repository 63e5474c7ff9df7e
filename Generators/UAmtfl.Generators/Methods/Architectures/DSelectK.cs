using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Methods.Penalties;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which each task selects a few of the experts that all tasks share.</summary>
internal sealed class DSelectK() : Mixture("UAmtfl.DSelectKAttribute")
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks)
    {
        var (experts, k) = (attribute.Integer("experts"), attribute.Integer("K"));
        if (k > experts)
        {
            attribute.Context.Report(
                Rules.BadArchitecture, attribute.LocationOf("K"), $"[{attribute.Name}]",
                $"it selects {k} of {experts} experts; lower K, or add experts");
            return null;
        }

        return new DSelectKModel(Kind, $"DSelectK({k} of {experts})", experts, k, attribute.Number("Gamma"));
    }

    public override Penalty PenaltyOf(AttributeReader attribute) =>
        new SelectorEntropy(Hyper(attribute, "Entropy", "The strength λ of the entropy of the selectors."));

    /// <summary>Returns one level. Its gates read no input, so that experts that are whole networks take what is computed once for a data
    /// set.</summary>
    protected override IReadOnlyList<Piece> Levels(TrunkModel trunk) =>
        [new(trunk.Common, trunk.Layers.Count, Raw: trunk.Common > 0)];

    protected override PartCode Gates(VariantFile file, MixtureModel model, string name, bool sharedStream, int features)
    {
        const string type = "global::UAmtfl.Trunks.DSelectGates";
        var (chosen, tasks) = ((DSelectKModel)model, file.Tasks.Count);
        return new(
            name, type,
            $"new {type}({tasks}, {model.Shared}, {chosen.K}, {ExperimentWriter.Number(chosen.Gamma)}, dtype, device)",
            $"{chosen.K} selectors a task, each a code of an expert", Owners.OneTask);
    }

    protected override string Mix(string input, string gates, string experts, bool ofStreams) => $"{gates}.Mix({experts})";

    protected override string MixInGraph(string input, string gates, string experts, bool ofStreams, bool images, string shape) =>
        $"{gates}.Mix(graph, {experts})";
}

/// <summary>The model of <c>[DSelectK]</c>.</summary>
internal sealed record DSelectKModel(string Kind, string Label, int Experts, int K, double Gamma)
    : MixtureModel(Kind, Label, [], Experts, 0);

/// <summary>The entropy of the selectors.</summary>
/// <param name="Strength">The strength λ.</param>
internal sealed record SelectorEntropy(HyperModel Strength) : Penalty("DSelectK", "", [Strength])
{
    public override string Of => "the selectors";

    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file) =>
        [new("λ Σ_t Σ_k H(r_tk)", Code.Hyper(Strength.Name) * Code.Call("Network.Gates.Entropy"))];
}
