using UAmtfl.Data;
using UAmtfl.Experiments.Tox21;

namespace UAmtfl.Experiments.ToxCast;

/// <summary>ToxCast (Richard et al. 2016, as in MoleculeNet, Wu et al. 2018): 128 toxicity assays of 8,597 molecules.</summary>
/// <remarks>The assays are those with the most labels among those with at least 60 active molecules. Molecules without a label in any of
/// them stay in, and change nothing. Inputs and splits are as in <see cref="Tox21Molecules"/>.</remarks>
public sealed class ToxCastMolecules : IDataset
{
    /// <inheritdoc/>
    public CatalogueEntry Entry => ToxCastCatalogue.Entry;

    /// <inheritdoc/>
    public Splits Load(DataRequest request) =>
        AssayFiles
            .Read(DataFolder.Locate(Entry, request), [.. ToxCastToxicity.Descriptor.Tasks.Tasks.Select(t => t.Name)])
            .Split(request.Seed);
}
