using TorchSharp.Modules;
using UAmtfl.Training;

namespace UAmtfl.Tests.Support;

/// <summary>Finds the parameters that an objective trains: those of its network, then those of its weighting.</summary>
internal static class TrainedParameters
{
    /// <summary>Lists the parameters by path. Those of the weighting have paths that begin with <c>Weighting</c>.</summary>
    public static IEnumerable<(string Name, Parameter Parameter)> Named(this Objective objective) =>
        objective.Network.named_parameters().Concat(objective.State.named_parameters()).Select(p => (p.name, p.parameter));
}
