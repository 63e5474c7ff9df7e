using System.Globalization;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Printed;

/// <summary>The losses of one row by the name under which they are printed, without code of the library.</summary>
internal static class RowLosses
{
    /// <summary>The weight of label 1 of the tasks of <see cref="EverythingLosses"/> that have one.</summary>
    private const double Positive = 3;

    /// <summary>The weights of the classes of the tasks of <see cref="EverythingLosses"/> that have some.</summary>
    private static readonly double[] Classes = [0.5, 2, 1];

    /// <summary>The loss of a row.</summary>
    /// <param name="loss">The printed name: «Huber[δ = 0.7]».</param>
    /// <param name="o">The outputs [K] of the task.</param>
    /// <param name="y">The label.</param>
    public static Tensor Of(string loss, Tensor o, double y)
    {
        var r = o[0] - y;
        return Name(loss) switch
        {
            "MSE" => r.square(),
            "MAE" => r.abs(),
            "Huber" => Number(loss, "δ") is var d && r.abs().item<double>() <= d ? r.square() / 2 : d * (r.abs() - (d / 2)),
            "Quantile" => r.item<double>() > 0 ? (1 - Number(loss, "τ")) * r : -Number(loss, "τ") * r,
            "Poisson" => o[0].exp() - y - (y * o[0]) + (y == 0 ? 0 : y * Math.Log(y)),
            "LogCosh" => ((r.exp() + (-r).exp()) / 2).log(),
            "BCE" => Smooth(loss) is var e && ((1 - e) * y) + (e / 2) is var p
                ? (-p * Share(loss, 1) * Log(o[0])) - ((1 - p) * Log(-o[0]))
                : r,
            "CE" => Smooth(loss) is var e && o - o.exp().sum().log() is var logs
                ? Enumerable.Range(0, (int)o.shape[0])
                    .Select(k => -Share(loss, k) * (((k == y ? 1 - e : 0)) + (e / o.shape[0])) * logs[k])
                    .Aggregate((a, b) => a + b)
                : r,
            _ => throw new Xunit.Sdk.XunitException($"There is no reference for the loss {loss}."),
        };
    }

    /// <summary>What a row counts in the divisor of the mean, and, for a weighted loss, in the sum.</summary>
    public static double Divisor(string loss, double y) => Name(loss) == "CE" ? Share(loss, y) : 1;

    private static double Share(string loss, double y) => !loss.Contains("w_t", StringComparison.Ordinal) ? 1
        : Name(loss) == "CE" ? Classes[(int)y]
        : y == 1 ? Positive
        : 1;

    private static string Name(string loss) => loss.Split('[')[0];

    private static Tensor Log(Tensor logit) => -(1 + (-logit).exp()).log();

    private static double Smooth(string loss) => loss.Contains('ε', StringComparison.Ordinal) ? Number(loss, "ε") : 0;

    private static double Number(string loss, string symbol) => double.Parse(
        loss.Split($"{symbol} = ")[1].Split(',', ']')[0], CultureInfo.InvariantCulture);
}
