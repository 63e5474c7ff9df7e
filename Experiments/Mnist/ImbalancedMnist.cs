using UAmtfl.Data;

namespace UAmtfl.Experiments.Mnist;

/// <summary>MNIST-Imbalanced (Lee, Yang and Hwang 2018, <i>Deep asymmetric multi-task feature learning</i>, section 4.2): ten one-vs-all
/// digits with ever fewer training images from digit 0 to digit 9.</summary>
/// <remarks>
/// <para>Train: 1,100 images, 200 of digit 0, 180 of digit 1, … 20 of digit 9. Validation: 1,000 of the remaining training
/// images, 100 a digit. Test: the standard 10,000, the same for every seed. Inputs [N, 1, 28, 28] in [0, 1], labels [N, 10],
/// 1 in the digit's column and 0 in the others.</para>
/// <para>The pool that training and validation are drawn from is the 60,000 training images of the folder given with
/// <c>--data</c>, and without one the first 500 of each digit, which ship with the program. With <see cref="Draw.First"/>, the
/// authors' way and the default, every seed trains on the same images, the same ones from either; with
/// <c>--mnist-imbalanced:Dataset:Draw Seeded</c> each seed draws its own (<see cref="ImbalancedDraw"/>).</para>
/// </remarks>
public sealed class ImbalancedMnist : IDataset
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Options => ["Draw"];

    /// <inheritdoc/>
    public CatalogueEntry Entry => MnistCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var files = MnistFolder.Of(request);
        var (pool, test) = (files.Pool(), files.Test());
        var draw = ImbalancedDraw.From(pool.Labels, request.Choice("Draw", Draw.First), request.Seed, pool.Source);
        int[] testRows = [.. Enumerable.Range(0, test.Count)];
        return new(Gather(pool, draw.Train), Gather(pool, draw.Validation), Gather(test, testRows), SharedTest: true);
    }

    private static Samples Gather(DigitImages images, int[] rows)
    {
        var (pixels, labels) = images.Gather(rows);
        return new(pixels, labels);
    }
}
