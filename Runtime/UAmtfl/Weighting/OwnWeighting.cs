using System.Diagnostics;
using System.Reflection;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>Checks a weighting whose class the user wrote, and describes its mistakes in one line with the name of the class.</summary>
/// <param name="weighting">The weighting.</param>
internal sealed class OwnWeighting(IWeighting weighting)
{
    private static readonly Assembly Library = typeof(IWeighting).Assembly;

    private string Name => weighting.GetType().Name;

    /// <summary>True if the class of a weighting is not one of the library's.</summary>
    public static bool Is(IWeighting weighting) => weighting.GetType().Assembly != Library;

    /// <summary>Finds the user's weighting among a weighting and its modules, such as the one that it averages; null if all are the
    /// library's.</summary>
    /// <param name="weighting">The weighting of an objective; null for none.</param>
    public static OwnWeighting? Of(IWeighting? weighting) =>
        new[] { weighting }
            .Concat(((nn.Module?)weighting)?.modules().OfType<IWeighting>() ?? [])
            .FirstOrDefault(w => w is not null && Is(w)) is { } own
            ? new(own)
            : null;

    /// <summary>Throws if a field of the weighting, or a collection in one, has a tensor that takes a gradient and is not registered. Such
    /// a tensor would not be trained, and would be lost when the network is saved. Fields of type Parameter are registered.</summary>
    /// <exception cref="UAmtflException">There is such a tensor.</exception>
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

    /// <summary>Throws if the weighting has a learning rate and no parameters, or parameters and no learning rate.</summary>
    /// <param name="scale">The learning rate of the weighting's parameters in units of the network's: 1 if the attribute does not state
    /// it, null if they are not trained.</param>
    /// <exception cref="UAmtflException">The learning rate and the parameters do not match.</exception>
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

    /// <summary>Returns an exception with the name of the weighting for one that its code throws, or the same exception for any
    /// other.</summary>
    public Exception Named(Exception exception)
    {
        var frame = new StackTrace(exception).GetFrames()
            .FirstOrDefault(f =>
                f.GetMethod()?.DeclaringType is { } type && (type == weighting.GetType() || type.DeclaringType == weighting.GetType()));
        return exception is UAmtflException or OperationCanceledException || frame is null ? exception
            : new UAmtflException(
                $"the weighting {Name} ended in an exception ({exception.GetType().Name}) in its {frame.GetMethod()!.Name}: "
                    + $"{exception.Message.Split('\n')[0].Trim()}",
                exception);
    }

    /// <summary>Returns a message if the weighting has made the objective not finite; null if it has not.</summary>
    public string? WhyNotFinite() => weighting is LossWeighting { GaveNoNumber: true }
        ? $"the weighting {Name} gave a value that is not finite, of task losses that are; mend its arithmetic"
        : null;
}
