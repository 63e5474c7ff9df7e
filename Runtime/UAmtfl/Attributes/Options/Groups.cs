namespace UAmtfl;

/// <summary>The norm that a group lasso takes of each group of weights.</summary>
public enum GroupNorm
{
    /// <summary>The sum Σ |w|, with which a group lasso is the plain lasso, whatever the groups.</summary>
    One,

    /// <summary>The Euclidean norm √Σ w², with which a group is zero as a whole or not at all.</summary>
    Two,

    /// <summary>The largest size max |w|, with which a group is zero as a whole or not at all, and its members tend to have the same
    /// size.</summary>
    Infinity,
}

/// <summary>The choice of the weights that form one group of a group lasso.</summary>
public enum GroupBy
{
    /// <summary>A group is the weights of all outputs on one feature: a column of W [M, k].</summary>
    Feature,

    /// <summary>A group is the weights of one task on all features: a row of W [M, k], or the rows of all its classes.</summary>
    Task,
}
