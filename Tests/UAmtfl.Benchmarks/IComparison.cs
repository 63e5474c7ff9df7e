namespace UAmtfl.Benchmarks;

/// <summary>A benchmark that first checks that its alternatives do equal work, then measures them side by side.</summary>
internal interface IComparison
{
    /// <summary>Checks that the alternatives do equal work, without measuring anything.</summary>
    /// <exception cref="UAmtflException">An alternative does other work; the message names it.</exception>
    void Check();

    /// <summary>Checks that the alternatives do equal work, then measures them.</summary>
    void Measure();
}
