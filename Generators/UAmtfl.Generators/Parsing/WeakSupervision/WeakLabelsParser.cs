using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads how variants make their labels from the votes of weak sources.</summary>
/// <param name="weak">The weak supervision of the experiment; null if it has no source.</param>
/// <param name="tasks">The tasks.</param>
internal sealed class WeakLabelsParser(WeakModel? weak, TaskSetModel tasks)
{
    /// <summary>The largest difference between 1 and the sum of shares that counts as rounding.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Returns the variants with their plans for labels, and reports variants that cannot have one.</summary>
    /// <param name="variants">The attributes and the models of the variants; null for one that cannot be read.</param>
    public List<VariantModel?> Set(IReadOnlyList<(IReadOnlyList<AttributeReader> Attributes, VariantModel? Model)> variants) =>
    [
        .. variants.Select(v => v.Model is { } model && v.Attributes.Find(WellKnownNames.WeakLabels) is { } attribute
            ? model with { Weak = Plan(attribute, model) } : v.Model),
    ];

    private WeakLabelsModel Plan(AttributeReader attribute, VariantModel variant)
    {
        var usual = new WeakLabelsModel();
        var plan = new WeakLabelsModel(
            attribute.Choice("Model") ?? usual.Model,
            attribute.Choice("Dependencies") ?? usual.Dependencies,
            attribute.Choice("Balance") ?? usual.Balance,
            [.. attribute.Numbers("Prior", new NumberRange(0, 1, OpenBelow: true))],
            attribute.Flag("Abstentions", usual.Abstentions));
        if (Unfit(variant) is { } why)
        {
            Report(attribute, "", variant, why);
        }

        CheckEffects(attribute, plan.Model);
        CheckPrior(attribute, plan, variant);
        return plan;
    }

    /// <summary>Reports options that the label model does not read.</summary>
    private static void CheckEffects(AttributeReader attribute, string model)
    {
        var (unread, why) = model switch
        {
            "MajorityVote" or "WeightedMajority" => (
                new[] { "Dependencies", "Balance", "Prior", "Abstentions" }, "counts votes and has no probabilities to estimate"),
            "Independent" or "DawidSkene" => (["Dependencies"], "takes all sources as independent"),
            _ => ([], ""),
        };
        foreach (var option in unread.Where(attribute.States))
        {
            attribute.Context.Report(
                Rules.NeedsAsymmetry, attribute.LocationOf(option), $"{option} of [WeakLabels]",
                $"WeakLabelModel.{model} {why}; leave it out");
        }
    }

    private string? Unfit(VariantModel variant) =>
        weak is null ? "no source votes for them; declare some with [Source(…)] or [LabellingFunction] on the experiment"
        : tasks.PerTask ? "each row of the data is of one task, and the labels of all tasks are modelled together; use an IDataset"
        : tasks.OneVsAll ? "the tasks are the classes of one problem, of which a row has one; declare one [Classification(…)] instead"
        : variant.Solver is { } solver ? $"[{solver.Kind}] is solved exactly, from the labels of the data set; leave [WeakLabels] out"
        : null;

    private void CheckPrior(AttributeReader attribute, WeakLabelsModel plan, VariantModel variant)
    {
        if (plan.Prior.Count == 0)
        {
            return;
        }

        if (attribute.States("Balance"))
        {
            attribute.Context.Report(
                Rules.NeedsAsymmetry, attribute.LocationOf("Balance"), "Balance of [WeakLabels]",
                "Prior says what the shares are; leave one of the two out");
        }

        var sum = plan.Prior.Sum();
        if (Math.Abs(sum - 1) > Rounding)
        {
            Report(
                attribute, "Prior", variant, FormattableString.Invariant($"the shares of Prior sum to {sum}; let them sum to 1"));
        }

        // How many vectors a condition leaves is known when the program runs.
        var sets = weak is { HasCondition: false } ? LabelSet.Of(tasks, together: false) : [];
        if (sets.Count > 1)
        {
            Report(
                attribute, "Prior", variant,
                $"Prior gives the shares of one set of tasks, and there are {sets.Count}, which nothing connects; use Balance");
        }
        else if (sets is [var set] && set.Count != plan.Prior.Count)
        {
            Report(
                attribute, "Prior", variant,
                $"Prior has {plan.Prior.Count} shares, and there are {set.Count} feasible label vectors; give one for each, "
                    + "in the order of the generated file");
        }
    }

    private static void Report(AttributeReader attribute, string argument, VariantModel variant, string why) =>
        attribute.Context.Report(Rules.BadWeakLabels, attribute.LocationOf(argument), variant.Name, why);
}
