using UAmtfl.Data;

namespace UAmtfl.Experiments.ToxCast;

/// <summary>The entry of ToxCast in the data catalogue.</summary>
public static class ToxCastCatalogue
{
    /// <summary>The catalogue's entry; no public place serves the files in this form, because they are made from others.</summary>
    public static CatalogueEntry Entry { get; } = new()
    {
        Name = "toxcast",
        Title = "617 toxicity assays of 8,597 molecules, with ECFP4 fingerprints of 1,024 bits (MoleculeNet)",
        Files =
        [
            new("labels.csv.gz", 318_344, "6dc1c78cf31d32f526f7cd2f7dd5e70b7937764c4480f22f8bf52f5ada935861"),
            new("ecfp4_1024_packed.npy", 1_100_544, "3dda04b0869944c841a0a69c1fa88e22e9be3d1018ba1aaa7751df806e702af0"),
            new("tasks.csv", 18_907, "fc39d6e96f0d623a5fca01c10b1219d63b7d48e659b119535ad57ec757539b03"),
        ],
        Origin =
            "examples/toxcast/processing/toxcast_data.csv.gz of https://github.com/deepchem/deepchem, commit "
            + "fbe3b911a94a6eb8c84c1a9e7ac67a472c49ea80, without the 18 molecules that RDKit rejects; "
            + "fingerprints: @rdkit/rdkit 2026.9.1, Morgan, radius 2, 1,024 bits, packed as numpy.packbits does",
        Licence = "MIT (the source repository); the assays are of the US EPA's ToxCast programme",
        Citation =
            "Richard et al. 2016, ToxCast chemical landscape, Chemical Research in Toxicology 29, 1225-1251; Wu et al. 2018, "
            + "MoleculeNet, Chemical Science 9, 513-530",
        HomePage = "https://moleculenet.org",
    };
}
