using UAmtfl.Data;

namespace UAmtfl.Tests.Support;

/// <summary>A data set of a run to which a folder is given.</summary>
internal sealed class WithinFolder(string folder, IDataset dataset) : IDataset
{
    public IReadOnlyDictionary<string, string> Declared => dataset.Declared;

    public Splits Load(DataRequest request) => dataset.Load(request with { Folder = folder });
}
