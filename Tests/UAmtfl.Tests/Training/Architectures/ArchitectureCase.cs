using UAmtfl.Data;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Networks, batches and comparisons in double precision for the tests of architectures.</summary>
internal static class ArchitectureCase
{
    /// <summary>The number of tasks of <see cref="AllArchitectures"/>.</summary>
    public const int TaskCount = 6;

    /// <summary>The number of training labels of each task, which is the same.</summary>
    public static Tensor Counts => ones(TaskCount, dtype: float64);

    /// <summary>Creates a network or an objective from the initial weights of a seed. Tests call it before they multiply.</summary>
    public static T Build<T>(Func<T> create)
    {
        Threads.Enter();
        RandomStreams.Start(5, "initialisation");
        return create();
    }

    /// <summary>Images [7, 1, 8, 8], the same in each call.</summary>
    public static Tensor Images()
    {
        random.manual_seed(3);
        return rand(7, 1, 8, 8, dtype: float64);
    }

    /// <summary>Labels [7, 6] that fit every kind of task, the same in each call.</summary>
    public static Labels Labels()
    {
        random.manual_seed(4);
        return new(randint(0, 2, [7, TaskCount]).to(float64), null);
    }

    /// <summary>Draws new values. No number becomes a scalar of TorchSharp here, because a garbage collection could free it too
    /// early.</summary>
    public static void Draw(Tensor parameter) => nn.init.normal_(parameter, 0, 0.3);

    public static void Set(Tensor parameter, Tensor values)
    {
        using var frozen = no_grad();
        parameter.copy_(values);
    }

    /// <summary>Requires numbers to agree to a relative difference, or to 1e-12 where they are small.</summary>
    public static void Close(Tensor expected, Tensor actual, double relative = 1e-12) =>
        Assert.True(expected.allclose(actual, relative, 1e-12), $"{(expected - actual).abs().max().item<double>()}");

    public static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();
}
