using UAmtfl.Data;

namespace UAmtfl.Experiments.Tox21;

/// <summary>The entry of Tox21 in the data catalogue.</summary>
public static class Tox21Catalogue
{
    /// <summary>The catalogue's entry; no public place serves the files in this form, because they are made from others.</summary>
    public static CatalogueEntry Entry { get; } = new()
    {
        Name = "tox21",
        Title = "12 toxicity assays of 7,823 molecules, with ECFP4 fingerprints of 1,024 bits (MoleculeNet)",
        Files =
        [
            new("labels.csv.gz", 92_886, "704d75488527de1eb697ad2c070b927901263886998404928b15260e23cda07a"),
            new("ecfp4_1024_packed.npy", 1_001_472, "911d1be0e834670b0420e2f5a2c7c300500b74acba034fb27893e657914427d5"),
            new("tasks.csv", 238, "66f2a09be98113e3143647188b35573e0eef317e2c02888f01d12e8d477cae34"),
        ],
        Origin =
            "exampledata/finetune/tox21.csv of https://github.com/tencent-ailab/grover, commit "
            + "40b6d97098e4508687912f3c05eca369fc2c6213, without the 8 molecules that RDKit rejects; "
            + "fingerprints: @rdkit/rdkit 2026.9.1, Morgan, radius 2, 1,024 bits, packed as numpy.packbits does",
        Licence = "MIT (the source repository); the assays are of the US Tox21 programme",
        Citation =
            "Huang et al. 2016, Tox21Challenge to build predictive models of nuclear receptor and stress response pathways, Frontiers "
            + "in Environmental Science 3, 85; Wu et al. 2018, MoleculeNet, Chemical Science 9, 513-530",
        HomePage = "https://moleculenet.org",
    };
}
