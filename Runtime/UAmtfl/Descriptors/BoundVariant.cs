using UAmtfl.LinearModels;
using UAmtfl.Training;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Descriptors;

/// <summary>A variant with its hyper-parameters fixed.</summary>
/// <param name="Values">The hyper-parameters by name, for the record of a run.</param>
public abstract record BoundVariant(IReadOnlyDictionary<string, object> Values)
{
    /// <summary>Fixes the hyper-parameters of a network and its objective.</summary>
    /// <typeparam name="THyper">The hyper-parameters.</typeparam>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="settings">What configuration changes of the hyper-parameters.</param>
    /// <param name="network">Builds the network from the current random state, of a type on a device.</param>
    /// <param name="objective">Builds the objective of a network from [T], how many training labels each task has.</param>
    /// <exception cref="UAmtflException">A hyper-parameter is out of its range or not a number.</exception>
    public static BoundVariant Of<THyper, TNetwork>(
        Settings settings, Func<ScalarType, Device, TNetwork> network, Func<TNetwork, THyper, Tensor, Objective> objective)
        where THyper : HyperParameters, new()
        where TNetwork : Network
    {
        var hyper = HyperParameters.Read<THyper>(settings);
        return new BoundNetwork(hyper.Values, network, (built, counts) => objective((TNetwork)built, hyper, counts));
    }

    /// <summary>Fixes the hyper-parameters of an exact solver.</summary>
    /// <typeparam name="THyper">The hyper-parameters.</typeparam>
    /// <param name="settings">What configuration changes of the hyper-parameters.</param>
    /// <param name="solver">Makes the solver.</param>
    /// <exception cref="UAmtflException">A hyper-parameter is out of its range or not a number.</exception>
    public static BoundVariant Of<THyper>(Settings settings, Func<THyper, FittedVariant> solver)
        where THyper : HyperParameters, new()
    {
        var hyper = HyperParameters.Read<THyper>(settings);
        return new BoundSolver(hyper.Values, () => solver(hyper));
    }
}

/// <summary>A variant that is trained, with its hyper-parameters fixed.</summary>
/// <param name="Values">The hyper-parameters by name, for the record of a run.</param>
/// <param name="Network">Builds the network from the current random state, of a type on a device.</param>
/// <param name="Objective">Builds the objective of such a network from [T], how many training labels each task has.</param>
public sealed record BoundNetwork(
    IReadOnlyDictionary<string, object> Values, Func<ScalarType, Device, Network> Network, Func<Network, Tensor, Objective> Objective)
    : BoundVariant(Values)
{
    /// <summary>Builds a network from the current random state, with its objective.</summary>
    /// <param name="counts">[T], how many training labels each task has; its type and device become the network's.</param>
    public Objective Create(Tensor counts) => Objective(Network(counts.dtype, counts.device), counts);
}

/// <summary>A variant that an exact solver fits, with its hyper-parameters fixed.</summary>
/// <param name="Values">The hyper-parameters by name, for the record of a run.</param>
/// <param name="Create">Makes the solver.</param>
public sealed record BoundSolver(IReadOnlyDictionary<string, object> Values, Func<FittedVariant> Create) : BoundVariant(Values);
