using UAmtfl.Data;

namespace UAmtfl.Experiments.Cub200;

/// <summary>Caltech-UCSD Birds-200-2011 (Wah et al. 2011): 11,788 photographs of 200 kinds of bird, with the official split for every
/// seed.</summary>
/// <remarks>Inputs [N, 3, 224, 224] are read as <see cref="ImageReader"/> says; labels [N, 200], 1 in the bird's column and 0 in the
/// others. There are no validation images, because the official split has none.</remarks>
public sealed class CubPhotographs : IDataset
{
    /// <summary>The height and width of the images in pixels.</summary>
    public const int Side = 224;

    /// <inheritdoc/>
    public CatalogueEntry Entry { get; } = new()
    {
        Name = "cub-200",
        Title = "11,788 photographs of 200 kinds of bird (Caltech-UCSD Birds-200-2011)",
        Files = [],
        GivenFolder = "classes.txt, images.txt, image_class_labels.txt, train_test_split.txt and the folder images of CUB_200_2011.tgz",
        Origin = "CUB_200_2011.tgz of the home page, which is record 65de6-vp158 of data.caltech.edu, unpacked",
        Licence = "not stated in the archive; the photographs belong to their authors",
        Citation =
            "Wah, Branson, Welinder, Perona and Belongie 2011, The Caltech-UCSD Birds-200-2011 dataset, California Institute of "
            + "Technology, CNS-TR-2011-001",
        HomePage = "https://www.vision.caltech.edu/datasets/cub_200_2011/",
    };

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var archive = CubFolder.Read(DataFolder.Locate(Entry, request));
        string[] tasks = [.. CubBirds.Descriptor.Tasks.Declared.Tasks.Select(t => t.Name)];
        var reader = new ImageReader(Side);
        return new(
            Of(isTraining: true),
            archive.Samples([], reader, tasks),
            Of(isTraining: false),
            SharedTest: true);

        Samples Of(bool isTraining) => archive.Samples([.. archive.Images.Where(i => i.IsTraining == isTraining)], reader, tasks);
    }
}
