using UAmtfl.Tests.Training.Architectures;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training;

/// <summary>Products have the same bits wherever their tensors lie in memory, because tests and runs set MKL_CBWR, which tells MKL to
/// compute alike at all addresses.</summary>
public class SameBitsTests
{
    /// <summary>Matrix products have the same bits at every address. Without MKL_CBWR they differ for these sizes.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void ProductsAtEveryAddress(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        foreach (var (rows, inner, columns) in new[] { (100, 500, 10), (100, 9, 10), (97, 500, 139), (7, 64, 3) })
        {
            var a = randn([rows, inner], dtype: type, generator: generator);
            var b = randn([inner, columns], dtype: type, generator: generator);
            var vector = b.select(1, 0).contiguous();
            var (expected, product) = (a.mm(b), a.mv(vector));
            for (var offset = 0; offset < 16; offset++)
            {
                var same = At(a, offset)
                    .mm(At(b, 15 - offset))
                    .equal(expected).all()
                    .logical_and(At(a, offset).mv(At(vector, 15 - offset)).equal(product).all());
                Assert.True(same.item<bool>(), $"[{rows}, {inner}] × [{inner}, {columns}] differs at {offset} elements into a block");
            }
        }

        // A copy of the matrix that begins the given number of elements into a block of memory.
        static Tensor At(Tensor matrix, int offset)
        {
            var block = zeros(matrix.NumberOfElements + 16, dtype: matrix.dtype);
            var moved = block.narrow(0, offset, matrix.NumberOfElements).view(matrix.shape);
            moved.copy_(matrix);
            return moved;
        }
    }

    /// <summary>A thread's first prediction has the bits of its second, although OpenMP and MKL would use all cores for the first
    /// product of a thread.</summary>
    [Fact]
    public void TheFirstPredictionOfAThread()
    {
        using var scope = NewDisposeScope();
        var network = Build(() => new AllArchitectures.OnceProgressive.Network(float64, CPU));
        var images = Images();
        var (first, second) = (Array.Empty<byte>(), Array.Empty<byte>());
        Thread thread = new(() =>
        {
            using var own = NewDisposeScope();
            (first, second) = (Bits(Prediction.Of(network, images)), Bits(Prediction.Of(network, images)));
        });
        thread.Start();
        thread.Join();
        Assert.NotEmpty(first);
        Assert.Equal(first, second);
    }
}
