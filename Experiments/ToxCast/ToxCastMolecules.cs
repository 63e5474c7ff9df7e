using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Experiments.Tox21;

namespace UAmtfl.Experiments.ToxCast;

/// <summary>ToxCast (Richard et al. 2016, as in MoleculeNet, Wu et al. 2018): the assays of an experiment for 8,597 molecules.</summary>
/// <remarks>Molecules without a label in any of the assays stay in, and change nothing. Inputs and splits are as in
/// <see cref="Tox21Molecules"/>.</remarks>
/// <param name="experiment">Returns the experiment, whose tasks have the names of assays.</param>
public abstract class ToxCastAssays(Func<ExperimentDescriptor> experiment) : IDataset
{
    /// <summary>The name of the option that chooses an <see cref="AssaySplit"/>.</summary>
    private const string SplitOption = "Split";

    /// <inheritdoc/>
    public CatalogueEntry Entry => ToxCastCatalogue.Entry;

    /// <inheritdoc/>
    public IReadOnlyList<string> Options => [SplitOption];

    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var files = AssayFiles.Read(DataFolder.Locate(Entry, request), [.. experiment().Tasks.Tasks.Select(t => t.Name)]);
        return request.Choice(SplitOption, AssaySplit.Draw) == AssaySplit.Folds ? files.Fold(request.Seed) : files.Split(request.Seed);
    }
}

/// <summary>The 128 assays with the most labels among those with at least 60 active molecules.</summary>
public sealed class ToxCastMolecules() : ToxCastAssays(() => ToxCastToxicity.Descriptor);

/// <summary>The 24 assays with the most active molecules among those of <see cref="ToxCastMolecules"/>.</summary>
public sealed class ToxCastTransferMolecules() : ToxCastAssays(() => ToxCastTransfer.Descriptor);

/// <summary>The assays of <see cref="ToxCastTransferMolecules"/>.</summary>
public sealed class ToxCastPairMolecules() : ToxCastAssays(() => ToxCastPairs.Descriptor);

/// <summary>The assays of <see cref="ToxCastMolecules"/>.</summary>
public sealed class ToxCastTransfer128Molecules() : ToxCastAssays(() => ToxCastTransfer128.Descriptor);

/// <summary>How molecules are divided among training, validation and test.</summary>
public enum AssaySplit
{
    /// <summary>A draw of 80, 10 and 10 % for each seed.</summary>
    Draw,

    /// <summary>Five folds, of which three are for training, one for validation and one for the test; seeds 1 to 5 test each fold
    /// once.</summary>
    Folds,
}
