using System.Diagnostics;
using System.Reflection;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting of the user's own in a network: what is said of its mistakes, on one line and by its name.</summary>
/// <param name="weighting">The weighting.</param>
internal sealed class OwnWeighting(IWeighting weighting)
{
    private static readonly Assembly Library = typeof(IWeighting).Assembly;

    private string Name => weighting.GetType().Name;

    /// <summary>True if a weighting is none of the library's.</summary>
    public static bool Is(IWeighting weighting) => weighting.GetType().Assembly != Library;

    /// <summary>Finds the user's own weighting: the weighting itself, or the one that it averages;
    /// null where both are the library's.</summary>
    /// <param name="weighting">The weighting of an objective; null for none.</param>
    public static OwnWeighting? Of(IWeighting? weighting) =>
        new[] { weighting }
            .Concat(((nn.Module?)weighting)?.modules().OfType<IWeighting>() ?? [])
            .FirstOrDefault(w => w is not null && Is(w)) is { } own
            ? new(own)
            : null;

    /// <summary>Refuses tensors that take a gradient, in a field or a collection in one, and are not registered: they would stay as they
    /// are, and be lost when the network is saved. (Fields of type Parameter are registered with the network.)</summary>
    /// <exception cref="UAmtflException">There is one.</exception>
    public void RequireRegistered()
    {
        var registered = ((nn.Module)weighting).parameters().Select(p => p.Handle).ToHashSet();
        for (var type = weighting.GetType(); type is not null && type.Assembly != Library; type = type.BaseType)
        {
            foreach (var field in type
                .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                IEnumerable<Tensor> tensors = field.GetValue(weighting) switch
                {
                    Tensor one => [one],
                    IEnumerable<Tensor> several => several,
                    _ => [],
                };
                if (tensors.Any(t => t is { IsInvalid: false, requires_grad: true } && !registered.Contains(t.Handle)))
                {
                    throw new UAmtflException($"the weighting {Name} keeps a parameter in '{field.Name.Trim('<').Split('>')[0]}' "
                        + "that is not registered, and would not be trained; "
                        + "make it a field of type Parameter, or use register_parameter and get_parameter");
                }
            }
        }
    }

    /// <summary>Refuses a learning rate of parameters that the weighting does not have, and parameters that have none.</summary>
    /// <param name="scale">The learning rate of its parameters in units of the network's: 1 where none is stated, null where they are not
    /// trained.</param>
    /// <exception cref="UAmtflException">There is such a learning rate, or there are such parameters.</exception>
    public void RequireParameters(double? scale)
    {
        var has = ((nn.Module)weighting).parameters().Any();
        if (has && scale is null)
        {
            throw new UAmtflException($"the weighting {Name} has parameters of its own, which its attribute gives no learning rate; "
                + "add to the attribute: [Number(0, Above = true, Default = 1)] public double LearningRateScale { get; init; } = 1;");
        }

        if (scale is not (null or 1) && !has)
        {
            throw new UAmtflException(
                $"the weighting {Name} has no parameters of its own, so that "
                + FormattableString.Invariant($"LearningRateScale = {scale} changes nothing; leave it out"));
        }
    }

    /// <summary>The exception with the weighting's name, where it comes out of its code; otherwise itself.</summary>
    public Exception Named(Exception exception)
    {
        var frame = new StackTrace(exception).GetFrames()
            .FirstOrDefault(f =>
                f.GetMethod()?.DeclaringType is { } type && (type == weighting.GetType() || type.DeclaringType == weighting.GetType()));
        return exception is UAmtflException or OperationCanceledException || frame is null ? exception
            : new UAmtflException(
                $"the weighting {Name} ended in a {exception.GetType().Name} in its {frame.GetMethod()!.Name}: "
                    + $"{exception.Message.Split('\n')[0].Trim()}",
                exception);
    }

    /// <summary>Why the objective is not finite, if the weighting made it so; null if not.</summary>
    public string? WhyNotFinite() => weighting is LossWeighting { GaveNoNumber: true }
        ? $"the weighting {Name} gave a value that is not finite, of task losses that are; mend its arithmetic"
        : null;
}
