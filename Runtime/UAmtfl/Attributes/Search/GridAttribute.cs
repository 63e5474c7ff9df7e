namespace UAmtfl;

/// <summary>Searches a hyper-parameter of the variant by training once, for each seed, at each point of the product of all grids, and
/// keeps the point with the smallest validation error; of equals the first. If tasks have different headline metrics, the error is
/// relative to the mean predictor's. The results of the whole search are kept. A value in the configuration switches the parameter's grid
/// off.</summary>
/// <param name="parameter">The name in the variant's <c>Hyper</c>: <c>"Alpha"</c>, <c>"MuHeads"</c>.</param>
/// <param name="values">The values that the search tries, at least two.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GridAttribute(string parameter, params double[] values) : Attribute
{
    /// <summary>The name of the parameter in the variant's <c>Hyper</c>.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>The values that the search tries.</summary>
    public IReadOnlyList<double> Values { get; } = values;

    /// <summary>The name of another parameter that is given the same value at each point (μ = λ); null if there is none.</summary>
    public string? Tied { get; init; }
}
