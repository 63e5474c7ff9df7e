using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>The toy problem of the reference values: three samples, two tasks, two features, in double precision.</summary>
internal static class ToyValues
{
    public static Tensor Features => tensor(new double[,] { { 1, 0 }, { 0.5, 2 }, { 0, 1 } });

    public static Labels Targets => new(tensor(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } }), null);

    public static Tensor Counts => tensor(new double[] { 200, 20 });

    public static readonly double[,] Heads = { { 0.4, 0.1 }, { -0.2, 0.3 } };      // Sᵀ

    public static readonly double[,] Feedback = { { 0.5, -0.1 }, { 0.2, 0.6 } };   // A

    public static readonly double[] LogVariance = [0.2, -0.3];                     // s

    /// <summary>Sets the given parameters of an objective by name, and all others to 0.</summary>
    public static T Fill<T>(this T variant, params (string Name, Tensor Value)[] parameters)
        where T : Objective
    {
        using var frozen = no_grad();
        foreach (var (name, parameter) in variant.Network.named_parameters())
        {
            var value = parameters.FirstOrDefault(p => p.Name == name).Value;
            parameter.copy_(value ?? torch.zeros_like(parameter));
        }

        return variant;
    }

    /// <summary>Sets the toy problem's heads, feedback and log-variances, if the objective has them.</summary>
    public static T FillToy<T>(this T variant)
        where T : Objective => variant.Fill(
            ("HeadWeight", tensor(Heads)), ("Feedback", tensor(Feedback)), ("LogVariance", tensor(LogVariance)));

    public static double Value(this Objective variant) => variant.Value(Features, Targets, out _).item<double>();

    public static double[] Losses(this Objective variant)
    {
        variant.Value(Features, Targets, out var losses);
        return losses.data<double>().ToArray();
    }
}
