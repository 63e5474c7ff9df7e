using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Lowers the learning rate each time the validation error has not become smaller for some epochs. An error is smaller if it is
/// below (1 − threshold) times the smallest so far, as in PyTorch's ReduceLROnPlateau.</summary>
internal sealed class Plateau : IDisposable
{
    /// <summary>The name of the state in a checkpoint.</summary>
    public const string Name = "schedule.plateau";

    private const int Best = 0;
    private const int Since = 1;
    private const int Drops = 2;

    private readonly TrainingPlan plan;

    /// <summary>Begins before the first epoch.</summary>
    /// <param name="plan">The plan, whose schedule is that of plateaus.</param>
    public Plateau(TrainingPlan plan)
    {
        this.plan = plan;
        State = tensor(new[] { double.PositiveInfinity, 0, 0 }).DetachFromDisposeScope();
    }

    /// <summary>The smallest error, the epoch of that error or of the last fall of the learning rate, and the number of falls: [3],
    /// float64, on the CPU.</summary>
    public Tensor State { get; }

    /// <summary>What the learning rate is multiplied by after the falls so far.</summary>
    public double Factor => Math.Max(plan.DecayFloor, Math.Pow(plan.DecayFactor, State.data<double>()[Drops]));

    /// <summary>Counts an epoch. Those of the warm-up are left out, because their errors say nothing about the full rate.</summary>
    /// <param name="epoch">The number of the epoch, 1, 2, …</param>
    /// <param name="error">The validation error; null if it was not measured.</param>
    public void Offer(int epoch, double? error)
    {
        var state = State.data<double>();
        if (epoch <= plan.WarmUp)
        {
            state[Since] = epoch;
            return;
        }

        if (error < state[Best] * (1 - plan.PlateauThreshold))
        {
            (state[Best], state[Since]) = (error.Value, epoch);
        }

        if (epoch - state[Since] > plan.PlateauPatience)
        {
            (state[Drops], state[Since]) = (state[Drops] + 1, epoch);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => State.Dispose();
}
