using UAmtfl.Data;

namespace UAmtfl.Tests.Support;

/// <summary>A data set for the type alone, which no test loads.</summary>
public sealed class NoData : IDataset
{
    public Splits Load(DataRequest request) => throw new NotSupportedException();
}
