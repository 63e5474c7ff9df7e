using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>A strategy of the user's own: <c>[Weighting&lt;T&gt;]</c>.</summary>
internal sealed class UserWeighting() : WeightingMethod(WellKnownNames.Weighting)
{
    public override string LearningRateScale => "hyper.WeightingLearningRateScale";

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, SharingMethod sharing)
    {
        if (attribute.TypeArgument is not { } type)
        {
            return null;
        }

        if (type.IsAbstract || !type.InstanceConstructors.Any(c => c.DeclaredAccessibility == Accessibility.Public && c.Parameters.Length == 1 && c.Parameters[0].Type.SpecialType == SpecialType.System_Int32))
        {
            attribute.Context.Report(Rules.BadWeighting, attribute.Location, type.Name, "int tasks");
            return null;
        }

        return Model(type.Name, [Hyper(attribute, "LearningRateScale", 1, "The learning rate of the weighting's parameters in units of the network's.", "WeightingLearningRateScale", positive: true)], type.FullName());
    }

    public override string? Module(MethodModel model) => model.Options[0];

    public override TermCode Combine(VariantFile file) => MethodCatalogue.Sharing(file).Outgoing(file) is { } outgoing
        ? new($"{file.Variant.Weighting!.Label}((1 + α{outgoing.Symbol}) {LossFormula(file)}, t = 1 … T)", "Network.Weighting.call(asymmetry * losses.Values)", Asymmetry(file))
        : new($"{file.Variant.Weighting!.Label}({LossFormula(file)}, t = 1 … T)", "Network.Weighting.call(losses.Values)");
}
