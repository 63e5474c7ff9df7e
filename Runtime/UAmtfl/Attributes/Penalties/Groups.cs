namespace UAmtfl;

/// <summary>The norm of a group of weights.</summary>
public enum GroupNorm
{
    /// <summary>Σ |w|: the lasso; the groups do not matter.</summary>
    One,

    /// <summary>√Σ w²: a group is zero as a whole or not at all.</summary>
    Two,

    /// <summary>max |w|: the same, and the members of a group tend to be of one size.</summary>
    Infinity,
}

/// <summary>Which weights form a group.</summary>
public enum GroupBy
{
    /// <summary>The weights of all outputs on one feature: a column of Wᵀ.</summary>
    Feature,

    /// <summary>The weights of one task on all features: a row of Wᵀ, or the rows of all its classes.</summary>
    Task,
}
