using UAmtfl.Data;

namespace UAmtfl.Experiments.Tox21;

/// <summary>Tox21 (Huang et al. 2016, as in MoleculeNet, Wu et al. 2018): 12 toxicity assays of 7,823 molecules, 17 % of the labels
/// missing.</summary>
/// <remarks>Inputs [N, 1024] are the bits of ECFP4 fingerprints as they are, 0 or 1; labels [N, 12]. Each seed draws 80 % of the distinct
/// fingerprints to train on, 10 % to choose by and 10 % to test on, as MoleculeNet's random split does with molecules.</remarks>
public sealed class Tox21Molecules : IDataset
{
    /// <inheritdoc/>
    public CatalogueEntry Entry => Tox21Catalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request) =>
        AssayFiles
            .Read(DataFolder.Locate(Entry, request), [.. Tox21Toxicity.Descriptor.Tasks.Tasks.Select(t => t.Name)])
            .Split(request.Seed);
}
