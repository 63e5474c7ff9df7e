using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>A weighting whose attribute class carries <c>[WeightingBy&lt;T&gt;]</c>, in the runtime or in any other assembly. The
/// generator knows only what that attribute class and T say.</summary>
internal sealed class DescribedWeighting() : ModuleWeighting(WellKnownNames.WeightingBy)
{
    /// <summary>True if the class of the attribute carries <c>[WeightingBy&lt;T&gt;]</c>.</summary>
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

    /// <summary>Returns the formula of the data term, which can depend on a switch of the attribute.</summary>
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
