namespace UAmtfl.Hosting;

/// <summary>A cell of a run, which is one variant with one seed and the unit of work.</summary>
/// <param name="Variant">The variant's name.</param>
/// <param name="Seed">The seed.</param>
internal readonly record struct Cell(string Variant, int Seed)
{
    /// <summary>The name of the cell's folder.</summary>
    public string Name => FormattableString.Invariant($"{Variant}-{Seed}");

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Variant}, seed {Seed}");

    /// <summary>Returns the cells of a run ordered by seed, so that a run that is stopped has compared all variants on its first
    /// seeds.</summary>
    public static IReadOnlyList<Cell> All(IEnumerable<string> variants, IEnumerable<int> seeds) =>
        [.. from seed in seeds from variant in variants select new Cell(variant, seed)];
}
