namespace UAmtfl.Hosting;

/// <summary>One variant with one seed: the unit of work.</summary>
/// <param name="Variant">The variant's name.</param>
/// <param name="Seed">The seed.</param>
internal readonly record struct Cell(string Variant, int Seed)
{
    /// <summary>The name of its folder.</summary>
    public string Name => FormattableString.Invariant($"{Variant}-{Seed}");

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Variant}, seed {Seed}");

    /// <summary>The cells of a run, seeds outside, so that a run that is stopped has compared all variants on its first seeds.</summary>
    public static IReadOnlyList<Cell> All(IEnumerable<string> variants, IEnumerable<int> seeds) =>
        [.. from seed in seeds from variant in variants select new Cell(variant, seed)];
}
