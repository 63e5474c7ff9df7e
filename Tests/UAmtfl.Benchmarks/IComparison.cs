namespace UAmtfl.Benchmarks;

/// <summary>Something that the program measures beside what it is compared with.</summary>
internal interface IComparison
{
    /// <summary>Checks that the alternatives do equal work, and times nothing.</summary>
    /// <exception cref="UAmtflException">They do not; the message names the alternative.</exception>
    void Check();

    /// <summary>Checks the same, then measures.</summary>
    void Measure();
}
