namespace UAmtfl.Data;

/// <summary>A data set whose class many experiments share, so that messages and captions name what it reads instead of the
/// class.</summary>
internal interface IDeclaredData : IDataset
{
    /// <summary>Returns the path of the file or folder that a run reads, as it is stated.</summary>
    /// <param name="request">The request of the run, whose options may state another path than the declaration.</param>
    string Source(DataRequest request);
}

/// <summary>Names data sets in messages and captions.</summary>
internal static class DatasetNames
{
    /// <summary>Returns the name of a data set: the file or folder of a declared one, or else the class.</summary>
    public static string NameFor(this IDataset dataset, DataRequest request) =>
        dataset is IDeclaredData declared ? declared.Source(request) : dataset.GetType().Name;
}
