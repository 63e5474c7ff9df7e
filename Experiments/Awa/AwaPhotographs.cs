using UAmtfl.Data;

namespace UAmtfl.Experiments.Awa;

/// <summary>Photographs of 50 animals (Lampert et al. 2009): each seed draws 50 of each animal for the test, and trains on the others, of
/// which some animals have few.</summary>
/// <remarks>Inputs [N, 3, 224, 224] are read as <see cref="ImageReader"/> says; labels [N, 50], 1 in the animal's column and 0 in the
/// others. There are no validation images, as in the paper.</remarks>
public sealed class AwaPhotographs : IDataset
{
    /// <summary>The height and width of the images in pixels.</summary>
    public const int Side = 224;

    private const int TestOfEach = 50;

    /// <inheritdoc/>
    public CatalogueEntry Entry => AwaCatalogue.Photographs;

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var archive = ImageFolder.Read(Path.Combine(DataFolder.Locate(Entry, request), "JPEGImages"));
        var (train, test) = archive.Draw(TestOfEach, request.Seed);
        string[] tasks = [.. AwaAnimals.Descriptor.Tasks.Declared.Tasks.Select(t => t.Name)];
        var reader = new ImageReader(Side);
        return new(
            archive.Samples(train, reader, tasks),
            archive.Samples([], reader, tasks),
            archive.Samples(test, reader, tasks),
            SharedTest: false);
    }
}
