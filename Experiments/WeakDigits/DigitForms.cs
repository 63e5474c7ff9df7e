using UAmtfl.Data;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.WeakDigits;

/// <summary>The digits of MNIST with the measures that labelling functions read. The tasks are the form of the digit and, within a form,
/// which digit it is.</summary>
/// <remarks>Inputs [N, 1, 28, 28] in [0, 1]; labels [N, 4] as declared by <see cref="DigitsFromRules"/>. Each seed draws a tenth of the
/// pool, the 5,000 digits that ship or the 60,000 of the folder given with <c>--data</c>, for validation. Test: the standard 10,000 for
/// every seed. The true labels of the training digits are there for the variant that is trained on them, and to be compared
/// with.</remarks>
public sealed class DigitForms : IRecordDataset<DigitShape>
{
    private const int ValidationShare = 10;

    /// <summary>The form of each digit, and its place in the enum of the form.</summary>
    private static readonly (int Form, int Place)[] Digits =
    [
        (0, 0), (1, 0), (2, 0), (2, 1), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2), (0, 3),
    ];

    /// <summary>The number of members of the enum of each form, which is the class of a digit of another form.</summary>
    private static readonly int[] Sizes = [4, 3, 3];

    /// <inheritdoc/>
    public CatalogueEntry Entry => MnistCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var files = MnistFolder.Of(request);
        var (pool, test) = (files.Pool(), files.Test());
        var order = new SplitMix64(request.Seed).Sample<int>([.. Enumerable.Range(0, pool.Count)], pool.Count);
        var validation = order.Length / ValidationShare;
        var train = order[validation..];
        return new(
            Gather(pool, train) with
            {
                Records = Array.ConvertAll(train, row => new DigitShape(pool.Pixels.Slice(row * DigitImages.Size, DigitImages.Size))),
            },
            Gather(pool, order[..validation]), Gather(test, [.. Enumerable.Range(0, test.Count)]), SharedTest: true);
    }

    private static Samples Gather(DigitImages images, int[] rows)
    {
        var (pixels, digits) = images.Gather(rows);
        digits.Dispose();
        var labels = new float[rows.Length * (1 + Sizes.Length)];
        for (var i = 0; i < rows.Length; i++)
        {
            var (form, place) = Digits[images.Labels[rows[i]]];
            var own = labels.AsSpan(i * (1 + Sizes.Length), 1 + Sizes.Length);
            own[0] = form;
            for (var f = 0; f < Sizes.Length; f++)
            {
                own[1 + f] = f == form ? place : Sizes[f];
            }
        }

        return new(pixels, tensor(labels, [rows.Length, 1 + Sizes.Length]));
    }
}
