using UAmtfl.Data;

namespace UAmtfl.Experiments.Mnist;

/// <summary>Which images a split is tested on.</summary>
public enum TestRows
{
    /// <summary>Fifty images of each digit, drawn anew for each seed, as in the paper.</summary>
    Drawn,

    /// <summary>The standard 10,000 test images for every seed, which measure the same training twenty times as finely.</summary>
    Standard,
}

/// <summary>MNIST in 64 principal components (Lee, Yang and Hwang 2018, <i>Deep asymmetric multi-task feature learning</i>, Table 1, after
/// Kumar and Daumé 2012): ten one-vs-all digits.</summary>
/// <remarks>
/// <para>Each seed draws its own <see cref="PcaDraw"/>: 1,000 training, 500 validation and 500 test images, equally many of each digit.
/// Inputs [N, 784] are the pixels in [0, 1], which are to be replaced by their coordinates along 64 principal components of the 1,000
/// training images; labels [N, 10], 1 in the digit's column and 0 in the others.</para>
/// <para>The pool is that of <see cref="ImbalancedMnist"/>: the 60,000 training images of the folder given with <c>--data</c>, and without
/// one the first 500 of each digit, which ship with the program. With <c>--mnist-pca:Dataset:Test Standard</c> the test is on the standard
/// 10,000 images.</para>
/// </remarks>
public sealed class PcaMnist : IDataset
{
    /// <summary>The number of principal components, which is that of the features.</summary>
    public const int Components = 64;

    /// <inheritdoc/>
    public IReadOnlyList<string> Options => ["Test"];

    /// <inheritdoc/>
    public CatalogueEntry Entry => MnistCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var standard = request.Choice("Test", TestRows.Drawn) == TestRows.Standard;
        var files = MnistFolder.Of(request);
        var pool = files.Pool();
        var draw = PcaDraw.From(pool.Labels, request.Seed, pool.Source);
        var (testImages, testRows) = standard ? Whole(files.Test()) : (pool, draw.Test);

        return new(Take(pool, draw.Train), Take(pool, draw.Validation), Take(testImages, testRows), SharedTest: standard)
        {
            InputTransforms = [new Pca(Components)],
        };
    }

    private static Samples Take(DigitImages images, int[] rows)
    {
        var (pixels, labels) = images.Gather(rows);
        using (pixels)
        {
            return new(pixels.flatten(1), labels);
        }
    }

    private static (DigitImages Images, int[] Rows) Whole(DigitImages images) => (images, [.. Enumerable.Range(0, images.Count)]);
}
