using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.WeightingMethods;

/// <summary>A weighting that a user's variant declares by <c>[Weighting&lt;T&gt;]</c>, without an attribute class of its own.</summary>
internal sealed class UserWeighting() : ModuleWeighting(WellKnownNames.Weighting)
{
    private const string RateName = "WeightingLearningRateScale";

    public override MethodModel? Read(AttributeReader attribute, TaskSetModel tasks, Scheme scheme)
    {
        if (attribute.TypeArgument is not { } type)
        {
            return null;
        }

        if (type.IsAbstract || !type.InstanceConstructors.Any(TakesTasksAlone))
        {
            attribute.Context.Report(Rules.BadWeighting, attribute.Location, type.Name, "give it a public constructor (int tasks)");
            return null;
        }

        if (NeedOf(attribute, type) is not { } need)
        {
            return null;
        }

        var learns = OwnParameters.MayHave(type);
        if (!learns && attribute.States(Rate))
        {
            var why = $"'{type.Name}' has no parameters of its own; leave it out";
            attribute.Context.Report(Rules.NeedsAsymmetry, attribute.LocationOf(Rate), Rate, why);
        }

        HyperModel[] hypers = learns ? [Hyper(attribute, Rate, RateSummary, RateName)] : [];
        var formula = need == Need.Losses ? $"{type.Name}({{0}}, t = 1 … T)" : $"Σ_t w_t {{0}}, w by {type.Name}";
        var weighting = new WeightingModel(
            type.FullName(), $"new {type.FullName()}({tasks.Count})", need, formula, "weights as its class says",
            LearningRateScale: learns ? $"hyper.{RateName}" : "1");
        var module = Complete(attribute, type, weighting, "Trunk", weightedHeads: false);
        return Model(type.Name, hypers) with { Module = module };
    }

    private static bool TakesTasksAlone(IMethodSymbol constructor) => constructor.DeclaredAccessibility == Accessibility.Public
        && constructor.Parameters.Length == 1 && constructor.Parameters[0].Type.SpecialType == SpecialType.System_Int32;
}
