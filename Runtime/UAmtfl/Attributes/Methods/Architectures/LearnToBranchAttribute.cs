namespace UAmtfl.Methods;

/// <summary>Learns the tree by which tasks share a network while it is trained (Guo et al. 2020): each stretch has a branch for each
/// task, and each branch chooses the one before it by a Gumbel-softmax, d_c = softmax((log softmax(θ_c) + g) / τ). After a number of
/// epochs each takes the branch with the largest θ for good, and branches that no task reaches are left out.</summary>
/// <remarks>Stretches are those between the marks <see cref="SplitAttribute"/>; without a mark they end after each pooling and each
/// activation of features. Choices start equal. The temperature falls by the same factor from epoch to epoch; that schedule and its
/// values are ours. While the tree is not decided, validation uses the most likely branches. Weights go on from those of the
/// search.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LearnToBranchAttribute : Attribute
{
    /// <summary>The number of epochs before the tree is decided, at least 1 and less than the training has.</summary>
    [Number(1, 1_000_000, Default = 10)]
    public int SearchEpochs { get; init; } = 10;

    /// <summary>The temperature τ of the first epoch, above 0. A large one mixes all branches.</summary>
    [Number(0, Above = true, Default = 5)]
    public double Temperature { get; init; } = 5;

    /// <summary>The temperature τ of the last epoch of the search, above 0. With a small one a mixture is nearly one branch.</summary>
    [Number(0, Above = true, Default = 0.5)]
    public double FinalTemperature { get; init; } = 0.5;

    /// <summary>The learning rate of the choices θ in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 10)]
    public double LearningRateScale { get; init; } = 10;
}
