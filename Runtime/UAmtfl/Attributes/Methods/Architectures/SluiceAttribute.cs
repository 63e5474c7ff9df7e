namespace UAmtfl.Methods;

/// <summary>Trains a network for each task, whose activations consist of subspaces that all tasks mix after each stretch (sluice
/// networks: Ruder et al. 2019, eq. 1 to 3): x̃_tg = Σ_s Σ_h α_tg,sh x_sh, z_t = Σ_l β_tl x̃_t^l. L = Σ_t ℓ_t + λ Σ_t Σ_l Σ_g&lt;h
/// ‖W_tg^lᵀ W_th^l‖². With one subspace and β of the last stretch alone it is <see cref="CrossStitchAttribute"/>, to the bit.</summary>
/// <remarks>A subspace is a block of consecutive channels or features, whose number each stretch's must be a multiple of. W_tg are the
/// rows of a task's last weights in a stretch that compute its subspace g. β mixes the stretches whose outputs have the shape of the
/// last one's, because others cannot be added to it; if there are none, z_t is the output of the last stretch, and there is no β.
/// Stretches are those between the marks <see cref="SplitAttribute"/>; without a mark they end after each pooling and each activation of
/// features. All copies and all α are trained by the losses of all tasks.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SluiceAttribute : Attribute
{
    /// <summary>The number G of subspaces of each task's activations, at least 1; 2 in the paper.</summary>
    [Number(1, 1_000, Default = 2)]
    public int Subspaces { get; init; } = 2;

    /// <summary>The initial α of a subspace of a task with itself.</summary>
    [Number(-10, 10, Default = 0.9)]
    public double Self { get; init; } = 0.9;

    /// <summary>The initial sum of α over the other subspaces of all tasks, of which each gets the same share.</summary>
    [Number(-10, 10, Default = 0.1)]
    public double Cross { get; init; } = 0.1;

    /// <summary>The initial β of the last stretch, at most 1; the others share the rest in equal parts.</summary>
    [Number(0, 1, Default = 0.9)]
    public double Last { get; init; } = 0.9;

    /// <summary>The strength λ, at least 0, of the penalty that makes the subspaces of a task orthogonal.</summary>
    [Number(0, Default = 0.1)]
    public double Orthogonality { get; init; } = 0.1;

    /// <summary>The learning rate of α and β in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}
