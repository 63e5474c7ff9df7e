using System.Globalization;
using Microsoft.CodeAnalysis;
using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the loss that an attribute of a task chooses.</summary>
internal static class LossParser
{
    /// <summary>The losses with a number of their own: the option, and the name of the number in formulas.</summary>
    private static readonly Dictionary<string, (string Option, string Symbol)> Numbers = new()
    {
        ["Huber"] = ("Delta", "δ"),
        ["Quantile"] = ("Level", "τ"),
    };

    /// <summary>Returns the loss of the attribute's tasks and the weights of their labels, and reports options that have no
    /// effect.</summary>
    public static (LossModel Loss, EquatableArray<double> Weights) Parse(AttributeReader attribute, TaskKind kind) => kind switch
    {
        TaskKind.Regression => (Regression(attribute), []),
        TaskKind.Binary => Binary(attribute),
        _ => Classification(attribute),
    };

    private static (LossModel Loss, EquatableArray<double> Weights) Binary(AttributeReader attribute)
    {
        var (plain, weight, smoothing) = (LossModel.Default(TaskKind.Binary), attribute.Number("PositiveWeight"), Smoothing(attribute));
        return IsBalanced(attribute, "PositiveWeight") ? (Weighted(plain, smoothing, "binary with Balanced") with { Balanced = true }, [])
            : weight != 1 ? (Weighted(plain, smoothing, "binary with a PositiveWeight"), [weight])
            : (smoothing is null ? plain : Smoothed(plain, smoothing, "binary"), []);
    }

    private static (LossModel Loss, EquatableArray<double> Weights) Classification(AttributeReader attribute)
    {
        var (plain, weights, smoothing) = (LossModel.Default(TaskKind.Classification), ClassWeights(attribute), Smoothing(attribute));
        return IsBalanced(attribute, "ClassWeights")
                ? (Weighted(plain, smoothing, "a classification with Balanced") with { Balanced = true }, [])
            : weights.Count > 0 ? (Weighted(plain, smoothing, "a classification with ClassWeights"), weights)
            : (smoothing is null ? plain : Smoothed(plain, smoothing, "a classification"), []);
    }

    /// <summary>Returns a loss that takes the weights of the tasks' labels.</summary>
    private static LossModel Weighted(LossModel plain, string? smoothing, string words) => plain with
    {
        Symbol = smoothing is null ? $"{plain.Symbol}[w_t]" : $"{plain.Symbol}[w_t, ε = {smoothing}]",
        Arguments = Argument(smoothing),
        Weighted = true,
        Words = words,
    };

    /// <summary>True if the weights of labels follow from the training labels. Reports weights that are stated beside it.</summary>
    private static bool IsBalanced(AttributeReader attribute, string weights)
    {
        var balanced = attribute.Flag("Balanced", false);
        if (balanced && attribute.States(weights))
        {
            attribute.Context.Report(
                Rules.NeedsAsymmetry,
                attribute.LocationOf(weights),
                $"{weights} of [{attribute.Name}]",
                "Balanced computes the weights from the training labels; leave one of them out");
        }

        return balanced;
    }

    /// <summary>Returns the weights of the classes, or none if all are equal, because their mean divides them.</summary>
    private static EquatableArray<double> ClassWeights(AttributeReader attribute)
    {
        if (!attribute.States("ClassWeights"))
        {
            return [];
        }

        var (weights, classes) = (attribute.Numbers("ClassWeights", new NumberRange(0, OpenBelow: true)), attribute.Integer("classes"));
        if (weights.Count != classes)
        {
            attribute.Context.Report(
                Rules.BadTaskNumbers,
                attribute.LocationOf("ClassWeights"),
                attribute.Name,
                $"{weights.Count} ClassWeights and {classes} classes; give one weight for each class, in the order of the labels");
        }

        return weights.Count != classes || weights.Distinct().Count() == 1 ? [] : weights.ToEquatableArray();
    }

    private static LossModel Smoothed(LossModel loss, string smoothing, string kind) => loss with
    {
        Symbol = $"{loss.Symbol}[ε = {smoothing}]",
        Arguments = Argument(smoothing),
        Words = $"{kind} with LabelSmoothing",
    };

    private static string Argument(string? smoothing) => smoothing is null ? "" : $", smoothing: {smoothing}";

    /// <summary>Returns the number ε as C#, or null if it is 0.</summary>
    private static string? Smoothing(AttributeReader attribute) =>
        attribute.Number("LabelSmoothing") is var smoothing && smoothing == 0 ? null : Text(smoothing);

    private static LossModel Regression(AttributeReader attribute)
    {
        if (attribute.Type("LossBy") is { } type)
        {
            return Own(attribute, type);
        }

        var loss = attribute.Choice("Loss") ?? "Squared";
        foreach (var (name, (option, _)) in Numbers.Select(n => (n.Key, n.Value)).Where(n => n.Key != loss))
        {
            if (attribute.States(option))
            {
                attribute.Context.Report(
                    Rules.NeedsAsymmetry,
                    attribute.LocationOf(option),
                    $"{option} of [{attribute.Name}]",
                    $"it belongs to the loss {name}; write Loss = RegressionLoss.{name}, or leave it out");
            }
        }

        var words = $"a regression with the loss {loss}";
        if (Numbers.TryGetValue(loss, out var number))
        {
            var value = Text(attribute.Number(number.Option));
            return new(
                loss,
                $"{loss}[{number.Symbol} = {value}]",
                $", {number.Option.ToLowerInvariant()}: {value}",
                Words: words,
                Spread: loss == "Quantile" ? QuantileSpread(attribute.Number(number.Option)) : null);
        }

        return loss switch
        {
            "Absolute" => new(loss, "MAE", Words: words, Spread: 2),
            "Poisson" => new(loss, loss, Words: words, Rates: true),
            _ => LossModel.Default(TaskKind.Regression),
        };
    }

    /// <summary>The mean of r² / σ² under the asymmetric Laplace density, of which exp(−ℓ / σ) is a multiple.</summary>
    private static double QuantileSpread(double level) =>
        2 * (1 - (3 * level) + (3 * level * level)) / (level * level * (1 - level) * (1 - level));

    /// <summary>Returns the loss that a class of the user's own computes, and reports a class that cannot be created and options beside
    /// it.</summary>
    private static LossModel Own(AttributeReader attribute, INamedTypeSymbol type)
    {
        foreach (var option in Numbers.Values.Select(n => n.Option).Prepend("Loss").Where(attribute.States))
        {
            attribute.Context.Report(
                Rules.NeedsAsymmetry,
                attribute.LocationOf(option),
                $"{option} of [{attribute.Name}]",
                $"the class '{type.Name}' of LossBy computes the loss; leave one of them out");
        }

        var problem = !type.DerivesFrom(WellKnownNames.TaskLoss) ? "derive it from UAmtfl.Losses.TaskLoss"
            : type.IsUnboundGenericType || type.TypeParameters.Length > type.TypeArguments.Length ? "name it with its type arguments"
            : type.IsFileLocal ? "remove 'file', because generated code creates it"
            : type.IsAbstract ? "name a class that is not abstract"
            : !type.InstanceConstructors.Any(c => c.Parameters.Length == 0 && c.DeclaredAccessibility == Accessibility.Public)
            ? "give it a public constructor without parameters"
            : null;
        if (problem is not null)
        {
            attribute.Context.Report(Rules.BadWeighting, attribute.LocationOf("LossBy"), type.Name, problem);
            return LossModel.Default(TaskKind.Regression);
        }

        return new("By", type.Name, Words: $"a regression with the loss {type.Name}", Type: type.FullName());
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
