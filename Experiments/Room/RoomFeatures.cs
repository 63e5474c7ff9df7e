using UAmtfl.Data;
using UAmtfl.Experiments.Tables;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Room;

/// <summary>Features of photographs of 20 kinds of room (Lee et al. 2016): each seed draws 20 photographs of each kind for the test, a
/// tenth of the others for validation, and trains on the rest.</summary>
/// <remarks>Inputs [N, d] are to be replaced by their coordinates along 500 principal components of the training rows; labels [N, 20], 1
/// in the column of the kind and 0 in the others.</remarks>
public sealed class RoomFeatures : IDataset
{
    /// <summary>The number of principal components, which is that of the features.</summary>
    public const int Components = 500;

    private const int TestOfEach = 20, ValidationShare = 10;

    /// <inheritdoc/>
    public CatalogueEntry Entry { get; } = new()
    {
        Name = "room",
        Title = "Features of 14,140 photographs of 20 kinds of room (a part of ImageNet)",
        Files = [],
        GivenFolder = ImageFeatures.Files,
        Origin =
            "4,096 DeCAF features of each photograph, and the number of its class from 1 to 20, because Lee et al. 2018 do not name "
            + "the classes",
        Licence = "that of ImageNet, whose photographs belong to their authors",
        Citation =
            "Lee, Yang and Hwang 2016, Asymmetric multi-task learning based on task relatedness and loss, ICML; Deng, Dong, Socher, Li, "
            + "Li and Fei-Fei 2009, ImageNet: a large-scale hierarchical image database, CVPR",
        HomePage = "https://www.image-net.org/",
    };

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var kinds = RoomScenes.Descriptor.Tasks.Count;
        var features = ImageFeatures.Read(DataFolder.Locate(Entry, request), kinds);
        var random = new SplitMix64(request.Seed);
        List<int> train = [], validation = [], test = [];
        for (var kind = 0; kind < kinds; kind++)
        {
            var rows = Enumerable.Range(0, features.Count).Where(r => features.Classes[r] == kind).ToArray();
            if (rows.Length <= TestOfEach)
            {
                throw new DataException(
                    $"{features.Source}: {rows.Length} images of class {kind + 1}, which leaves none for training beside {TestOfEach} for "
                        + "the test: give more images of it");
            }

            var order = random.Sample<int>(rows, rows.Length);
            var validated = (rows.Length - TestOfEach) / ValidationShare;
            test.AddRange(order[..TestOfEach]);
            validation.AddRange(order[TestOfEach..(TestOfEach + validated)]);
            train.AddRange(order[(TestOfEach + validated)..]);
        }

        return new(Of(train), Of(validation), Of(test), SharedTest: false) { InputTransforms = [new Pca(Components)] };

        Samples Of(List<int> rows)
        {
            var labels = new float[rows.Count * kinds];
            for (var i = 0; i < rows.Count; i++)
            {
                labels[(i * kinds) + features.Classes[rows[i]]] = 1;
            }

            return new(features.Rows([.. rows]), tensor(labels, [rows.Count, kinds]));
        }
    }
}
