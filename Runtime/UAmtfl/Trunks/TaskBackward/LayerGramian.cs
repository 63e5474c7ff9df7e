using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>The inner products of the tasks' gradients, G = JJᵀ, as a sum over layers, without J. Each layer is taken the exact way that
/// costs less arithmetic: <see cref="FromInputs"/> or <see cref="FromWeights"/>.</summary>
/// <remarks>Sums over parameters, over samples and over layers are made in double precision, whatever the network's type, piece by piece.
/// From inputs, the inner product of two tasks within one sample is in the network's type: the rounding error of G on 784-500 with 40
/// tasks is 4·10⁻⁸ of the largest number, that of JJᵀ in single precision 10⁻⁶.</remarks>
public sealed class LayerGramian : LayerGradients
{
    /// <summary>How many numbers a piece may have; in double precision they are 4 MB, which caches hold.</summary>
    private const long Piece = 1 << 19;

    private readonly Tensor gramian;

    /// <summary>Begins with zeros, in the current dispose scope.</summary>
    /// <param name="tasks">T.</param>
    /// <param name="device">Where the trunk is.</param>
    /// <param name="lastLayerOnly">True if the last layer's parameters are all that is wanted.</param>
    public LayerGramian(int tasks, Device device, bool lastLayerOnly = false)
        : base(lastLayerOnly) => gramian = zeros([tasks, tasks], ScalarType.Float64, device);

    /// <summary>G [T, T], float64, symmetric to the last bit.</summary>
    public Tensor Value
    {
        get
        {
            using var scope = NewDisposeScope();
            return ((gramian + gramian.t()) / 2).MoveToOuterDisposeScope();
        }
    }

    /// <summary>JJᵀ of gradients that are there.</summary>
    /// <param name="jacobian">J [T, P]</param>
    /// <returns>[T, T], float64, symmetric to the last bit.</returns>
    public static Tensor Of(Tensor jacobian)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var sum = new LayerGramian((int)jacobian.shape[0], jacobian.device);
        AddProducts(sum.gramian, jacobian);
        return sum.Value.MoveToOuterDisposeScope();
    }

    /// <summary>G_st += ⟨Δ_s, KΔ_t⟩ with K = XXᵀ, + 1 in each place for a bias: the gradients of the weights never come to be.</summary>
    /// <param name="gramian">G [T, T], float64.</param>
    /// <param name="rows">X [M, I]</param>
    /// <param name="gradients">Δ [T, M, O] or [T, N, P, O]</param>
    /// <param name="bias">True if there is a bias.</param>
    internal static void FromInputs(Tensor gramian, Tensor rows, Tensor gradients, bool bias)
    {
        // samples first: then K multiplies all tasks in one product, and each sample's inner products are another
        var all = gradients.flatten(1, -2).transpose(0, 1).contiguous();
        var (samples, tasks, outputs) = (all.shape[0], all.shape[1], all.shape[2]);
        var wide = rows.to(ScalarType.Float64);
        var kernel = wide.mm(wide.t());
        kernel = (bias ? kernel + 1 : kernel).to(all.dtype);
        var count = Math.Clamp(Piece / (tasks * Math.Max(tasks, outputs)), 1, samples);
        for (var first = 0L; first < samples; first += count)
        {
            using var piece = NewDisposeScope();
            var length = Math.Min(count, samples - first);
            var left = all.narrow(0, first, length);
            var right = kernel.narrow(0, first, length).mm(all.flatten(1)).view(length, tasks, outputs);
            gramian.add_(left.bmm(right.transpose(1, 2)).sum(dim: 0, type: ScalarType.Float64));
        }
    }

    /// <summary>G_st += ⟨dW_s, dW_t⟩ + ⟨db_s, db_t⟩ with dW_t = Δ_tᵀX, so many rows of all dW_t at a time.</summary>
    /// <param name="gramian">G [T, T], float64.</param>
    /// <param name="rows">X [M, I]</param>
    /// <param name="gradients">Δ [T, M, O] or [T, N, P, O]</param>
    /// <param name="bias">True if there is a bias.</param>
    internal static void FromWeights(Tensor gramian, Tensor rows, Tensor gradients, bool bias)
    {
        var (tasks, outputs, inputs) = ((int)gradients.shape[0], gradients.shape[^1], rows.shape[1]);
        var count = Math.Clamp(Piece / (tasks * inputs), 1, outputs);
        for (var first = 0L; first < outputs; first += count)
        {
            using var piece = NewDisposeScope();
            var length = Math.Min(count, outputs - first);
            var weights = empty([tasks, length, inputs], gradients.dtype, gradients.device);
            for (var task = 0; task < tasks; task++)
            {
                weights.select(0, task).addmm_(OfTask(gradients, task).narrow(1, first, length).t(), rows, beta: 0, alpha: 1);
            }

            AddProducts(gramian, weights.flatten(1));
        }

        if (bias)
        {
            AddProducts(gramian, gradients.flatten(1, -2).sum(dim: 1));
        }
    }

    private protected override void Add(Tensor rows, Tensor gradients, bool bias)
    {
        var (tasks, outputs) = (gradients.shape[0], gradients.shape[^1]);
        if (InputsCostLess(tasks, rows.shape[0], rows.shape[1], outputs))
        {
            FromInputs(gramian, rows, gradients, bias);
        }
        else
        {
            FromWeights(gramian, rows, gradients, bias);
        }
    }

    private protected override void Add(Tensor? weights, Tensor? biases)
    {
        if (weights is not null)
        {
            AddProducts(gramian, weights);
        }

        if (biases is not null)
        {
            AddProducts(gramian, biases);
        }
    }

    /// <summary>Compares the multiplications; one in double precision counts as two.
    /// Where the inputs win there are fewer samples than twice the inputs, so that K is at most twice as large as X.</summary>
    private static bool InputsCostLess(double tasks, double samples, double inputs, double outputs) =>
        (samples * samples * ((2 * inputs) + (tasks * outputs))) + (tasks * tasks * samples * outputs)
            < (tasks * samples * inputs * outputs) + (2 * tasks * tasks * inputs * outputs);

    /// <summary>G += JJᵀ</summary>
    private static void AddProducts(Tensor gramian, Tensor jacobian)
    {
        var (tasks, size) = (jacobian.shape[0], jacobian.shape[1]);
        var count = Math.Clamp(Piece / tasks, 1, size);
        for (var first = 0L; first < size; first += count)
        {
            using var piece = NewDisposeScope();
            var part = jacobian.narrow(1, first, Math.Min(count, size - first)).to(ScalarType.Float64);
            gramian.add_(part.mm(part.t()));
        }
    }
}
