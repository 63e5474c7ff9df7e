namespace UAmtfl;

/// <summary>What is done with a missing input of a table. A missing label needs no choice, because it changes no loss.</summary>
public enum MissingInputs
{
    /// <summary>A missing input is an error with its line and column.</summary>
    Error,

    /// <summary>A missing input is replaced by the mean of its column over the training rows, a missing category by the shares of the
    /// categories there.</summary>
    Mean,

    /// <summary>A missing input is replaced by the median of its column over the training rows.</summary>
    Median,

    /// <summary>A row with a missing input is left out. In prediction it is an error.</summary>
    Drop,
}

/// <summary>What is done with a category that the table of the training does not have, when a trained model predicts.</summary>
public enum UnknownCategories
{
    /// <summary>An unknown category is an error with its line and column.</summary>
    Error,

    /// <summary>An unknown category has an input of its own, behind those of the known ones. It is 0 in training.</summary>
    Column,
}
