using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Support;

/// <summary>Finds the parameters that an objective trains: those of its network, then those of its weighting.</summary>
internal static class TrainedParameters
{
    /// <summary>The parameters by path; those of the weighting below <c>Weighting</c>.</summary>
    public static IEnumerable<(string Name, Parameter Parameter)> Named(this Objective objective)
    {
        return objective.Network.named_parameters().Concat(objective.State.named_parameters()).Select(p => (p.name, p.parameter));
    }
}
