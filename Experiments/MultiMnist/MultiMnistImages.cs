using UAmtfl.Data;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.MultiMnist;

/// <summary>MultiMNIST: two digits on top of each other in one image (after Sabour, Frosst and Hinton 2017, in the form of Sener and
/// Koltun 2018, <i>Multi-task learning as multi-objective optimization</i>). The tasks are the digit at the top left and the one at the
/// bottom right.</summary>
/// <remarks>
/// <para>Inputs [N, 1, 28, 28] in [0, 1]: on a canvas of 36 x 36 the left digit begins at (0, 0), the right one at (6, 6), the darker
/// pixel counts, and the canvas is shrunk to 28 x 28 without interpolation. Labels [N, 2]: the left and the right digit, 0 to 9.</para>
/// <para>Training and validation digits are from the pool, the 5,000 digits that ship or the 60,000 of the folder given with
/// <c>--data</c>, of which each seed draws a tenth for validation. Test digits are the standard 10,000. Each digit of a set is the left
/// one of one image, of <c>--multi-mnist:Dataset:Pairs</c> images in training, and right digits are drawn from the same set, so that no
/// two sets share a digit. All seeds are tested on the same images.</para>
/// </remarks>
public sealed class MultiMnistImages : IDataset
{
    /// <summary>The number of pool digits for each one that validates.</summary>
    private const int ValidationShare = 10;

    private const int LeastPool = 2 * ValidationShare;

    /// <summary>The seed that draws the test images.</summary>
    private const int TestSeed = 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Options => ["Pairs"];

    /// <inheritdoc/>
    public CatalogueEntry Entry => MnistCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var files = MnistFolder.Of(request);
        var (pool, test) = (files.Pool(), files.Test());
        if (pool.Count < LeastPool)
        {
            throw new DataException(
                $"{pool.Source}: {pool.Count} images, expected at least {LeastPool} to train and validate on: give the training files " +
                "of MNIST");
        }

        var random = new SplitMix64(request.Seed);
        var order = random.Sample<int>([.. Enumerable.Range(0, pool.Count)], pool.Count);
        var validation = pool.Count / ValidationShare;
        var pairs = DigitPairs.Draw(order[validation..], request.Integer("Pairs", 1, 1, 1000), random);
        return new(
            Overlaid(pool, pairs),
            Overlaid(pool, DigitPairs.Draw(order[..validation], 1, random)),
            Overlaid(test, DigitPairs.Draw([.. Enumerable.Range(0, test.Count)], 1, new(TestSeed))),
            SharedTest: true);
    }

    private static Samples Overlaid(DigitImages images, DigitPairs pairs)
    {
        var labels = new float[2 * pairs.Left.Length];
        for (var i = 0; i < pairs.Left.Length; i++)
        {
            (labels[2 * i], labels[(2 * i) + 1]) = (images.Labels[pairs.Left[i]], images.Labels[pairs.Right[i]]);
        }

        return new(DigitImages.Inked(pairs.Overlaid(images), pairs.Left.Length), tensor(labels, [pairs.Left.Length, 2]));
    }
}
