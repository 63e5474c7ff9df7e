namespace UAmtfl.Methods;

/// <summary>Trains a network for each task and lets each stretch of it take a learnt mixture of all tasks' activations (Misra et al. 2016,
/// eq. 1): x̃_t = Σ_s α_ts x_s after each stretch. With α = I it is single-task learning, to the bit.</summary>
/// <remarks>Stretches are those between the marks <see cref="SplitAttribute"/>; without a mark they end after each pooling and each
/// activation of features, as in the paper. All copies and all α are trained by the losses of all tasks.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CrossStitchAttribute : Attribute
{
    /// <summary>The initial α_tt, how much of its own activation a task keeps; 0.9 in the paper's experiments.</summary>
    [Number(-10, 10, Default = 0.9)]
    public double Self { get; init; } = 0.9;

    /// <summary>The initial sum of α_ts over the other tasks s, of which each gets the same share; 0.1 in the paper's experiments, so that
    /// rows sum to 1.</summary>
    [Number(-10, 10, Default = 0.1)]
    public double Cross { get; init; } = 0.1;

    /// <summary>True if each channel, or each feature, has α of its own.</summary>
    public bool PerChannel { get; init; }

    /// <summary>The learning rate of α in units of the network's, above 0. The paper uses 100 to 1000 with SGD.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}
