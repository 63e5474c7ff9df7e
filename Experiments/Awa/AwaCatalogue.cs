using UAmtfl.Data;
using UAmtfl.Experiments.Tables;

namespace UAmtfl.Experiments.Awa;

/// <summary>The entries of Animals with Attributes in the data catalogue.</summary>
public static class AwaCatalogue
{
    private const string Citation =
        "Lampert, Nickisch and Harmeling 2009, Learning to detect unseen object classes by between-class attribute transfer, CVPR; "
        + "Xian, Lampert, Schiele and Akata 2018, Zero-shot learning, IEEE Transactions on Pattern Analysis and Machine Intelligence 41, "
        + "2251-2265";

    private const string Licence =
        "the photographs of the first version are no longer passed on; those of Animals with Attributes 2 are licensed for free use and "
        + "redistribution, and the licence of each is in the archive";

    private const string HomePage = "https://cvml.ista.ac.at/AwA2/";

    /// <summary>The entry of the photographs.</summary>
    public static CatalogueEntry Photographs { get; } = new()
    {
        Name = "awa-c",
        Title = "Photographs of 50 animals (Animals with Attributes)",
        Files = [],
        GivenFolder = "JPEGImages, with a folder for each animal",
        Origin = "JPEGImages of the archive of the home page, unpacked",
        Licence = Licence,
        Citation = Citation,
        HomePage = HomePage,
    };

    /// <summary>The entry of the features with the attributes.</summary>
    public static CatalogueEntry Features { get; } = new()
    {
        Name = "awa-a",
        Title = "Features of photographs of 50 animals, with 85 attributes (Animals with Attributes)",
        Files = [],
        GivenFolder = $"predicates.txt and predicate-matrix-binary.txt; {ImageFeatures.Files}",
        Origin =
            "the two text files of the archive of the home page; features has the 4,096 DeCAF features of N photographs, and labels the "
            + "number of the animal of each, from 1, in the order of the rows of the matrix",
        Licence = Licence,
        Citation = Citation,
        HomePage = HomePage,
    };
}
