using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Methods.Penalties;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Architectures;

/// <summary>The architecture in which each task selects a few of the experts that all tasks share.</summary>
internal sealed class DSelectK() : Mixture("UAmtfl.Methods.DSelectKAttribute")
{
    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks)
    {
        var (experts, k, perSample) = (attribute.Integer("experts"), attribute.Integer("K"), attribute.Flag("PerSample", fallback: false));
        if (k > experts)
        {
            attribute.Context.Report(
                Rules.BadArchitecture, attribute.LocationOf("K"), $"[{attribute.Name}]",
                $"it selects {k} of {experts} experts; lower K, or add experts");
            return null;
        }

        var label = $"DSelectK({k} of {experts}{(perSample ? ", PerSample" : "")})";
        return new DSelectKModel(Kind, label, experts, k, attribute.Number("Gamma"), perSample);
    }

    public override Penalty PenaltyOf(AttributeReader attribute) => new SelectorEntropy(
        Hyper(attribute, "Entropy", "The strength λ of the entropy of the selectors."), attribute.Flag("PerSample", fallback: false));

    /// <summary>Returns one level. If its gates read no input, experts that are whole networks take what is computed once for a data
    /// set.</summary>
    protected override IReadOnlyList<Piece> Levels(MixtureModel model, TrunkModel trunk) =>
        [new(trunk.Common, trunk.Layers.Count, Raw: trunk.Common > 0 || ((DSelectKModel)model).PerSample)];

    protected override PartCode Gates(VariantFile file, MixtureModel model, string name, bool sharedStream, int features)
    {
        var (chosen, tasks) = ((DSelectKModel)model, file.Tasks.Count);
        var (type, read) = chosen.PerSample ? ("global::UAmtfl.Trunks.DSelectSampleGates", $" {features},")
            : ("global::UAmtfl.Trunks.DSelectGates", "");
        return new(
            name, type,
            $"new {type}({tasks}, {model.Shared}, {chosen.K}, {ExperimentWriter.Number(chosen.Gamma)},{read} dtype, device)",
            $"{chosen.K} selectors a task, each a code of an expert{(chosen.PerSample ? " for each sample" : "")}", Owners.OneTask);
    }

    protected override string Mix(MixtureModel model, string input, string gates, string experts, bool ofStreams) =>
        ((DSelectKModel)model).PerSample ? base.Mix(model, input, gates, experts, ofStreams) : $"{gates}.Mix({experts})";

    protected override string MixInGraph(
        MixtureModel model, string input, string gates, string experts, bool ofStreams, bool images, string shape) =>
        ((DSelectKModel)model).PerSample ? base.MixInGraph(model, input, gates, experts, ofStreams, images, shape)
            : $"{gates}.Mix(graph, {experts})";
}

/// <summary>The model of <c>[DSelectK]</c>.</summary>
internal sealed record DSelectKModel(string Kind, string Label, int Experts, int K, double Gamma, bool PerSample)
    : MixtureModel(Kind, Label, [], Experts, 0);

/// <summary>The entropy of the selectors.</summary>
/// <param name="Strength">The strength λ.</param>
/// <param name="PerSample">True if the selectors depend on the sample.</param>
internal sealed record SelectorEntropy(HyperModel Strength, bool PerSample) : Penalty("DSelectK", "", [Strength])
{
    public override string Of => "the selectors";

    public override IReadOnlyList<PenaltyTerm> Terms(VariantFile file)
    {
        var formula = PerSample ? "λ/N Σ_i Σ_t Σ_k H(r_itk)" : "λ Σ_t Σ_k H(r_tk)";
        return [new(formula, Code.Hyper(Strength.Name) * Code.Call("Network.Gates.Entropy"))];
    }
}
