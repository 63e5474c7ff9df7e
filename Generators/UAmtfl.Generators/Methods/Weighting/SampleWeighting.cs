using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>The weighting in which each training label counts the same: the sum over samples that Lee, Yang and Hwang 2018 call
/// NN.</summary>
internal sealed class SampleWeighting() : WeightingMethod("UAmtfl.Weightings.SampleWeightingAttribute")
{
    public override MethodModel Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme) => Model("SampleWeighting", []);

    public override IReadOnlyList<(string Name, string Code, string Comment)> Constants(VariantFile file) =>
        [("shares", "counts / counts.mean()", $"N_t / mean N  [{file.Tasks.Count}]")];

    public override TermCode Combine(VariantFile file) => MethodCatalogue.Transfer(file) is { } transfer
        ? new(
            $"Σ_t (N_t / mean N) (1 + α{transfer.Outgoing(file).Symbol}) {LossFormula(file)}",
            "(shares * asymmetry * losses.Values).sum()",
            transfer.Price(file))
        : new($"Σ_t (N_t / mean N) {LossFormula(file)}", "(shares * losses.Values).sum()");
}
