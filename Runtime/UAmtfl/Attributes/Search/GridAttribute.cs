namespace UAmtfl;

/// <summary>Searches a hyper-parameter of the variant: each cell trains once for each point of the product of all grids, and is the point
/// with the smallest validation error, which is relative to the mean predictor's where tasks have different headline metrics; of equals
/// the first. The whole search is kept with the cell. A value in the configuration switches the parameter's grid off.</summary>
/// <param name="parameter">The name in the variant's <c>Hyper</c>: <c>"Alpha"</c>, <c>"MuHeads"</c>.</param>
/// <param name="values">What it is tried with, at least two.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GridAttribute(string parameter, params double[] values) : Attribute
{
    /// <summary>The parameter.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>What it is tried with.</summary>
    public IReadOnlyList<double> Values { get; } = values;

    /// <summary>Another parameter of the variant that always has the same value (μ = λ).</summary>
    public string? Tied { get; init; }
}
