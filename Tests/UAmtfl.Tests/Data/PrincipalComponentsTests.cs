using TorchSharp;
using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

public sealed class PrincipalComponentsTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>Three points on a line have one component. They lie at −5, 0 and 5 from (1, 2) in the direction (3, 4)/5, so that the
    /// variance is (25 + 0 + 25)/2 along the line and 0 across it.</summary>
    [Fact]
    public void ALineIsOneComponent()
    {
        var found = PrincipalComponents.Fit(tensor(new[] { -2.0, -2, 1, 2, 4, 6 }, [3, 2]), 2);
        Assert.Equal([1, 2], found.Mean.data<double>().ToArray());
        Assert.Equal([0.6, 0.8], found.Components[0].data<double>().ToArray().Select(v => Math.Round(v, 12)));
        Assert.Equal([25, 0], found.Variances.data<double>().ToArray().Select(v => Math.Round(v, 12)));
        Assert.Equal(
            [-5, 0, 5, 10],
            found.Apply(tensor(new[] { -2.0, -2, 1, 2, 4, 6, 7, 10 }, [4, 2]))
                .select(1, 0).data<double>().ToArray()
                .Select(v => Math.Round(v, 12)));
    }

    /// <summary>The directions are orthonormal eigenvectors of the covariance, with the variances as eigenvalues. The directions left out
    /// have less variance than those kept.</summary>
    [Theory]
    [InlineData(40, 12, 5)]
    [InlineData(12, 40, 11)]
    public void DirectionsAreEigenvectorsOfTheCovariance(int rows, int columns, int count)
    {
        var data = Random(rows, columns);
        var found = PrincipalComponents.Fit(data, count);
        var centred = data - data.mean([0L]);
        var covariance = centred.t().mm(centred) / (rows - 1);
        AssertClose(eye(count, dtype: float64), found.Components.mm(found.Components.t()));
        AssertClose(found.Components * found.Variances[..count].unsqueeze(1), found.Components.mm(covariance));
        var variances = found.Variances.data<double>().ToArray();
        Assert.Equal(variances.OrderDescending(), variances);
        Assert.Equal(covariance.trace().item<double>(), variances.Sum(), 1e-10);
        Assert.True(found.Components.gather(1, found.Components.abs().argmax(1, keepdim: true)).gt(0).all().item<bool>());
    }

    /// <summary>The features of the fitted rows are uncorrelated and centred. With as many components as columns nothing is
    /// lost.</summary>
    [Fact]
    public void FittedRowsHaveUncorrelatedFeatures()
    {
        var data = Random(50, 6);
        var found = PrincipalComponents.Fit(data, 6);
        var features = found.Apply(data);
        AssertClose(zeros(6, dtype: float64), features.mean([0L]));
        AssertClose(diag(found.Variances), features.t().mm(features) / 49);
        AssertClose(data, features.mm(found.Components) + found.Mean);
    }

    [Fact]
    public void FeaturesHaveTheTypeOfTheRows()
    {
        var found = PrincipalComponents.Fit(Random(9, 4).to(float32), 2);
        Assert.Equal((float64, float32), (found.Components.dtype, found.Apply(Random(3, 4).to(float32)).dtype));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void ACountOutOfRangeIsRefused(int count) =>
        Refused(
            $"{count} principal components of 4 rows of 7 numbers: ask for 1 to 3", () => PrincipalComponents.Fit(Random(4, 7), count));

    [Fact]
    public void RowsThatAreNoneAreRefused()
    {
        Refused("principal components need rows of numbers, [N, d], not [2, 3, 4]", () => PrincipalComponents.Fit(zeros(2, 3, 4), 1));
        Refused("principal components of rows that are not finite", () => PrincipalComponents.Fit(full(3, 3, double.NaN), 1));
        var found = PrincipalComponents.Fit(Random(5, 3), 2);
        Refused(
            "2 principal components of rows of 3 numbers cannot transform those of shape [5, 4]: give [N, 3]",
            () => found.Apply(Random(5, 4)));
        Refused(
            "2 principal components of rows of 3 numbers cannot put back coordinates of shape [5, 3]: give [N, 2]",
            () => found.Invert(Random(5, 3)));
    }

    private static void Refused(string start, Func<object> action) =>
        Assert.StartsWith(start, Assert.Throws<DataException>(action).Message);

    private static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.InRange((expected - actual).abs().max().item<double>(), 0, 1e-10);

    private static Tensor Random(int rows, int columns)
    {
        using var generator = new Generator(3);
        return rand(rows, columns, dtype: float64, generator: generator) * arange(1, columns + 1, dtype: float64);
    }
}
