namespace UAmtfl.Methods;

/// <summary>Trains one network that all tasks share, and for each task masks of its activations after each stretch (multi-task attention
/// network, MTAN: Liu, Johns and Davison 2019, eq. 1 to 3): a_t = m_t ⊙ p, where p is the output of the stretch and m_t =
/// σ(h_t(ReLU(g_t([p; f(a_t')])))). With masks of 1 it is hard sharing.</summary>
/// <remarks>a_t' are the task's features after the stretch before; the first stretch has masks of p alone. f maps them to the shape of p,
/// and all tasks share it: it is a second copy of the stretch, in the place of the paper's convolution of 3×3 with pooling, because it
/// then exists for all layers. g_t and h_t are convolutions of 1×1 (linear maps of rows) with batch normalisation over all rows of a
/// batch, of which it needs two. Their weights are drawn as those of <see cref="LinearAttribute"/>, so that masks start near ½. Stretches
/// are those between the marks <see cref="SplitAttribute"/>; without a mark they end after each pooling and each activation of
/// features.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MtanAttribute : Attribute
{
    /// <summary>The number by which g_t divides the channels of p, rounded up, at least 1; 1 in the paper's program.</summary>
    [Number(1, 10_000, Default = 1)]
    public int Reduction { get; init; } = 1;
}
