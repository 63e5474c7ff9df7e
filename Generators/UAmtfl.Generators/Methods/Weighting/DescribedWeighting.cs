using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>A weighting with an attribute of its own, whose class carries <c>[WeightingBy&lt;T&gt;]</c>: one of the runtime, or of any
/// other assembly. All that the generator knows of it stands on that attribute class and on T.</summary>
internal sealed class DescribedWeighting() : ModuleWeighting(WellKnownNames.WeightingBy)
{
    /// <summary>True if the class of an attribute is described as a weighting.</summary>
    public override bool Reads(AttributeReader attribute) => attribute.Description(Attribute) is not null;

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme)
    {
        var description = attribute.Description(Attribute)!;
        if (description.TypeArgument is not { } type || NeedOf(attribute, type) is not { } need
            || WeightingCreation.Of(attribute, type, tasks) is not { } creation)
        {
            return null;
        }

        var rate = attribute.Property(Rate) is null ? null : Hyper(attribute, Rate, RateSummary, attribute.Name + Rate);
        var hypers = rate is null ? creation.Hypers : [.. creation.Hypers, rate];
        var weighting = new WeightingModel(
            type.FullName(), creation.Code, need, Formula(attribute, description), description.Text("Scale") ?? "",
            LearningRateScale: rate is null ? null : $"hyper.{rate.Name}", Settings: creation.Settings);
        return new(Kind, attribute.Name, hypers.ToEquatableArray(), default)
        {
            Module = Complete(
                attribute, type, weighting, site: description.Choice("Site") ?? "Trunk",
                weightedHeads: description.Choice("Heads") == "Weighted"),
        };
    }

    /// <summary>The data term, which a switch of the attribute can change.</summary>
    private static string Formula(AttributeReader attribute, AttributeReader description)
    {
        foreach (var property in attribute.Properties.Where(p => p.Type.SpecialType == SpecialType.System_Boolean))
        {
            if (attribute.Of(property, WellKnownNames.ChangesFormula)?.Text("formula") is { } changed
                && attribute.Flag(property.Name, AttributeReader.Default(property) is true))
            {
                return changed;
            }
        }

        return description.Text("Formula") ?? "";
    }
}
