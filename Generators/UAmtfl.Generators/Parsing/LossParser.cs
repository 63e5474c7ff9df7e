using System.Globalization;
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

    /// <summary>Returns the loss of the attribute's tasks, and reports options that have no effect.</summary>
    public static LossModel Parse(AttributeReader attribute, TaskKind kind) =>
        kind == TaskKind.Regression ? Regression(attribute) : LossModel.Default(kind);

    private static LossModel Regression(AttributeReader attribute)
    {
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
            var value = attribute.Number(number.Option).ToString("R", CultureInfo.InvariantCulture);
            return new(loss, $"{loss}[{number.Symbol} = {value}]", $", {number.Option.ToLowerInvariant()}: {value}", words);
        }

        return loss == "Absolute" ? new(loss, "MAE", Words: words) : LossModel.Default(TaskKind.Regression);
    }
}
